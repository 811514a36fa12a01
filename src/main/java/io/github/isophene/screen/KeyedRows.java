// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Rows of metadata, found by a key, and how they are joined to a screen. */
final class KeyedRows {

	private final List<String> columns;
	private final Map<List<String>, String[]> rows = new LinkedHashMap<>();
	private final Map<List<String>, String> places = new HashMap<>();
	/** Keys in their canonical form; {@code null} where several rows share one. */
	private final Map<List<String>, String[]> canonical = new HashMap<>();

	/** Result of a join: the screen, the keys it used, and those it looked for in vain. */
	record Joined(Screen screen, Set<List<String>> used, Set<List<String>> missing) {}

	KeyedRows(final List<String> columns) {
		this.columns = List.copyOf(columns);
	}

	List<String> columns() {
		return columns;
	}

	/** The keys in the order of the table. */
	Set<List<String>> keys() {
		return rows.keySet();
	}

	/**
	 * Adds a row.
	 *
	 * @param place where it stands, for messages: {@code line 5}
	 * @throws IllegalArgumentException naming both places if the key has come before
	 */
	void put(final List<String> key, final String[] values, final String place) {
		final String before = places.putIfAbsent(key, place);
		if (before != null) {
			throw new IllegalArgumentException(
				before + " and " + place + " are both " + String.join(" ", key) + ": remove one");
		}
		rows.put(key, values);
		final List<String> loose = canonical(key);
		canonical.put(loose, canonical.containsKey(loose) ? null : values);
	}

	/** The values of a key, in the order of {@link #columns}, or {@code null} if it is not there. */
	String[] get(final List<String> key) {
		final String[] row = rows.get(key);
		// A key as it is written comes first; numbers may be written otherwise, 10 and 10.0.
		return row == null ? canonical.get(canonical(key)) : row;
	}

	private static List<String> canonical(final List<String> key) {
		return key.stream().map(Spelling::canonical).toList();
	}

	/** Returns whether some row has a value in a column. */
	boolean contains(final String column, final String value) {
		final int i = columns.indexOf(column);
		return i >= 0 && rows.values().stream().anyMatch(row -> row[i].equals(value));
	}

	/**
	 * Adds the columns to every field. Where the screen already has a column of
	 * that name (in any case), fields with a row get the row's value and others
	 * keep theirs.
	 *
	 * @param key the key of a field
	 * @param otherwise what a field without a row gets in new columns; {@code null}
	 *          for nothing
	 */
	Joined join(final Screen screen, final Function<Field, List<String>> key,
		final Function<Field, String[]> otherwise)
	{
		final Map<String, String> spelling = new HashMap<>();
		for (final String column : screen.metadataColumns()) spelling.putIfAbsent(lower(column), column);
		final List<String> names = columns.stream().map(c -> spelling.getOrDefault(lower(c), c)).toList();
		final Set<List<String>> used = new LinkedHashSet<>();
		final Set<List<String>> missing = new LinkedHashSet<>();
		final Map<MetadataMap.ColumnNames, MetadataMap.ColumnNames> wider = new IdentityHashMap<>();
		final List<Field> fields = new ArrayList<>(screen.fields().size());
		for (final Field field : screen.fields()) {
			final List<String> k = key.apply(field);
			final String[] row = get(k);
			(row == null ? missing : used).add(k);
			final String[] added = row == null ? otherwise.apply(field) : row;
			final MetadataMap old = MetadataMap.copyOf(field.metadata());
			final MetadataMap.ColumnNames all = wider.computeIfAbsent(old.columns(), c -> union(c, names));
			final List<String> allNames = all.names();
			final String[] values = new String[allNames.size()];
			for (int i = 0; i < values.length; i++) {
				final String name = allNames.get(i);
				final int a = names.indexOf(name);
				final String before = old.getOrDefault(name, "");
				values[i] = a < 0 || added == null || row == null && !before.isEmpty() ? before : added[a];
			}
			fields.add(field.withMetadata(new MetadataMap(all, values)));
		}
		return new Joined(new Screen(screen.channels(), fields), used, missing);
	}

	/** The first few keys of many, for a message. */
	static String examples(final Set<List<String>> keys) {
		final List<String> some = keys.stream().limit(5).map(k -> String.join(" ", k)).toList();
		return String.join(", ", some) + (keys.size() > some.size() ? "..." : "");
	}

	private static MetadataMap.ColumnNames union(final MetadataMap.ColumnNames old, final List<String> names) {
		final Set<String> all = new LinkedHashSet<>(old.names());
		all.addAll(names);
		return new MetadataMap.ColumnNames(List.copyOf(all));
	}

	private static String lower(final String text) {
		return text.toLowerCase(Locale.ROOT);
	}
}
