// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the folders of plates below a source, and names plates after folders. */
public final class PlateFolders {

	/** Levels of folders below a source: screen, plate, measurement, images. */
	private static final int DEPTH = 4;

	/** Folders that a look for the first plate visits: a screen has its first plate sooner. */
	private static final int LOOKED_AT = 500;

	/** Ends of paths that say nothing of a plate. */
	private static final Pattern GENERIC = Pattern
		.compile("(?i)[/\\\\](images?|orig(inals?)?|raw|data|tiffs?|exports?|source|input|" +
			"measurement[ _-]?\\d*|\\d{4}-\\d\\d-\\d\\d[/\\\\]\\d+|\\d{4}-\\d\\d-\\d\\d)$");

	/** Time and number of a measurement, which Harmony writes behind the plate's name. */
	private static final Pattern MEASUREMENT = Pattern.compile("__\\d{4}-\\d\\d-\\d\\d.*$");

	/** Looks for something in a folder. */
	public interface Finder<T> {

		/** Returns what a folder holds, {@code null} if it holds none. */
		T find(Path folder) throws IOException;
	}

	private PlateFolders() {}

	/**
	 * Returns what a folder holds, or else what the folders in it hold, and so on, down to the fourth level. A folder
	 * that holds something is not looked into.
	 *
	 * @throws IOException if a folder can't be listed
	 */
	public static <T> List<T> find(final Path source, final Finder<T> finder) throws IOException {
		final List<T> found = new ArrayList<>();
		walk(source, DEPTH, folder -> {
			final T here = finder.find(folder);
			if (here != null) found.add(here);
			return here == null;
		});
		return found;
	}

	/** As {@link #find}, ending with the first, or after some hundred folders without. */
	public static <T> boolean any(final Path source, final Finder<T> finder) throws IOException {
		final boolean[] found = {false};
		final int[] looked = {0};
		walk(source, DEPTH, folder -> {
			if (found[0] || ++looked[0] > LOOKED_AT) return false;
			found[0] = finder.find(folder) != null;
			return !found[0];
		});
		return found[0];
	}

	private interface FolderVisit {

		/** Returns whether to look into the folders of this one. */
		boolean take(Path folder) throws IOException;
	}

	private static void walk(final Path folder, final int depth, final FolderVisit step) throws IOException {
		walk(folder, depth, step, FileTree.above(folder));
	}

	private static void walk(final Path folder, final int depth, final FolderVisit step, final Set<Path> entered)
		throws IOException
	{
		if (!entered.add(folder.toRealPath())) return;
		if (!step.take(folder) || depth == 0) return;
		for (final Path child : FolderListing.folders(folder)) {
			// the chunks of a Zarr array are folders, too, and many
			if (!FolderListing.name(child).toLowerCase(Locale.ROOT).endsWith(".zarr"))
				walk(child, depth - 1, step, entered);
		}
	}

	/**
	 * Returns the name that a folder gives to its plate: {@code BR00117006} of
	 * {@code BR00117006__2020-11-08T18_18_00-Measurement 1/Images}. Folders whose names say nothing of a plate
	 * ({@code Images}, {@code orig}, {@code data}, {@code Measurement 1}, dates) give way to the one above them.
	 *
	 * @param inside matches the ends of paths, from a separator on, that the format makes within a plate; may
	 * be {@code null}
	 */
	public static String name(final Path folder, final Pattern inside) {
		final Path absolute = folder.toAbsolutePath().normalize();
		String path = absolute.toString();
		for (boolean again = true; again;) {
			again = false;
			for (final Pattern end : new Pattern[]{inside, GENERIC}) {
				final Matcher matcher = end == null ? null : end.matcher(path);
				if (matcher == null || !matcher.find() || matcher.start() == 0) continue;
				path = path.substring(0, matcher.start());
				again = true;
			}
		}
		final String name = FolderListing.name(Path.of(path)).replaceFirst(MEASUREMENT.pattern(), "");
		return name.isEmpty() ? FolderListing.name(absolute) : name;
	}
}
