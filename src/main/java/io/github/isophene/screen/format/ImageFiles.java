// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.isophene.messages.Count;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenBuilder;
import io.github.isophene.storage.NetworkShare;

/**
 * Checks of a screen's image files on this machine that need no pixels: that they are there, and that what is read of
 * them is all that they hold. Addresses, other machines' shares and OME-Zarr are not looked at.
 */
public final class ImageFiles {

	/** Plates whose first fields are looked at for pages. */
	private static final int PLATES = 12;

	/** Files of a folder that are asked for one by one, where its list doesn't have them. */
	private static final int ASKED = 1000;

	private static final Pattern TIFF = Pattern.compile("(?i).*\\.tiff?");
	private static final Pattern WITHIN = Pattern.compile("(?i).*\\.(?:zarr|ozx|zip)(?:[/\\\\].*)?");
	private static final Pattern AXES = Pattern.compile("(?m)^(channels|slices|frames)=(\\d{1,9})$");

	private ImageFiles() {}

	/**
	 * Looks for the files, folder by folder.
	 *
	 * @return a sentence on those that are missing, where some are; empty if all are there
	 * @throws IOException naming the first file and the remedy, if none is there
	 */
	public static Optional<String> missing(final Screen screen, final String source) throws IOException {
		final Map<Path, Folder> folders = new HashMap<>();
		final Set<String> seen = new HashSet<>();
		String first = null;
		Field of = null;
		long missing = 0;
		for (final Field field : screen.fields()) {
			for (final Plane plane : field.planes()) {
				if (plane == null || !isLocalFile(plane) || !seen.add(plane.path())) continue;
				if (isThere(plane.path(), folders)) continue;
				missing++;
				if (first != null) continue;
				first = plane.path();
				of = field;
			}
		}
		if (missing == 0) return Optional.empty();
		final String example = first + " (" + of.label() + ")";
		if (missing < seen.size())
			return Optional.of(Count.of(missing, "file") + " of " + seen.size() + " that " + source +
				" lists don't exist: " + example + (missing > 1 ? ", ..." : "") +
				". Restore them, or their fields will be listed as errors");
		throw new IOException("None of the " + Count.of(missing, "image file") + " that " + source + " lists exists: " +
			example + " is the first. Copy the images to where it names them, or open it where they lie; in a screen " +
			"table, correct the columns PathName_Orig<Channel>");
	}

	/** Names of the files of a folder, {@code null} where it can't be listed. */
	private static final class Folder {

		private final Set<String> names;
		private int asked;

		Folder(final Set<String> names) {
			this.names = names;
		}
	}

	private static boolean isThere(final String file, final Map<Path, Folder> folders) {
		final Path path;
		try {
			path = Path.of(file);
		}
		catch (final InvalidPathException exc) {
			return false;
		}
		final Path parent = path.getParent();
		if (parent == null || path.getFileName() == null) return false;
		final Folder folder = folders.computeIfAbsent(parent, place -> new Folder(list(place)));
		if (folder.names != null && folder.names.contains(path.getFileName().toString())) return true;
		// A file system may not tell upper from lower case, or be readable but not listable.
		return (folder.names == null || folder.asked++ < ASKED) && Files.exists(path);
	}

	/** One list of a folder is faster than a question for each file, above all over a network. */
	private static Set<String> list(final Path folder) {
		final Set<String> names = new HashSet<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
			files.forEach(file -> names.add(file.getFileName().toString()));
			return names;
		}
		catch (final IOException | DirectoryIteratorException exc) {
			return Files.exists(folder) ? null : names;
		}
	}

	private static boolean isLocalFile(final Plane plane) {
		return !plane.isUrl() && !NetworkShare.is(plane.path()) && !WITHIN.matcher(plane.path()).matches();
	}

	/**
	 * Looks for pages that aren't read in the first field's files of the first plates.
	 *
	 * @return a sentence on the first file that has some; empty if none has
	 */
	public static Optional<String> furtherPages(final Screen screen) {
		final List<Path> files = firstFiles(screen);
		Path first = null;
		int pages = 1;
		int several = 0;
		for (final Path file : files) {
			try {
				final int here = TiffDirectories.pages(file);
				if (here > 1) several++;
				if (here == 1 || first != null) continue;
				first = file;
				pages = here;
			}
			catch (final IOException exc) {
				continue; // said when its pixels are read
			}
		}
		if (first == null) return Optional.empty();
		return Optional.of(first + " holds " + (pages == TiffDirectories.MOST_PAGES ? "at least " : "") +
			Count.of(pages, "page") + " of one size and type" + axes(first) + ", and only the first is read" +
			(files.size() == 1 ? ""
				: " (of " + Count.of(files.size(), "file") + " that were looked at, " + several +
				(several == 1 ? " has" : " have") + " several)") +
			". Where pages are channels or planes, name them in the screen table by the columns Frame_Orig<Channel>, " +
			"from 0, or save each page as a file");
	}

	/** Returns what ImageJ or OME-XML calls the pages; empty without either. */
	private static String axes(final Path file) {
		final String description;
		try {
			description = TiffDirectories.description(file);
		}
		catch (final IOException exc) {
			return "";
		}
		if (description == null) return "";
		if (description.contains("<OME")) return " (its OME-XML tells which; Bio-Formats reads that)";
		if (!description.startsWith("ImageJ=")) return "";
		final List<String> axes = new ArrayList<>();
		final Matcher matcher = AXES.matcher(description);
		while (matcher.find()) axes.add(matcher.group(2) + " " + matcher.group(1));
		return axes.isEmpty() ? "" : " (by ImageJ " + String.join(", ", axes) + ", channels fastest)";
	}

	/** TIFF files of which the screen names no page, of the first fields of the first plates. */
	private static List<Path> firstFiles(final Screen screen) {
		final Set<String> known = new HashSet<>();
		for (final Field field : screen.fields())
			for (final Plane plane : field.planes())
				if (plane != null && (plane.frame() > 0 || plane.hasSeries())) known.add(plane.path());
		final List<Path> files = new ArrayList<>();
		final Set<String> seen = new HashSet<>();
		final Set<String> plates = new HashSet<>();
		for (final Field field : screen.fields()) {
			if (plates.size() == PLATES && !plates.contains(field.plate())) break;
			// Of stacks in one file, a plane was chosen and told.
			if (!plates.add(field.plate()) || !field.get(ScreenBuilder.PLANE).isEmpty()) continue;
			for (final Plane plane : field.planes()) {
				if (plane == null || !isLocalFile(plane) || !TIFF.matcher(plane.path()).matches() ||
					known.contains(plane.path()) || !seen.add(plane.path())) continue;
				try {
					files.add(Path.of(plane.path()));
				}
				catch (final InvalidPathException exc) {
					known.add(plane.path()); // said when its pixels are read
				}
			}
		}
		return files;
	}
}
