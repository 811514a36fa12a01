// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The columns of a Parquet file and what each becomes; the rules are those of {@link ProfileFile}. */
final class ParquetColumns {

	private static final String NUMBER = "(?:U?(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL\\(.*\\))";
	private static final Pattern NUMERIC = Pattern.compile(NUMBER);
	private static final Pattern LIST = Pattern.compile("(" + NUMBER + ")\\[\\d*\\]");
	private static final Pattern TEXT = Pattern.compile("VARCHAR|BOOLEAN|UUID|DATE|TIME.*|ENUM.*|INTERVAL|\"NULL\"");
	private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

	private final Database database;
	private final Path file;
	private final List<Path> files;
	private final List<String> types;

	/** @param file a Parquet file, or a folder of them with the same columns */
	ParquetColumns(final Database database, final Path file) throws IOException, SQLException {
		this.database = database;
		this.file = file;
		this.files = Files.isDirectory(file) ? PlateFiles.below(file) : List.of(file);
		final List<String> first = columns(files.get(0));
		for (final Path other : files) {
			if (!columns(other).equals(first)) throw new IOException("The columns of " + other + " are not those of " + files.get(
				0).getFileName() + ": a folder is one table only if all its .parquet files have the same columns; take it out");
		}
		this.types = first.stream().map(column -> column.substring(column.lastIndexOf('\n') + 1)).toList();
	}

	/** Name and type of each column of a file. */
	private List<String> columns(final Path one) throws SQLException {
		return database.rows("DESCRIBE SELECT * FROM " + scan(List.of(one))).stream().map(row -> row[0] + "\n" + row[1]).toList();
	}

	/** Whether a file begins and ends as a Parquet file does: a cheap test that it is one and is whole. */
	static boolean isWhole(final Path file) throws IOException {
		if (Files.size(file) < 3 * MAGIC.length) return false;
		try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
			final byte[] head = new byte[MAGIC.length];
			final byte[] tail = new byte[MAGIC.length];
			in.readFully(head);
			in.seek(in.length() - tail.length);
			in.readFully(tail);
			return Arrays.equals(head, MAGIC) && Arrays.equals(tail, MAGIC);
		}
	}

	/** The file as a relation with the columns {@code c0, c1...}. */
	String relation() {
		return scan() + " AS t(" + String.join(", ", ColumnPlan.positions(types.size())) + ")";
	}

	/** @throws IOException if a column can be neither metadata nor features */
	ColumnPlan plan() throws IOException, SQLException {
		final List<String> names = names();
		final ColumnPlan plan = new ColumnPlan(file);
		final List<Integer> lengths = listLengths(names);
		for (int i = 0; i < names.size(); i++) {
			final String name = names.get(i);
			final String type = types.get(i);
			final String column = "c" + i;
			if (ColumnPlan.isMetadata(name)) plan.addMetadata(name, "CAST(" + column + " AS VARCHAR)");
			else if (ColumnPlan.isPandasIndex(name)) plan.skip(name);
			else if (NUMERIC.matcher(type).matches()) plan.addFeature(name, number(column, type));
			else if (LIST.matcher(type).matches()) addList(plan, name, column, type, lengths.get(i));
			else if (TEXT.matcher(type).matches()) {
				plan.addMetadata(name, "CAST(" + column + " AS VARCHAR)");
				if (type.equals("VARCHAR")) look(plan, name, column);
			}
			else throw new IOException("Column '" + name + "' of " + file + " is of type " + type +
				", neither number, list of numbers nor text: delete it or begin its name with Metadata_");
		}
		return plan;
	}

	/** Warns of a column of text that holds numbers in most rows. */
	private void look(final ColumnPlan plan, final String name, final String column) throws SQLException {
		final String stray = "FILTER (WHERE " + column + " IS NOT NULL AND TRY_CAST(" + column + " AS DOUBLE) IS NULL AND trim(" +
			column + ") <> '')";
		final String[] found = database.rows("SELECT count(TRY_CAST(" + column + " AS DOUBLE)), count(*) " + stray +
			", coalesce(min(row) " + stray + ", 0), coalesce(arg_min(" + column + ", row) " + stray +
			", '') FROM (SELECT *, row_number() OVER () AS row FROM " + relation() + ")").get(0);
		plan.warnOfStrayText(name, Long.parseLong(found[0]), Long.parseLong(found[1]), Long.parseLong(found[2]), found[3]);
	}

	private String scan() {
		return scan(files);
	}

	private static String scan(final List<Path> files) {
		return "read_parquet([" + files.stream().map(Database::file).collect(Collectors.joining(", ")) +
			"], hive_partitioning=false, union_by_name=false, filename=false, file_row_number=false, binary_as_string=true)";
	}

	/** The top-level columns as the file names them: the schema is a tree, its nodes listed parents first. */
	private List<String> names() throws SQLException {
		final List<String[]> nodes = database.rows("SELECT name, coalesce(num_children, 0) FROM parquet_schema(" +
			Database.file(files.get(0)) + ")");
		final List<String> names = new ArrayList<>();
		int next = 1;
		for (int i = Integer.parseInt(nodes.get(0)[1]); i > 0; i--) {
			names.add(nodes.get(next)[0]);
			for (int pending = 1; pending > 0; next++) pending += Integer.parseInt(nodes.get(next)[1]) - 1;
		}
		return names;
	}

	/** The length of each list column, {@code null} for other columns. */
	private List<Integer> listLengths(final List<String> names) throws IOException, SQLException {
		final List<Integer> lengths = new ArrayList<>();
		for (int i = 0; i < names.size(); i++) {
			final boolean list = !ColumnPlan.isMetadata(names.get(i)) && LIST.matcher(types.get(i)).matches();
			lengths.add(list ? listLength(names.get(i), "c" + i) : null);
		}
		return lengths;
	}

	private int listLength(final String name, final String column) throws IOException, SQLException {
		final String[] range = database.rows("SELECT coalesce(min(len(" + column + ")), 0), coalesce(max(len(" + column +
			")), 0) FROM " + relation()).get(0);
		final int shortest = Integer.parseInt(range[0]);
		final int longest = Integer.parseInt(range[1]);
		if (shortest != longest) {
			throw new IOException("The lists in column '" + name + "' of " + file + " have between " + shortest + " and " +
				longest + " values: every row needs the same number");
		}
		return longest;
	}

	private void addList(final ColumnPlan plan, final String name, final String column, final String type, final int length)
		throws IOException
	{
		if (length == 0) throw new IOException("The lists in column '" + name + "' of " + file + " are empty: delete it");
		final Matcher matcher = LIST.matcher(type);
		matcher.matches();
		final int digits = Math.max(4, Integer.toString(length).length());
		for (int i = 1; i <= length; i++) {
			plan.addFeature(name + "_" + String.format(Locale.ROOT, "%0" + digits + "d", i),
				number(column + "[" + i + "]", matcher.group(1)));
		}
	}

	/** Wider numbers come as doubles and are rounded in Java: DuckDB refuses to cast a number beyond float32's range. */
	private static String number(final String sql, final String type) {
		return type.equals("FLOAT") || type.equals("DOUBLE") ? sql : "CAST(" + sql + " AS DOUBLE)";
	}
}
