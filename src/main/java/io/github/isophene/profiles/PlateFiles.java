// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.isophene.files.DiskRoot;
import io.github.isophene.files.FileNames;

/** Names of files that hold one plate each, and a folder of such files as one table. */
public final class PlateFiles {

	/** JUMP's source/workspace/profiles/batch/plate, and one more. */
	private static final int DEEPEST = 7;

	private PlateFiles() {}

	/**
	 * A file name that belongs to one plate, whatever its name is: {@code <what is left of the plate's name>-<16
	 * hexadecimal digits of its SHA-256>}. It never begins with {@code _} or a dot: such files are no part of a table.
	 */
	public static String name(final String plate) {
		return FileNames.withHash(plate);
	}

	/**
	 * The Parquet files of a folder, by name; those whose names begin with {@code _} or a dot are left out, as pandas
	 * and Spark do.
	 *
	 * @throws IOException if there is none
	 */
	public static List<Path> in(final Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			final List<Path> found = files.filter(PlateFiles::isTable).sorted().toList();
			if (found.isEmpty())
				throw new IOException("The folder " + folder +
					" has no .parquet files: name the file, or a folder of Parquet files with the same columns");
			return found;
		}
	}

	/**
	 * As {@link #in}, but where the folder itself has none, those of all folders below it, as JUMP's {@code
	 * <batch>/<plate>/<plate>.parquet}.
	 */
	static List<Path> below(final Path folder) throws IOException {
		DiskRoot.refuse(folder);
		try (Stream<Path> files = Files.list(folder)) {
			if (files.anyMatch(PlateFiles::isTable)) return in(folder);
		}
		try (Stream<Path> files = Files.walk(folder, DEEPEST)) {
			final List<Path> found = files
				.filter(file -> isTable(file) && Files.isRegularFile(file) && isOpen(folder.relativize(file)))
				.sorted()
				.toList();
			return found.isEmpty() ? in(folder) : found;
		}
	}

	/** Not in a folder that readers of tables pass over, or of parts of a run that isn't over. */
	private static boolean isOpen(final Path file) {
		for (final Path name : file) {
			if (name.toString().startsWith("_") || name.toString().startsWith(".") ||
				name.toString().endsWith(".parts")) return false;
		}
		return true;
	}

	/**
	 * Makes one table of files of plates, the same bytes as if their rows had been written at once.
	 *
	 * @param plates their names, for messages
	 * @param files in the order in which their rows shall stand
	 * @return how many rows the table has
	 * @throws IOException if their columns differ, they have no rows, or the table can't be written
	 */
	public static long merge(final List<String> plates, final List<Path> files, final Path output) throws IOException {
		return merge(IntStream.range(0, files.size())
			.mapToObj(i -> new PartSequence.Part(plates.get(i), files.get(i), null))
			.toList(), output);
	}

	/** As {@link #merge(List, List, Path)}, where some plates may still be in memory. */
	public static long merge(final List<PartSequence.Part> parts, final Path output) throws IOException {
		try (PartSequence source = new PartSequence(parts)) {
			if (!source.hasRows())
				throw new IOException(
					"No plate of " + parts.get(0).file().getParent() + " has any profiles: there is nothing to write");
			ProfileWriter.write(source, output, ProfileFormat.of(output));
			return source.rows();
		}
	}

	private static boolean isTable(final Path file) {
		final String name = file.getFileName().toString();
		return name.toLowerCase(Locale.ROOT).endsWith(".parquet") && !name.startsWith("_") && !name.startsWith(".");
	}
}
