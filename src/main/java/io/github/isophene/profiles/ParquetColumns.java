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
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.isophene.messages.Count;

/** The columns of a Parquet file and what each becomes; the rules are those of {@link ProfileFile}. */
public final class ParquetColumns {

	private static final String NUMBER = "(?:U?(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|" +
		"DECIMAL\\(.*\\))";
	private static final Pattern NUMERIC = Pattern.compile(NUMBER);
	private static final Pattern LIST = Pattern.compile("(" + NUMBER + ")\\[\\d*\\]");
	private static final Pattern TEXT = Pattern.compile("VARCHAR|BOOLEAN|UUID|DATE|TIME.*|ENUM.*|INTERVAL|\"NULL\"");
	private static final Pattern INDEX_COLUMNS = Pattern.compile("\"index_columns\"\\s*:\\s*\\[(.*?)\\]");
	private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
	private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

	private final Database database;
	private final Path file;
	private final List<Path> files;
	private final List<Part> parts = new ArrayList<>();
	/** Names and types of the columns that are read. */
	private final List<String> names;
	private final List<String> types;
	private final String note;

	/** A file and its columns. */
	private record Part(Path file, List<String> names, List<String> types) {}

	/**
	 * @param file a Parquet file, or a folder of them
	 * @param common whether columns that not every file has are left out; otherwise such files are refused
	 */
	ParquetColumns(final Database database, final Path file, final boolean common) throws IOException, SQLException {
		this.database = database;
		this.file = file;
		this.files = Files.isDirectory(file) ? PlateFiles.below(file) : List.of(file);
		for (final Path one : files) parts.add(new Part(one, names(one), types(one)));
		final Part first = parts.get(0);
		final Set<String> shared = new LinkedHashSet<>(first.names);
		final Set<String> all = new LinkedHashSet<>(first.names);
		for (final Part part : parts) {
			shared.retainAll(part.names);
			all.addAll(part.names);
			if (!common && shared.size() < all.size()) throw different(first, part);
		}
		names = shared.size() == all.size() ? first.names : List.copyOf(shared);
		types = new ArrayList<>();
		for (final String name : names) types.add(type(name));
		all.removeAll(shared);
		note = all.isEmpty() ? ""
			: file + ": features=common takes the " +
				Count.of(names.stream().filter(n -> !ColumnPlan.isMetadata(n)).count(), "column") + " that all " +
				Count.of(files.size(), "file has", "files have") +
				", besides metadata; left out are " + all.size() +
				": " + String.join(", ", all.stream().limit(5).toList()) + (all.size() > 5 ? "..." : "");
	}

	private static IOException different(final Part first, final Part other) {
		final Set<String> lacking = new LinkedHashSet<>(first.names);
		other.names.forEach(lacking::remove);
		final Set<String> more = new LinkedHashSet<>(other.names);
		first.names.forEach(more::remove);
		final String which = (lacking.isEmpty() ? ""
			: "it lacks " + lacking.size() + ", such as " + lacking.iterator().next()) +
			(lacking.isEmpty() || more.isEmpty() ? "" : ", and ") +
			(more.isEmpty() ? "" : "it has " + more.size() + " more, such as " + more.iterator().next());
		return new IOException(
			"The columns of " + other.file + " are not those of " + first.file.getFileName() + " (" + which +
				"): take it out of the folder, or set features=common, which reads the columns that all files have");
	}

	/**
	 * The type that a column has in all files: plates may differ in the width of numbers, or lack all values of
	 * a feature.
	 */
	private String type(final String name) throws IOException {
		final Set<String> found = new LinkedHashSet<>();
		for (final Part part : parts) found.add(part.types.get(part.names.indexOf(name)));
		if (found.size() == 1) return found.iterator().next();
		found.remove("\"NULL\"");
		if (found.size() == 1) return found.iterator().next();
		if (ColumnPlan.isMetadata(name)) return "VARCHAR";
		if (found.stream().allMatch(t -> NUMERIC.matcher(t).matches())) return "DOUBLE";
		if (found.stream().allMatch(t -> TEXT.matcher(t).matches())) return "VARCHAR";
		throw new IOException("Column '" + name + "' of the files in " + file + " is of the types " +
			String.join(", ", found) + ": make them alike, or take out the files that differ");
	}

	/** Returns the note on columns that were left out or empty. */
	String note() {
		return note;
	}

	private List<String> types(final Path one) throws SQLException {
		return database.rows("DESCRIBE SELECT * FROM " + scan(List.of(one))).stream().map(row -> row[1]).toList();
	}

	/** Returns whether a file begins and ends as a Parquet file does: a cheap test that it is one and is whole. */
	public static boolean isWhole(final Path file) throws IOException {
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
		final boolean alike = parts.stream().allMatch(part -> part.names.equals(names) && part.types.equals(types));
		if (alike) return scan(files) + " AS t(" + String.join(", ", ColumnPlan.positions(names.size())) + ")";
		return "(" + parts.stream().map(this::select).collect(Collectors.joining(" UNION ALL ")) + ") AS t";
	}

	private String select(final Part part) {
		final List<String> columns = new ArrayList<>();
		for (int i = 0; i < names.size(); i++) {
			final int at = part.names.indexOf(names.get(i));
			final String own = "c" + at;
			columns.add((part.types.get(at).equals(types.get(i)) ? own : "CAST(" + own + " AS " + types.get(i) + ")") +
				" AS c" + i);
		}
		return "SELECT " + String.join(", ", columns) + " FROM " + scan(List.of(part.file)) + " AS t(" +
			String.join(", ", ColumnPlan.positions(part.names.size())) + ")";
	}

	/** @throws IOException if a column can be neither metadata nor features */
	ColumnPlan plan() throws IOException, SQLException {
		final ColumnPlan plan = new ColumnPlan(file);
		final List<Integer> lengths = listLengths();
		final Set<String> indices = pandasIndices();
		for (int i = 0; i < names.size(); i++) {
			final String name = names.get(i);
			final String type = types.get(i);
			final String column = "c" + i;
			if (ColumnPlan.isMetadata(name)) plan.addMetadata(name, "CAST(" + column + " AS VARCHAR)");
			else
				if (NUMERIC.matcher(type).matches() && (ColumnPlan.isRowNumber(name) || indices.contains(name)))
					plan.skip(name);
				else
					if (NUMERIC.matcher(type).matches()) plan.addFeature(name, number(column, type));
					else if (LIST.matcher(type).matches()) addList(plan, name, column, type, lengths.get(i));
					else if (TEXT.matcher(type).matches()) {
						plan.addMetadata(name, "CAST(" + column + " AS VARCHAR)");
						if (type.equals("VARCHAR")) look(plan, name, column);
					}
					else
						throw new IOException("Column '" + name + "' of " + file + " is of type " + type +
							", neither number, list of numbers nor text: delete it or begin its name with Metadata_");
		}
		return plan;
	}

	/** The columns that pandas has kept as the table's row index, under whatever name. */
	private Set<String> pandasIndices() throws SQLException {
		final Set<String> names = new HashSet<>();
		for (final String[] row : database.rows("SELECT decode(value) FROM parquet_kv_metadata(" +
			Database.file(files.get(0)) + ") WHERE decode(key) = 'pandas'"))
		{
			final Matcher columns = INDEX_COLUMNS.matcher(row[0]);
			if (!columns.find()) continue;
			// Strings are columns; an object is a range that takes none.
			final Matcher name = QUOTED.matcher(columns.group(1).replaceAll("\\{[^}]*\\}", ""));
			while (name.find()) names.add(name.group(1));
		}
		return names;
	}

	/** Warns of a column of text that holds numbers in most rows. */
	private void look(final ColumnPlan plan, final String name, final String column) throws SQLException {
		final String stray = "FILTER (WHERE " + column + " IS NOT NULL AND TRY_CAST(" + column +
			" AS DOUBLE) IS NULL AND trim(" + column + ") <> '')";
		final String[] found = database.rows("SELECT count(TRY_CAST(" + column + " AS DOUBLE)), count(*) " + stray +
			", coalesce(min(row) " + stray + ", 0), coalesce(arg_min(" + column + ", row) " + stray +
			", '') FROM (SELECT *, row_number() OVER () AS row FROM " + relation() + ")").get(0);
		plan.warnOfStrayText(name, Long.parseLong(found[0]), Long.parseLong(found[1]), Long.parseLong(found[2]),
			found[3]);
	}

	private static String scan(final List<Path> files) {
		return "read_parquet([" + files.stream().map(Database::file).collect(Collectors.joining(", ")) +
			"], hive_partitioning=false, union_by_name=false, filename=false, file_row_number=false, " +
			"binary_as_string=true)";
	}

	/** The top-level columns as the file names them: the schema is a tree, its nodes listed parents first. */
	private List<String> names(final Path one) throws SQLException {
		final List<String[]> nodes = database
			.rows("SELECT name, coalesce(num_children, 0) FROM parquet_schema(" + Database.file(one) + ")");
		final List<String> names = new ArrayList<>();
		int next = 1;
		for (int i = Integer.parseInt(nodes.get(0)[1]); i > 0; i--) {
			names.add(nodes.get(next)[0]);
			for (int pending = 1; pending > 0; next++) pending += Integer.parseInt(nodes.get(next)[1]) - 1;
		}
		return names;
	}

	/** The length of each list column, {@code null} for other columns. */
	private List<Integer> listLengths() throws IOException, SQLException {
		final List<Integer> lengths = new ArrayList<>();
		for (int i = 0; i < names.size(); i++) {
			final boolean list = !ColumnPlan.isMetadata(names.get(i)) && LIST.matcher(types.get(i)).matches();
			lengths.add(list ? listLength(names.get(i), "c" + i) : null);
		}
		return lengths;
	}

	private int listLength(final String name, final String column) throws IOException, SQLException {
		final String[] range = database
			.rows("SELECT coalesce(min(len(" + column + ")), 0), coalesce(max(len(" + column + ")), 0) FROM " +
				relation())
			.get(0);
		final int shortest = Integer.parseInt(range[0]);
		final int longest = Integer.parseInt(range[1]);
		if (shortest != longest) {
			throw new IOException("The lists in column '" + name + "' of " + file + " have between " + shortest +
				" and " + longest + " values: every row needs the same number");
		}
		return longest;
	}

	private void addList(final ColumnPlan plan, final String name, final String column, final String type,
		final int length) throws IOException
	{
		if (length == 0)
			throw new IOException("The lists in column '" + name + "' of " + file + " are empty: delete it");
		final Matcher matcher = LIST.matcher(type);
		matcher.matches();
		final int digits = Math.max(4, Integer.toString(length).length());
		for (int i = 1; i <= length; i++) {
			plan.addFeature(name + "_" + String.format(Locale.ROOT, "%0" + digits + "d", i),
				number(column + "[" + i + "]", matcher.group(1)));
		}
	}

	/**
	 * Wider numbers come as doubles and are rounded in Java: DuckDB refuses to cast a number beyond float32's
	 * range.
	 */
	private static String number(final String sql, final String type) {
		return type.equals("FLOAT") || type.equals("DOUBLE") ? sql : "CAST(" + sql + " AS DOUBLE)";
	}
}
