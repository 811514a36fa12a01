// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.isophene.files.PathNames;
import io.github.isophene.files.SourceFolder;
import io.github.isophene.messages.Count;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.ImageColumns;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenFormat;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.ScreenTable;
import io.github.isophene.screen.TableFile;
import io.github.isophene.storage.NetworkShare;
import org.scijava.Priority;
import org.scijava.plugin.Plugin;

/**
 * A CellProfiler LoadData CSV, which is also our own {@link ScreenTable}; or the
 * folder that holds exactly one. Comes first: whoever puts such a table beside
 * images means the table.
 */
@Plugin(type = ScreenFormat.class, name = "loaddata", priority = Priority.HIGH)
public class LoadDataFormat implements ScreenFormat {

	/** Folders that a message names. */
	private static final int NAMED = 3;

	private static final Pattern TABLE = Pattern.compile("(?i).*\\.(csv(\\.gz)?|parquet)");

	@Override
	public String name() {
		return "loaddata";
	}

	@Override
	public String description() {
		return "screen table or CellProfiler LoadData CSV (.csv, .csv.gz, .parquet), or the folder that holds one";
	}

	@Override
	public Optional<String> reject(final Path source) throws IOException {
		return find(source).rejection();
	}

	@Override
	public Screen read(final Path source, final ScreenOptions options) throws IOException {
		final DefiningTable found = find(source);
		// a file that was named is read in any case: its own message says more
		final Path table = Files.isDirectory(source) ? found.get(source) : source;
		try (TableFile header = TableFile.open(table)) {
			final List<String> others = ImageColumns.leftOut(header);
			if (!others.isEmpty())
				options.warnings()
					.accept(table + " has images that are left out, as others are called Orig...: " +
						String.join(", ", others) + ". If they are channels, call their columns FileName_Orig" +
						others.get(0) + " and so on");
		}
		final Set<String> outside = new LinkedHashSet<>();
		final Screen screen = ScreenTable.read(table, outside::add);
		addLinks(table, screen, outside);
		if (!outside.isEmpty())
			options.warnings()
				.accept(table + " lists images outside of its folder, by '..' or a link, in " +
					String.join(", ", outside.stream().limit(NAMED).toList()) +
					(outside.size() > NAMED ? " and " + Count.of(outside.size() - NAMED, "other folder") : ""));
		return screen;
	}

	/**
	 * Returns the table of a folder, or the source itself if it is one.
	 *
	 * @return {@code null} if there is none, or several
	 */
	public static Path table(final Path source) throws IOException {
		return find(source).file();
	}

	/**
	 * Adds folders of images that lie below that of the table by their paths, but elsewhere by a link. Absolute paths
	 * to elsewhere are what such tables are for.
	 */
	private static void addLinks(final Path table, final Screen screen, final Set<String> outside) throws IOException {
		final Path below = table.toAbsolutePath().normalize().getParent();
		final SourceFolder folder = new SourceFolder(below);
		final Set<Path> seen = new HashSet<>();
		for (final Field field : screen.fields()) {
			for (final Plane image : field.planes()) {
				for (Plane plane = image; plane != null; plane = plane.illumination()) {
					if (plane.isUrl() || NetworkShare.is(plane.path())) continue;
					final Path file = path(plane);
					final Path parent = file.getParent();
					if (parent != null && parent.startsWith(below) && seen.add(parent) && !folder.holds(file))
						outside.add(parent.toString());
				}
			}
		}
	}

	private static Path path(final Plane plane) throws IOException {
		try {
			return Path.of(plane.path());
		}
		catch (final InvalidPathException exc) {
			throw new IOException(PathNames.problem(exc), exc);
		}
	}

	private static DefiningTable find(final Path source) throws IOException {
		return DefiningTable.find(source, TABLE, "LoadData CSV", table -> {
			final Optional<String> missing = DefiningTable.requireAll(table, List.of(Field.PLATE, Field.WELL));
			if (missing.isPresent()) return missing;
			return ImageColumns.of(table).isEmpty() ? Optional.of("has no column FileName_* or URL_*")
				: Optional.empty();
		});
	}
}
