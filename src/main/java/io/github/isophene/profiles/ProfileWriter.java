// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

import io.github.isophene.files.AtomicFile;

/**
 * Writes a table that comes piece by piece. DuckDB pulls the rows out of the heap and
 * streams them into the file; nothing but one row group is held in between.
 */
public final class ProfileWriter {

	/** Features of one row group, about 32 MiB: wide tables get fewer rows, so that memory stays bounded. */
	private static final int ROW_GROUP_VALUES = 1 << 23;
	private static final int SMALLEST_ROW_GROUP = 2048;
	private static final int LARGEST_ROW_GROUP = 122880;

	private ProfileWriter() {}

	/** Writes a file, atomically. */
	public static void write(final ChunkedTable source, final Path file, final ProfileFormat format)
		throws IOException
	{
		AtomicFile.write(file, content(source, file, format));
	}

	/** Checks a table and returns its writer, for a file that is written together with others. */
	static AtomicFile.Content content(final ChunkedTable source, final Path file, final ProfileFormat format)
		throws IOException
	{
		checkNames(source, file);
		return temporary -> {
			switch (format) {
				case PARQUET -> copy(source, temporary, parquetOptions(source), false);
				case CSV -> copy(source, temporary, csvOptions(), true);
				case CSV_GZ -> writeGzip(source, temporary, AtomicFile.temporaryBeside(file));
			}
		};
	}

	/** Through a plain file: DuckDB's own gzip is several times slower than Java's. */
	private static void writeGzip(final ChunkedTable source, final Path file, final Path plain) throws IOException {
		try {
			copy(source, plain, csvOptions(), true);
			try (OutputStream out = new BufferedOutputStream(new FastGzip(Files.newOutputStream(file)), 1 << 16)) {
				Files.copy(plain, out);
			}
		}
		finally {
			Files.deleteIfExists(plain);
		}
	}

	private static void copy(final ChunkedTable source, final Path file, final String options,
		final boolean csv) throws IOException
	{
		final RowsFunction rows = new RowsFunction(source, csv);
		try (Database database = new Database()) {
			database.execute("COPY (" + rows.query() + ") TO " +
				Database.quote(file.toAbsolutePath().toString()) + " (" + options + ", USE_TMP_FILE false)");
		}
		catch (final SQLException e) {
			if (rows.failure() != null) throw rows.failure();
			throw new IOException(e.getMessage(), e);
		}
		finally {
			rows.release();
		}
	}

	/** DuckDB would rename the second of two columns whose names differ by the case of Latin letters only. */
	private static void checkNames(final ChunkedTable source, final Path file) throws IOException {
		final Map<String, String> seen = new HashMap<>();
		for (final List<String> names : List.of(source.metadataColumns(), source.featureColumns())) {
			for (final String name : names) {
				final String other = seen.put(lower(name), name);
				if (other != null) {
					throw new IOException("Cannot write " + file + ": the columns '" + other + "' and '" + name +
						"' differ by upper and lower case only; rename one");
				}
			}
		}
	}

	private static String lower(final String name) {
		final char[] letters = name.toCharArray();
		for (int i = 0; i < letters.length; i++) {
			if (letters[i] >= 'A' && letters[i] <= 'Z') letters[i] += 'a' - 'A';
		}
		return new String(letters);
	}

	private static String parquetOptions(final ChunkedTable source) {
		final int columns = Math.max(1, source.featureColumns().size());
		final int group = Math.min(LARGEST_ROW_GROUP, Math.max(SMALLEST_ROW_GROUP, ROW_GROUP_VALUES / columns));
		return "FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE " + group + ", KV_METADATA {isophene_profiles: '1'}";
	}

	private static String csvOptions() {
		return "FORMAT csv, HEADER true, DELIMITER ',', QUOTE '\"', ESCAPE '\"', NULLSTR '', COMPRESSION none";
	}

	/** Digits of floats hardly compress: more effort takes twice the time for some per cent. */
	private static final class FastGzip extends GZIPOutputStream {

		FastGzip(final OutputStream out) throws IOException {
			super(out, 1 << 16);
			def.setLevel(Deflater.BEST_SPEED);
		}
	}
}
