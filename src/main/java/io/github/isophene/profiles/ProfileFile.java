// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.isophene.files.AtomicFile;

/**
 * Profiles as files: {@code .parquet}, {@code .csv} or {@code .csv.gz}, told by the name.
 * <p>
 * <b>Written</b> are the metadata columns as strings and then the features as float32,
 * under their names. A missing string is NULL (an empty field of a CSV), which pandas
 * and copairs take as missing. A missing number is NaN in Parquet and an empty field in
 * a CSV. CSV is RFC 4180 in UTF-8 with commas, decimal points and {@code \n}; a float
 * has as many digits as it takes to get the same float back. Parquet is compressed with
 * snappy and carries {@code isophene_profiles = 1}, the version of this layout. The same
 * table always gives the same bytes. Files are written beside and moved into place, so
 * the old file stays until the new one is whole.
 * </p>
 * <p>
 * <b>Read</b> are these and other programs' files:
 * </p>
 * <ul>
 * <li>Columns that begin with {@code Metadata_} or {@code Image_Metadata_} are metadata, as
 * text, whatever they hold: {@code 01} stays {@code 01}. So are the numbers by which CellProfiler
 * counts and times its run ({@code ImageNumber}, {@code ObjectNumber}, {@code TableNumber},
 * {@code Number_Object_Number}, {@code Parent_*}, also with a compartment before them,
 * {@code Group_*}, {@code ModuleError_*}, {@code ExecutionTime_*}), which tell the batch and no phenotype.</li>
 * <li>Other columns of numbers are features, rounded to float32. NULL is NaN; in a CSV an
 * empty field, NA, N/A, NULL, None and NaN are NaN.</li>
 * <li>Other columns of text (also dates and booleans) are metadata under their own names, and
 * a note says so. In a CSV a column is text if its first value that is not missing,
 * within the first 10,000 rows, is no number.</li>
 * <li>A CSV may be separated by semicolons, if its header has no comma; numbers have decimal points all the same.</li>
 * <li>A list column {@code embedding} of n numbers becomes the features {@code embedding_0001},
 * {@code embedding_0002}... with four digits or as many as n has. Rows without a list are
 * NaN.</li>
 * <li>A folder of Parquet files with the same columns is one table, file after file by name. The order of
 * columns and the
 * width of numbers may differ; with {@code features=common} the columns may, too, and those that all files have
 * are read.</li>
 * <li>Numbers of rows are left out: pandas' row index ({@code __index_level_0__}, or the name that the file gives it),
 * {@code Unnamed: 0}, {@code index}, and a first column of a CSV without a name.</li>
 * </ul>
 */
public final class ProfileFile {

	/** Rows of a table below which a feature may count them by accident. */
	private static final int LEAST_COUNTED = 12;

	private ProfileFile() {}

	/**
	 * Reads a file of profiles.
	 *
	 * @throws IOException if it is missing, damaged, foreign, empty or without features, or
	 *           has two columns of one name; the message names the file and the remedy
	 */
	public static ProfileTable read(final Path file) throws IOException {
		return read(file, note -> {});
	}

	/**
	 * Reads a file of profiles.
	 *
	 * @param notes is told, in sentences, which columns were taken as metadata or left out
	 *          though their names don't say so
	 * @throws IOException as {@link #read(Path)}
	 */
	public static ProfileTable read(final Path file, final Consumer<String> notes) throws IOException {
		return read(file, notes, notes);
	}

	/**
	 * Reads a file of profiles.
	 *
	 * @param notes as {@link #read(Path, Consumer)}
	 * @param warnings is told, in sentences, what spoils features and how to mend it: cells of text
	 *          among numbers, and float64 features that float32 has too few digits for
	 * @throws IOException as {@link #read(Path)}
	 */
	public static ProfileTable read(final Path file, final Consumer<String> notes, final Consumer<String> warnings)
		throws IOException
	{
		return read(file, false, notes, warnings);
	}

	/**
	 * Reads a file of profiles, or a folder whose files may have different columns.
	 *
	 * @param common whether of a folder the columns are read that all of its files have, as after a feature
	 * selection of
	 *          each plate; a warning says how many are left. Otherwise files with different columns are refused
	 * @throws IOException as {@link #read(Path)}
	 */
	public static ProfileTable read(final Path file, final boolean common, final Consumer<String> notes,
		final Consumer<String> warnings) throws IOException
	{
		if (ProfileFormat.ofExisting(file) == ProfileFormat.PARQUET)
			return readWhole(file, true, common, notes, warnings);
		final List<String> told = new ArrayList<>();
		final List<String> warned = new ArrayList<>();
		final ProfileTable table;
		try {
			table = readWhole(file, false, common, told::add, warned::add);
		}
		catch (final IOException e) {
			return readWhole(file, true, common, notes, warnings);
		}
		told.forEach(notes);
		warned.forEach(warnings);
		return table;
	}

	/**
	 * Reads the first rows of a file, as many as lie together (2,048 at most), for a look at its columns.
	 *
	 * @throws IOException as {@link #read(Path)}
	 */
	public static ProfileTable head(final Path file) throws IOException {
		try (ProfileReader reader = new ProfileReader(file, false, true, note -> {}, warning -> {})) {
			final ProfileTable rows = reader.next();
			if (rows == null) throw new IOException(file + " has columns but no rows: name another table");
			return rows;
		}
	}

	/**
	 * Keeps what the first file starts (DuckDB in memory, some MB) for the files after it, until this is closed: for
	 * runs that read or write many. Without it, each file starts it anew, which takes longer than the rows of a plate.
	 */
	public static Closeable keepStarted() {
		return Database.keep();
	}

	/**
	 * Tells a wrong name before work is done for it.
	 *
	 * @throws IOException if the name doesn't end as one of the formats
	 */
	public static void requireFormat(final Path file) throws IOException {
		ProfileFormat.of(file);
	}

	private static ProfileTable readWhole(final Path file, final boolean careful, final boolean common,
		final Consumer<String> notes, final Consumer<String> warnings) throws IOException
	{
		try (ProfileReader reader = new ProfileReader(file, careful, common, notes, warnings)) {
			final ProfileTableBuilder builder = ProfileTable.builder(reader.metadataColumns(), reader.featureColumns());
			while (reader.readInto(builder)) {
				// rows are added until there are no more
			}
			if (builder.rowCount() == 0)
				throw new IOException(file +
					" has columns but no rows: name another table, or see what left its rows out when it was written");
			final ProfileTable table = builder.build();
			for (int c = 0; c < table.featureCount(); c++) {
				if (numbersRows(table, c))
					warnings.accept(file + ": feature '" + table.featureColumns().get(c) + "' counts the rows, from " +
						(long) table.feature(0, c) +
						" on: delete it, or begin its name with Metadata_, unless that is what was measured");
			}
			return table;
		}
	}

	/**
	 * Returns whether each value of a feature is one more than that of the row before, in a table long enough
	 * to be no accident.
	 */
	private static boolean numbersRows(final ProfileTable table, final int feature) {
		final int rows = table.rowCount();
		final float first = table.feature(0, feature);
		// Neighbors of larger numbers are the same in single precision.
		if (rows < LEAST_COUNTED || rows > 1 << 24 || first != Math.rint(first) || Math.abs(first) > 1 << 23)
			return false;
		for (int row = 1; row < rows; row++) if (table.feature(row, feature) != first + row) return false;
		return true;
	}

	/**
	 * Writes a file of profiles, or replaces it. Missing folders are made.
	 *
	 * @throws IOException if it cannot be written, or two columns' names differ by upper and lower
	 *           case only; what was there before is unchanged then
	 * @throws IllegalArgumentException if the table has no rows or no features
	 */
	public static void write(final ProfileTable table, final Path file) throws IOException {
		AtomicFile.write(file, content(table, file));
	}

	/**
	 * Checks a table and returns its writer, for a file that is written together with others.
	 *
	 * @throws IOException as {@link #write} does
	 * @throws IllegalArgumentException as {@link #write} does
	 */
	public static AtomicFile.Content content(final ProfileTable table, final Path file) throws IOException {
		final ProfileFormat format = ProfileFormat.of(file);
		if (table.rowCount() == 0 || table.featureCount() == 0) {
			throw new IllegalArgumentException(
				"There are no profiles to write to " + file + ": the table has " + table);
		}
		return ProfileWriter.content(ChunkedTable.of(table), file, format);
	}
}
