// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;

import io.github.isophene.messages.Count;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.MetadataJoin;
import io.github.isophene.screen.Platemap;

/** Adds the columns of a table of text (CSV, also gzip) to the metadata of profiles. */
public final class ProfileJoin {

	private static final int EXAMPLES = 5;

	private ProfileJoin() {}

	/**
	 * Joins a table by every column that it shares with the profiles, such as JUMP's
	 * {@code plate.csv.gz} (by source, batch and plate, as far as the profiles have them) and
	 * {@code perturbation_control.csv} (by {@code Metadata_JCP2022}); or, if it shares none, as a
	 * platemap, by well, and by plate where it has plates. In the table {@code Metadata_} may be
	 * missing.
	 *
	 * @param notes takes a sentence on what was joined by what, and on rows without a match
	 * @throws IOException if the file cannot be read, has a key twice, or shares neither columns nor wells
	 * @throws IllegalArgumentException if no row finds a match
	 */
	public static ProfileTable byShared(final ProfileTable table, final Path file, final Consumer<String> notes)
		throws IOException
	{
		return byShared(table, file, notes, notes);
	}

	/**
	 * Joins a table as {@link #byShared(ProfileTable, Path, Consumer)}.
	 *
	 * @param notes takes a sentence on what was joined by what
	 * @param warnings takes a sentence on rows without a match, with some of their keys
	 */
	public static ProfileTable byShared(final ProfileTable table, final Path file, final Consumer<String> notes,
		final Consumer<String> warnings) throws IOException
	{
		if (file.toString().toLowerCase(Locale.ROOT).endsWith(".parquet")) {
			throw new IOException("Tables to join are .csv or .csv.gz files: write " + file +
				" as one (pandas: to_csv(..., index=False))");
		}
		final List<String> shared = MetadataJoin.shared(file, table.metadataColumns());
		if (!shared.isEmpty()) return by(table, file, shared, notes, warnings);
		final Platemap map = platemap(table, file);
		if (!table.hasMetadata(Field.WELL) || map.hasPlates() && !table.hasMetadata(Field.PLATE)) {
			throw new IOException(file + " shares no column with the profiles, which have " + table.metadataColumns() +
				": rename a column of it, or give the profiles " + Field.WELL);
		}
		final boolean plates = map.hasPlates();
		return join(table, map.columns(),
			row -> map.values(plates ? table.metadata(Field.PLATE, row) : "", table.metadata(Field.WELL, row)), file,
			plates ? List.of(Field.PLATE, Field.WELL) : List.of(Field.WELL), "well", map.examples(), notes, warnings);
	}

	private static Platemap platemap(final ProfileTable table, final Path file) throws IOException {
		try {
			return Platemap.read(file);
		}
		catch (final IOException e) {
			throw new IOException(file + " shares no column with the profiles, which have " + table.metadataColumns() +
				": join a table before it that brings one (JUMP's well.csv.gz brings what perturbation_control.csv " +
				"needs). As a platemap: " + e.getMessage(), e);
		}
	}

	/**
	 * Joins a table by some columns.
	 *
	 * @param keys metadata columns of the profiles; in the table {@code Metadata_} may be missing
	 * @throws IOException if the file cannot be read or has a key twice
	 * @throws IllegalArgumentException if the profiles lack a key, or no row finds a match
	 */
	public static ProfileTable by(final ProfileTable table, final Path file, final List<String> keys,
		final Consumer<String> notes) throws IOException
	{
		return by(table, file, keys, notes, notes);
	}

	private static ProfileTable by(final ProfileTable table, final Path file, final List<String> keys,
		final Consumer<String> notes, final Consumer<String> warnings) throws IOException
	{
		final List<TextColumn> columns = keys.stream().map(table::text).toList();
		final MetadataJoin join = MetadataJoin.read(file, keys);
		return join(table, join.columns(), row -> join.values(columns.stream().map(c -> c.get(row)).toList()), file,
			keys, String.join(", ", keys), join.examples(), notes, warnings);
	}

	/** Rows without a match keep what they have, and are empty in new columns. */
	private static ProfileTable join(final ProfileTable table, final List<String> names,
		final IntFunction<List<String>> values, final Path file, final List<String> keys, final String key,
		final String examples, final Consumer<String> notes, final Consumer<String> warnings)
	{
		final int rows = table.rowCount();
		final List<String[]> columns = new ArrayList<>();
		for (final String name : names) {
			final String[] before = table.hasMetadata(name) ? table.metadata(name) : new String[rows];
			columns.add(before);
		}
		int unmatched = 0;
		final Set<String> missing = new LinkedHashSet<>();
		for (int row = 0; row < rows; row++) {
			final int of = row;
			final List<String> found = values.apply(row);
			if (found == null) {
				unmatched++;
				if (missing.size() <= EXAMPLES)
					missing.add(String.join(" ", keys.stream().map(k -> table.metadata(k, of)).toList()));
			}
			for (int c = 0; c < columns.size() && found != null; c++) columns.get(c)[row] = found.get(c);
		}
		if (unmatched == rows) {
			throw new IllegalArgumentException("No row of the profiles has a " + key + " of " + file + ", which has " +
				examples + ": compare the two columns' spelling, or join another table");
		}
		notes.accept(file + ": joined by " + key);
		if (unmatched > 0) {
			final List<String> some = missing.stream().limit(EXAMPLES).map(k -> k.isBlank() ? "(blank)" : k).toList();
			warnings.accept(file + ": " + unmatched + " of " + Count.of(rows, "row has", "rows have") +
				" no match by " + key +
				" and stay empty, such as " + String.join(", ", some) + (missing.size() > EXAMPLES ? "..." : "") +
				"; the table has " + examples);
		}
		ProfileTable joined = table;
		for (int c = 0; c < names.size(); c++) joined = joined.withMetadata(names.get(c), columns.get(c));
		return joined;
	}
}
