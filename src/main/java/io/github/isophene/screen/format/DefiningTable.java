// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.github.isophene.screen.FolderListing;
import io.github.isophene.screen.TableFile;

/**
 * Finds the one table that defines a screen: the source itself, or in the folder
 * that is the source. Either a file or the reason why there is none.
 */
record DefiningTable(Path file, String reason) {

	/** Number of missing columns that a message names. */
	private static final int NAMED = 3;

	/** Says of a header whether it is the right one. */
	interface HeaderCheck {

		/** Empty if it is, else why not, as the end of the sentence "x.csv ...". */
		Optional<String> reject(TableFile table);
	}

	/**
	 * Looks for the table.
	 *
	 * @throws IOException if there is one by its header, but it can't be read
	 * @param names matches the names of files in a folder; a file
	 *          that is the source may be called anything
	 */
	static DefiningTable find(final Path source, final Pattern names, final String what, final HeaderCheck header)
		throws IOException
	{
		if (!Files.isDirectory(source)) {
			final Optional<String> no = reject(source, header);
			return no.isEmpty() ? new DefiningTable(source, null)
				: new DefiningTable(null, FolderListing.name(source) + " " + no.get());
		}
		final List<Path> files = new ArrayList<>();
		String why = "the folder holds no " + what;
		// A table in Parquet stands beside the same one in text, as JUMP's load_data; only without that does it count.
		final List<Path> tables = new ArrayList<>(FolderListing.files(source, names));
		final List<
			Path> texts = tables.stream().filter(file -> !FolderListing.name(file).endsWith(".parquet")).toList();
		if (!texts.isEmpty()) tables.retainAll(texts);
		for (final Path file : tables) {
			final Optional<String> no = reject(file, header);
			if (no.isEmpty()) files.add(file);
			else why = FolderListing.name(file) + " " + no.get();
		}
		if (files.size() == 1) return new DefiningTable(files.get(0), null);
		if (files.isEmpty()) return new DefiningTable(null, why);
		return new DefiningTable(null, "the folder holds several such tables (" +
			String.join(", ", files.stream().map(FolderListing::name).toList()) + "): give the file");
	}

	/** The reason as a format gives it; empty if the table was found. */
	Optional<String> rejection() {
		return Optional.ofNullable(reason);
	}

	/** The table's file. */
	Path get(final Path source) throws IOException {
		if (file == null) throw new IOException(source + " cannot be opened: " + reason);
		return file;
	}

	private static Optional<String> reject(final Path file, final HeaderCheck header) throws IOException {
		if (!FolderListing.name(file).matches("(?i).*\\.((csv|tsv|txt)(\\.gz)?|parquet)"))
			return Optional.of("is no .csv, .csv.gz or .parquet file");
		try (TableFile table = TableFile.open(file)) {
			return header.reject(table);
		}
		catch (final IOException e) {
			if (isRight(file, header)) throw e;
			return Optional.of("is no table (" + e.getMessage() + ")");
		}
	}

	/** Returns whether the header is right in an encoding that has a letter for every byte. */
	private static boolean isRight(final Path file, final HeaderCheck header) {
		try (TableFile table = TableFile.openBytes(file)) {
			return header.reject(table).isEmpty();
		}
		catch (final IOException e) {
			return false; // nor a table so
		}
	}

	/**
	 * Returns a message where some of these columns are missing; if not, which aren't: the first few, as most
	 * such tables are something else.
	 */
	static Optional<String> requireAll(final TableFile table, final List<String> columns) {
		final List<String> missing = columns.stream().filter(column -> table.column(column) < 0).toList();
		if (missing.isEmpty()) return Optional.empty();
		final int more = missing.size() - NAMED;
		return Optional.of("has no column " + String.join(", ", missing.subList(0, Math.min(NAMED, missing.size()))) +
			(more > 0 ? ", nor " + more + " others" : ""));
	}
}
