// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bioformats;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.github.isophene.screen.NaturalOrder;
import loci.formats.FormatException;
import loci.formats.FormatTools;
import loci.formats.IFormatReader;
import loci.formats.ImageReader;

/** Files of a source that Bio-Formats opens. */
final class SourceFiles implements Closeable {

	/** Extensions of files beside images that are no images, though Bio-Formats would take them for some. */
	private static final Set<String> COMPANIONS = Set.of("avi", "bfmemo", "bmp", "csv", "db", "doc", "docx", "gif",
		"htm", "html", "ini", "json", "log", "md", "mov", "mp4", "pdf", "txt", "wav", "xls", "xlsx", "zip");

	private final ImageReader reader = new ImageReader();

	/**
	 * Looks, quickly, whether a source has any such file: empty if it has, else why not. Plain
	 * TIFF, PNG and JPEG files don't count: what such a file is of a field, only the user knows.
	 */
	static Optional<String> reject(final Path source) throws IOException {
		try (SourceFiles files = new SourceFiles()) {
			if (!Files.isDirectory(source)) {
				if (isPlain(source))
					return Optional.of(source.getFileName() +
						" is a single image: choose this format by its name if it is a field or more");
				return files.opens(source) ? Optional.empty()
					: Optional.of("Bio-Formats knows no format of " + source.getFileName());
			}
			for (final Path folder : folders(source)) {
				if (isZarr(folder)) return Optional.of(folder + " is OME-Zarr");
				for (final Path file : list(folder)) if (!isPlain(file) && files.opens(file)) return Optional.empty();
			}
			return Optional
				.of("neither the folder nor those in it hold a file of a format with wells or several images that " +
					"Bio-Formats opens");
		}
	}

	/**
	 * The files that may be opened, by their names; the first group of which one {@link #opens} is the one
	 * meant. Some may turn out parts of others.
	 *
	 * @param source a file, which is taken at its word, or a folder: its files, or those of the folders in
	 *          it; single images only where there is nothing else
	 */
	static List<List<Path>> candidates(final Path source) throws IOException {
		if (!Files.isDirectory(source)) return List.of(List.of(source));
		final List<
			List<Path>> groups = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
		for (final Path folder : folders(source)) {
			if (isZarr(folder)) continue;
			for (final Path file : list(folder)) {
				if (COMPANIONS.contains(ending(file))) continue;
				groups.get((isPlain(file) ? 2 : 0) + (folder.equals(source) ? 0 : 1)).add(file);
			}
		}
		return groups;
	}

	/** Returns whether a file's planes may be read by a reader of single image files, by its name. */
	static boolean isPlain(final Path file) {
		return List.of("tif", "tiff", "png", "jpg", "jpeg").contains(ending(file)) &&
			!file.toString().toLowerCase(Locale.ROOT).matches("(?s).*\\.ome\\.tiff?");
	}

	/**
	 * Returns whether Bio-Formats has a reader for a file that isn't only graphics, by its name and its first
	 * bytes.
	 */
	boolean opens(final Path file) {
		if (COMPANIONS.contains(ending(file))) return false;
		try {
			final IFormatReader found = reader.getReader(file.toString());
			final List<String> domains = Arrays.asList(found.getPossibleDomains(file.toString()));
			return !domains.equals(List.of(FormatTools.GRAPHICS_DOMAIN)) || isPlain(file);
		}
		catch (final FormatException | IOException | RuntimeException exc) {
			return false;
		}
	}

	private static List<Path> folders(final Path source) throws IOException {
		final List<Path> folders = new ArrayList<>(List.of(source));
		try (Stream<Path> children = Files.list(source)) {
			children.filter(Files::isDirectory).sorted(BY_NAME).forEach(folders::add);
		}
		return folders;
	}

	private static List<Path> list(final Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter(Files::isRegularFile)
				.filter(file -> !file.getFileName().toString().startsWith("."))
				.sorted(BY_NAME)
				.toList();
		}
	}

	private static final Comparator<
		Path> BY_NAME = Comparator.comparing((Path file) -> file.getFileName().toString(), NaturalOrder.COMPARATOR);

	private static boolean isZarr(final Path folder) {
		return Files.exists(folder.resolve(".zattrs")) || Files.exists(folder.resolve("zarr.json"));
	}

	private static String ending(final Path file) {
		final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
		return name.substring(name.lastIndexOf('.') + 1);
	}

	@Override
	public void close() throws IOException {
		reader.close();
	}
}
