// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A table that tells more about something the screen already names: JUMP's
 * {@code plate.csv.gz} by {@code Metadata_Plate}, its
 * {@code perturbation_control.csv} by {@code Metadata_JCP2022}, or any table by
 * any columns.
 * <p>
 * Columns are added as by a {@link Platemap}. A table of controls only (it tells
 * control types, and none is a treatment) makes treatments of the fields whose
 * key it doesn't list, if that key isn't blank.
 * </p>
 */
public final class MetadataJoin {

	private final Path file;
	private final List<String> keys;
	private final boolean controlsOnly;
	private final KeyedRows rows;

	private MetadataJoin(final Path file, final List<String> keys, final KeyedRows rows) {
		this.file = file;
		this.keys = keys;
		this.rows = rows;
		this.controlsOnly = rows.columns().contains(ControlTypes.COLUMN) &&
			!rows.contains(ControlTypes.COLUMN, ControlTypes.TREATMENT);
	}

	/**
	 * Reads a table.
	 *
	 * @param keys columns of the screen, by their full names; in the table
	 *          {@code Metadata_} may be missing
	 * @throws IOException naming the column or line that is wrong: a key that is
	 *           missing or comes twice, or something that is no control type
	 * @throws IllegalArgumentException if no key is given
	 */
	public static MetadataJoin read(final Path file, final List<String> keys) throws IOException {
		if (keys.isEmpty()) throw new IllegalArgumentException("A join needs a key, such as Metadata_Plate");
		try (final TableFile table = TableFile.open(file)) {
			final List<Integer> columns = new ArrayList<>();
			for (final String key : keys) {
				final int bare = table.column(key.replaceFirst("^Metadata_", ""));
				columns.add(table.column(key) >= 0 || bare < 0 ? table.require(key, "it is the key to join by") : bare);
			}
			final AddedColumns added = new AddedColumns(table.header(), columns);
			if (added.names().isEmpty()) throw new IOException(file + " adds nothing: it has no column but the key");
			final KeyedRows rows = new KeyedRows(added.names());
			for (TableFile.Row row = table.next(); row != null; row = table.next()) {
				try {
					final List<String> key = new ArrayList<>();
					for (int i = 0; i < keys.size(); i++) {
						final String value = row.get(columns.get(i));
						key.add(keys.get(i).equals(Field.WELL) ? Wells.normalize(value) : value);
					}
					rows.put(List.copyOf(key), added.values(row.cells()), "line " + row.line());
				}
				catch (final IllegalArgumentException e) {
					throw table.problem(row.line(), e.getMessage());
				}
			}
			if (rows.keys().isEmpty()) throw new IOException(file + " has a header but no rows");
			return new MetadataJoin(file, List.copyOf(keys), rows);
		}
		catch (final IllegalArgumentException e) {
			throw new IOException(file + ": " + e.getMessage(), e);
		}
	}

	/**
	 * Returns the columns that a table shares with another to which it may be joined.
	 *
	 * @param columns full names; in the table {@code Metadata_} may be missing
	 * @throws IOException if the table cannot be read
	 */
	public static List<String> shared(final Path file, final Collection<String> columns) throws IOException {
		try (final TableFile table = TableFile.open(file)) {
			return columns.stream()
				.filter(c -> table.column(c) >= 0 || table.column(c.replaceFirst("^Metadata_", "")) >= 0)
				.toList();
		}
	}

	/**
	 * The values of a key, in the order of {@link #columns()}.
	 *
	 * @param key one value per key column
	 * @return {@code null} if the table lacks it; of a table of controls only, what a treatment gets
	 */
	public List<String> values(final List<String> key) {
		final List<String> wanted = new ArrayList<>();
		for (int i = 0; i < keys.size(); i++)
			wanted.add(keys.get(i).equals(Field.WELL) ? well(key.get(i)) : key.get(i).strip());
		final String[] row = rows.get(wanted);
		if (row != null) return List.of(row);
		if (!controlsOnly || key.stream().anyMatch(String::isBlank)) return null;
		return rows.columns().stream().map(c -> c.equals(ControlTypes.COLUMN) ? ControlTypes.TREATMENT : "").toList();
	}

	private static String well(final String name) {
		try {
			return Wells.normalize(name);
		}
		catch (final IllegalArgumentException e) {
			// No well is in the table, either.
			return name.strip();
		}
	}

	/** Some of its keys, for a message. */
	public String examples() {
		return KeyedRows.examples(rows.keys());
	}

	/** The columns it adds, by their full names. */
	public List<String> columns() {
		return rows.columns();
	}

	/**
	 * Adds the table's columns to the fields of a screen.
	 *
	 * @throws IllegalArgumentException if the screen lacks a key column or shares
	 *           no key with the table
	 */
	public Screen join(final Screen screen) {
		return join(screen, warning -> {});
	}

	/**
	 * Adds the table's columns to the fields of a screen. Fields whose key the
	 * table lacks get empty values; columns the screen already has are replaced
	 * where the table has the key.
	 *
	 * @param warnings takes a sentence on keys of the screen that the table lacks
	 * @throws IllegalArgumentException if the screen lacks a key column or shares
	 *           no key with the table
	 */
	public Screen join(final Screen screen, final Consumer<String> warnings) {
		for (final String key : keys) Selection.requireColumn(screen, key);
		final String[] treatment = new String[rows.columns().size()];
		for (int i = 0; i < treatment.length; i++) {
			treatment[i] = rows.columns().get(i).equals(ControlTypes.COLUMN) ? ControlTypes.TREATMENT : "";
		}
		final KeyedRows.Joined joined = rows.join(screen, this::key,
			f -> controlsOnly && key(f).stream().noneMatch(String::isEmpty) ? treatment : null);
		final String names = String.join(", ", keys);
		if (joined.used().isEmpty()) {
			throw new IllegalArgumentException("The screen and " + file + " share no " + names + ": the screen has " +
				KeyedRows.examples(joined.missing()) + "; the table has " + KeyedRows.examples(rows.keys()));
		}
		final Set<List<String>> missing = new LinkedHashSet<>(joined.missing());
		if (controlsOnly) missing.removeIf(k -> k.stream().noneMatch(String::isEmpty));
		if (!missing.isEmpty()) {
			warnings.accept(
				missing.size() + " of the screen's " + names + " not in " + file + ": " + KeyedRows.examples(missing));
		}
		return joined.screen();
	}

	private List<String> key(final Field field) {
		final List<String> key = new ArrayList<>();
		for (final String column : keys) key.add(field.get(column).strip());
		return key;
	}
}
