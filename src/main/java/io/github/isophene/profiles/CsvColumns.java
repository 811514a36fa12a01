// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;

/** The columns of a CSV file and what each becomes; the rules are those of {@link ProfileFile}. */
final class CsvColumns {

	/** Number of rows that are sampled to tell text from numbers. */
	private static final int SAMPLE = 10_000;

	private static final Pattern DECIMAL_COMMA = Pattern.compile("\\s*[+-]?[0-9]*,[0-9]+([eE][+-]?[0-9]+)?\\s*");

	/** Type of a column of the sample. */
	private enum Kind {

		/** Nothing but empty fields so far. */
		EMPTY,
		/** Numbers and empty fields. */
		NUMBERS,
		/** Words for missing numbers, perhaps among numbers. */
		NUMBERS_AND_WORDS,
		/** The first value that isn't missing is no number. */
		TEXT
	}

	private final Database database;
	private final Path file;
	private final boolean gzip;
	private final List<String> names;
	private final char separator;
	private final int skipped;
	private final List<String> types;
	private final ColumnPlan plan;
	/** Cells of the sample that are numbers, and those that are neither numbers nor missing, [columns]. */
	private final long[] numbers;
	private final long[] others;
	private final long[] firstOther;
	private final String[] firstText;

	/**
	 * Reads the header and looks at the first rows.
	 *
	 * @param careful whether numbers are read as text and parsed in Java; slower, but it takes
	 *          words for missing numbers anywhere and knows the row of what is no number
	 */
	CsvColumns(final Database database, final Path file, final boolean gzip, final boolean careful)
		throws IOException, SQLException
	{
		this.database = database;
		this.file = file;
		this.gzip = gzip;
		final CsvHeader header = CsvHeader.read(file, gzip);
		names = header.names();
		separator = header.separator();
		skipped = header.skipped();
		types = new ArrayList<>(Collections.nCopies(names.size(), "VARCHAR"));
		plan = new ColumnPlan(file);
		numbers = new long[names.size()];
		others = new long[names.size()];
		firstOther = new long[names.size()];
		firstText = new String[names.size()];
		final Kind[] kinds = look();
		if (separator == ';') requireDecimalPoints();
		for (int i = 0; i < kinds.length; i++) {
			final String name = names.get(i);
			if (ColumnPlan.isMetadata(name) || kinds[i] == Kind.TEXT) plan.addMetadata(name, "c" + i);
			// pandas' to_csv and R's write.csv number the rows in a first column without a name.
			else if (ColumnPlan.isRowNumber(name) || i == 0 && name.isBlank() && names.size() > 1) plan.skip(name);
			else plan.addFeature(name, "c" + i);
			if (kinds[i] == Kind.TEXT) plan.warnOfStrayText(name, numbers[i], others[i], firstOther[i], firstText[i]);
			final boolean feature = !ColumnPlan.isMetadata(name) && kinds[i] != Kind.TEXT;
			if (feature && !careful && kinds[i] != Kind.NUMBERS_AND_WORDS) types.set(i, "FLOAT");
		}
	}

	/** A column of 0,5 and 1,25 would pass for text. */
	private void requireDecimalPoints() throws IOException {
		for (int i = 0; i < names.size(); i++) {
			if (firstText[i] != null && DECIMAL_COMMA.matcher(firstText[i]).matches()) {
				throw new IOException(file + ": row " + firstOther[i] + " of column '" + names.get(i) + "' is '" +
					firstText[i] +
					"', with a decimal comma: save the table with decimal points, or begin the column's name with " +
					"Metadata_ if it is text");
			}
		}
	}

	ColumnPlan plan() {
		return plan;
	}

	/** The file as a relation with the columns {@code c0, c1...}: features are FLOAT, or VARCHAR to be parsed. */
	String relation() {
		final List<String> columns = new ArrayList<>();
		for (int i = 0; i < types.size(); i++) columns.add("c" + i + ": '" + types.get(i) + "'");
		return "read_csv(" + Database.file(file) + ", auto_detect=false, header=true, skip=" + skipped + ", delim='" +
			separator + "', quote='\"', escape='\"', nullstr='', compression='" + (gzip ? "gzip" : "none") +
			"', hive_partitioning=false, columns={" + String.join(", ", columns) + "})";
	}

	private Kind[] look() throws SQLException {
		final Kind[] kinds = new Kind[names.size()];
		Arrays.fill(kinds, Kind.EMPTY);
		try (DuckDBPreparedStatement statement = database.prepare("SELECT * FROM " + relation() + " LIMIT " + SAMPLE);
			DuckDBChunkedResult result = statement.query())
		{
			long before = 0;
			while (result.nextChunk()) {
				final DuckDBDataChunkReader chunk = result.chunk();
				for (int i = 0; i < kinds.length; i++) {
					if (!ColumnPlan.isMetadata(names.get(i)))
						kinds[i] = look(chunk.vector(i), chunk.rowCount(), kinds[i], i, before);
				}
				before += chunk.rowCount();
			}
		}
		return kinds;
	}

	private Kind look(final DuckDBReadableVector vector, final long rows, final Kind before, final int column,
		final long earlier)
	{
		Kind kind = before;
		boolean number = before == Kind.NUMBERS;
		for (long row = 0; row < rows; row++) {
			if (vector.isNull(row)) continue;
			final String value = vector.getString(row);
			if (CsvNumber.isNumber(value)) {
				numbers[column]++;
				number = true;
				if (kind == Kind.EMPTY) kind = Kind.NUMBERS;
			}
			else if (CsvNumber.isMissing(value)) {
				if (kind != Kind.TEXT) kind = Kind.NUMBERS_AND_WORDS;
			}
			else {
				if (others[column]++ == 0) {
					firstOther[column] = earlier + row + 1;
					firstText[column] = value;
				}
				if (!number) kind = Kind.TEXT;
			}
		}
		return kind;
	}
}
