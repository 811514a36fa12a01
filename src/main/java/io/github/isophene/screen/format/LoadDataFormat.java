// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.isophene.files.SourceFolder;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.ImageColumns;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenFormat;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.ScreenTable;
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
		final Screen screen = ScreenTable.read(table);
		nameOutside(table, screen, options);
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

	/** A table may list images anywhere: where, its reader should see once. */
	private static void nameOutside(final Path table, final Screen screen, final ScreenOptions options)
		throws IOException
	{
		final SourceFolder folder = new SourceFolder(table.toAbsolutePath().normalize().getParent());
		final Set<Path> seen = new HashSet<>();
		final Set<String> outside = new LinkedHashSet<>();
		for (final Field field : screen.fields()) {
			for (final Plane image : field.planes()) {
				for (Plane plane = image; plane != null; plane = plane.illumination()) {
					if (plane.isUrl()) continue;
					final Path parent = Path.of(plane.path()).getParent();
					if (parent != null && seen.add(parent) && !folder.holds(Path.of(plane.path())))
						outside.add(parent.toString());
				}
			}
		}
		if (!outside.isEmpty())
			options.warnings()
				.accept(table + " lists images outside of its folder, in " +
					String.join(", ", outside.stream().limit(NAMED).toList()) +
					(outside.size() > NAMED ? " and " + (outside.size() - NAMED) + " other folders" : ""));
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
