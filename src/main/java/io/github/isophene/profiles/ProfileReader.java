// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.github.isophene.files.CsvCell;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;

/** Reads a file of profiles piece by piece, at most a few thousand rows each. */
final class ProfileReader implements ChunkedTable {

	private final boolean csv;
	private final Path file;
	private final Database ownDatabase;
	private final ColumnPlan plan;
	private final DuckDBPreparedStatement statement;
	private final DuckDBChunkedResult result;
	private final OffsetCheck offsets;
	private final Consumer<String> warnings;
	private long rowsRead;

	/** Opens a file with a database that stays open when the file is closed. */
	ProfileReader(final Path file, final Database database) throws IOException {
		this(file, false, false, note -> {}, warning -> {}, database, null);
	}

	/**
	 * Opens a file.
	 *
	 * @param careful see {@link CsvColumns}
	 * @param common see {@link ParquetColumns}
	 * @param notes is told how columns were taken where their names don't say it
	 * @param warnings is told what should be mended
	 */
	ProfileReader(final Path file, final boolean careful, final boolean common, final Consumer<String> notes,
		final Consumer<String> warnings) throws IOException
	{
		this(file, careful, common, notes, warnings, new Database());
	}

	private ProfileReader(final Path file, final boolean careful, final boolean common, final Consumer<String> notes,
		final Consumer<String> warnings, final Database own) throws IOException
	{
		this(file, careful, common, notes, warnings, own, own);
	}

	private ProfileReader(final Path file, final boolean careful, final boolean common, final Consumer<String> notes,
		final Consumer<String> warnings, final Database database, final Database ownDatabase) throws IOException
	{
		this.file = file;
		this.ownDatabase = ownDatabase;
		this.warnings = warnings;
		try {
			final ProfileFormat format = ProfileFormat.ofExisting(file);
			csv = format != ProfileFormat.PARQUET;
			checkFile(file, format);
			final String relation;
			if (format == ProfileFormat.PARQUET) {
				final ParquetColumns columns = new ParquetColumns(database, file, common);
				plan = columns.plan();
				if (!columns.note().isEmpty()) warnings.accept(columns.note());
				relation = columns.relation();
			}
			else {
				final CsvColumns columns = new CsvColumns(database, file, format == ProfileFormat.CSV_GZ, careful);
				plan = columns.plan();
				relation = columns.relation();
			}
			plan.check();
			offsets = new OffsetCheck(plan.features());
			statement = database.prepare("SELECT " + plan.select() + " FROM " + relation);
			result = statement.query();
			plan.notes().forEach(notes);
			plan.warnings().forEach(warnings);
		}
		catch (final SQLException e) {
			closeDatabase();
			throw damaged(e);
		}
		catch (final IOException | RuntimeException e) {
			closeDatabase();
			throw e;
		}
	}

	@Override
	public List<String> metadataColumns() {
		return plan.metadata();
	}

	@Override
	public List<String> featureColumns() {
		return plan.features();
	}

	@Override
	public ProfileTable next() throws IOException {
		final ProfileTableBuilder builder = ProfileTable.builder(plan.metadata(), plan.features());
		return readInto(builder) ? builder.build() : null;
	}

	/** Adds the next rows to a table and returns whether there were any. */
	boolean readInto(final ProfileTableBuilder builder) throws IOException {
		if (!nextChunk()) {
			final String warning = offsets.warning(file);
			if (warning != null) warnings.accept(warning);
			return false;
		}
		final DuckDBDataChunkReader chunk = result.chunk();
		final int rows = (int) chunk.rowCount();
		final int texts = plan.metadata().size();
		for (int i = 0; i < texts; i++) copyText(chunk.vector(i), rows, builder.metadata().get(i));
		final FloatBlocks features = builder.features();
		final int first = features.rows();
		for (int row = 0; row < rows; row++) features.addRow();
		for (int i = 0; i < plan.features().size(); i++) copyFeature(chunk.vector(texts + i), rows, features, first, i);
		rowsRead += rows;
		return true;
	}

	@Override
	public void close() throws IOException {
		try {
			result.close();
			statement.close();
		}
		catch (final SQLException e) {
			throw new IOException("Cannot close " + file + ": " + e.getMessage(), e);
		}
		finally {
			closeDatabase();
		}
	}

	private void closeDatabase() throws IOException {
		if (ownDatabase != null) ownDatabase.close();
	}

	private boolean nextChunk() throws IOException {
		try {
			return result.nextChunk();
		}
		catch (final RuntimeException e) {
			throw damaged(e);
		}
	}

	private void copyText(final DuckDBReadableVector vector, final int rows, final TextColumn column) {
		for (int row = 0; row < rows; row++) {
			final String text = vector.isNull(row) ? "" : vector.getString(row);
			column.add(csv ? CsvCell.read(text) : text);
		}
	}

	private void copyFeature(final DuckDBReadableVector vector, final int rows, final FloatBlocks features,
		final int first, final int column) throws IOException
	{
		final DuckDBColumnType type = vector.getType();
		final int width = plan.features().size();
		for (int done = 0; done < rows;) {
			final int end = Math.min(rows, done + features.rowsInBlock(first + done));
			final FloatBuffer block = features.block(first + done);
			int position = features.offset(first + done) + column;
			for (; done < end; done++, position += width) {
				if (type == DuckDBColumnType.FLOAT) block.put(position, vector.getFloat(done, Float.NaN));
				else if (type == DuckDBColumnType.DOUBLE) {
					final double value = vector.getDouble(done, Double.NaN);
					offsets.add(column, value);
					block.put(position, (float) value);
				}
				else
					block.put(position,
						vector.isNull(done) ? Float.NaN : parse(vector.getString(done), rowsRead + done + 1, column));
			}
		}
	}

	private float parse(final String text, final long row, final int column) throws IOException {
		try {
			return CsvNumber.parse(text);
		}
		catch (final NumberFormatException e) {
			throw new IOException(
				"In " + file + ", row " + row + " of column '" + plan.features().get(column) + "' holds '" + text +
					"', which is no number: correct it, or begin the column's name with Metadata_ if it is text",
				e);
		}
	}

	private static void checkFile(final Path file, final ProfileFormat format) throws IOException {
		if (!Files.exists(file)) throw new IOException("There is no file " + file);
		if (Files.isDirectory(file)) {
			for (final Path part : PlateFiles.below(file)) checkFile(part, format);
			return;
		}
		if (!Files.isRegularFile(file))
			throw new IOException(file + " is no file: name the file that holds the profiles");
		if (!Files.isReadable(file)) throw new IOException("You may not read " + file + ": change its permissions");
		if (Files.size(file) == 0) throw new IOException(file + " is empty: copy or write it again");
		if (format == ProfileFormat.PARQUET && !ParquetColumns.isWhole(file)) {
			throw new IOException(file + " is no Parquet file or was cut off (it must begin and end with PAR1): " +
				"copy or write it again");
		}
	}

	private IOException damaged(final Exception e) {
		final String why = String.valueOf(e.getMessage()).strip().lines().limit(3).collect(Collectors.joining(" "));
		return new IOException(
			"Cannot read " + file + ": it is damaged or no file of profiles; copy or write it again. (" + why + ")", e);
	}
}
