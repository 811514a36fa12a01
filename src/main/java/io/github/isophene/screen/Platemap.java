// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.github.isophene.messages.Count;

/**
 * Content of each well: a table with one row per well, or per plate and well.
 * <p>
 * Read from delimited text (comma, semicolon or tab; also {@code .gz}) and from
 * Harmony's assay layout ({@code Assaylayout/*.xml}, one column per layer). The
 * well is {@code well_position}, {@code Metadata_Well}, {@code well} or
 * {@code well_name}, written {@code A1} or {@code A01}; or {@code row} (letters
 * or number) and {@code column} or {@code col}. The plate is
 * {@code Metadata_Plate}, {@code plate}, {@code plate_name}, {@code barcode} or
 * {@code Assay_Plate_Barcode}; without it the map holds for every plate. Capitals,
 * blanks, {@code _} and {@code -} in these names don't matter.
 * </p>
 * <p>
 * Also a plate configuration of cellHTS2 ({@code Wells: 384}, {@code Plates: 1}, then rows of plate, well and
 * content with wildcards).
 * </p>
 * <p>
 * Every other column is added as {@code Metadata_<name>}. A column
 * {@code pert_type}, {@code control_type} or {@code well_type} becomes
 * {@code Metadata_pert_type} in the words of {@link ControlTypes}.
 * </p>
 */
public final class Platemap {

	private static final Set<String> WELL = Set.of("metadatawell", "wellposition", "well", "wellname");
	private static final Set<String> ROW = Set.of("metadatarow", "row", "wellrow");
	private static final Set<
		String> COLUMN = Set.of("metadatacolumn", "metadatacol", "column", "col", "wellcolumn", "wellcol");
	private static final Set<String> PLATE = Set.of("metadataplate", "plate", "platename", "barcode", "platebarcode",
		"assayplatebarcode", "metadataassayplatebarcode");

	private final Path file;
	private final boolean plates;
	private final KeyedRows rows;

	private Platemap(final Path file, final boolean plates, final KeyedRows rows) {
		this.file = file;
		this.plates = plates;
		this.rows = rows;
	}

	/**
	 * Reads a platemap.
	 *
	 * @throws IOException naming the column or line that is wrong: no column for
	 *           the well, something that is no well or no control type, or two rows
	 *           of one well
	 */
	public static Platemap read(final Path file) throws IOException {
		if (file.toString().toLowerCase(Locale.ROOT).endsWith(".xml"))
			return new Platemap(file, false, AssayLayout.read(file));
		if (CellHtsPlateConfiguration.is(file)) {
			final CellHtsPlateConfiguration configuration = CellHtsPlateConfiguration.read(file);
			return new Platemap(file, configuration.hasPlates(), configuration.rows());
		}
		try (final TableFile table = TableFile.open(file)) {
			final int well = find(table, WELL);
			final int row = well >= 0 ? -1 : find(table, ROW);
			final int column = well >= 0 ? -1 : find(table, COLUMN);
			if (well < 0 && (row < 0 || column < 0)) {
				throw new IOException(
					file + " has no column for the well (it has " + String.join(", ", table.header()) +
						"): name it well_position or Metadata_Well, or give row and column");
			}
			final int plate = find(table, PLATE);
			final List<Integer> keys = well >= 0 ? List.of(plate, well) : List.of(plate, row, column);
			final AddedColumns added = new AddedColumns(table.header(), keys);
			if (added.names().isEmpty())
				throw new IOException(file + " tells nothing about its wells: it has no further column");
			final KeyedRows rows = new KeyedRows(added.names());
			for (TableFile.Row r = table.next(); r != null; r = table.next()) {
				try {
					final String name = well >= 0 ? Wells.normalize(r.get(well)) : Wells.of(r.get(row), r.get(column));
					if (plate >= 0 && r.get(plate).isEmpty()) throw new IllegalArgumentException("the plate is empty");
					rows.put(plate < 0 ? List.of(name) : List.of(r.get(plate), name), added.values(r.cells()),
						"line " + r.line());
				}
				catch (final IllegalArgumentException e) {
					throw table.problem(r.line(), e.getMessage());
				}
			}
			if (rows.keys().isEmpty()) throw new IOException(file + " has a header but no rows");
			return new Platemap(file, plate >= 0, rows);
		}
		catch (final IllegalArgumentException e) {
			throw new IOException(file + ": " + e.getMessage(), e);
		}
	}

	/**
	 * The values of a well, in the order of {@link #columns()}.
	 *
	 * @param plate not looked at unless it {@linkplain #hasPlates() tells plates apart}
	 * @return {@code null} if the map lacks it
	 */
	public List<String> values(final String plate, final String well) {
		final String name = Wells.normalize(well);
		final String[] row = rows.get(plates ? List.of(plate, name) : List.of(name));
		return row == null ? null : List.of(row);
	}

	/** Some of its wells, for a message. */
	public String examples() {
		return KeyedRows.examples(rows.keys());
	}

	/** The columns it adds, by their full names. */
	public List<String> columns() {
		return rows.columns();
	}

	/** Returns the different values of each column, in order of appearance. */
	public Map<String, Set<String>> distinct() {
		final Map<String, Set<String>> distinct = new LinkedHashMap<>();
		for (final List<String> key : rows.keys()) {
			final String[] row = rows.get(key);
			for (int i = 0; i < row.length; i++)
				distinct.computeIfAbsent(rows.columns().get(i), k -> new LinkedHashSet<>()).add(row[i]);
		}
		return distinct;
	}

	/** Returns whether it tells plates apart; else it holds for each plate of a screen. */
	public boolean hasPlates() {
		return plates;
	}

	/** Returns the number of wells. */
	public int size() {
		return rows.keys().size();
	}

	/**
	 * Adds the map's columns to the fields of a screen.
	 *
	 * @throws IllegalArgumentException if no well of the screen is in the map
	 */
	public Screen join(final Screen screen) {
		return join(screen, warning -> {});
	}

	/**
	 * Adds the map's columns to the fields of a screen. Fields whose well the map
	 * lacks get empty values; columns the screen already has are replaced where the
	 * map has the well.
	 *
	 * @param warnings takes one sentence each on wells of the screen that the map
	 *          lacks, and on wells of the map that the screen lacks
	 * @throws IllegalArgumentException if no well of the screen is in the map
	 */
	public Screen join(final Screen screen, final Consumer<String> warnings) {
		final KeyedRows.Joined joined = rows.join(screen,
			f -> plates ? List.of(f.plate(), f.well()) : List.of(f.well()), f -> null);
		if (joined.used().isEmpty()) {
			throw new IllegalArgumentException("No well of the screen is in the platemap " + file +
				": the screen has " + KeyedRows.examples(joined.missing()) + "; the map has " +
				KeyedRows.examples(rows.keys()) + (plates ? ". Are the plates named alike?" : ""));
		}
		if (!joined.missing().isEmpty()) {
			warnings.accept(count(joined.missing()) + " of the screen not in the platemap " + file + ": " +
				KeyedRows.examples(joined.missing()));
		}
		final Set<String[]> used = Collections.newSetFromMap(new IdentityHashMap<>());
		joined.used().forEach(key -> used.add(rows.get(key)));
		final Set<List<String>> unused = new LinkedHashSet<>(rows.keys());
		unused.removeIf(key -> used.contains(rows.get(key)));
		if (!unused.isEmpty()) {
			warnings.accept(
				count(unused) + " of the platemap " + file + " not in the screen: " + KeyedRows.examples(unused));
		}
		return joined.screen();
	}

	private static String count(final Set<List<String>> wells) {
		return Count.of(wells.size(), "well");
	}

	private static int find(final TableFile table, final Set<String> names) throws IOException {
		final List<Integer> found = new ArrayList<>();
		for (int i = 0; i < table.header().size(); i++) {
			if (names.contains(table.header().get(i).toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", ""))) found.add(i);
		}
		if (found.size() > 1) {
			throw new IOException(table.path() + " has two columns for one thing, " + table.header().get(found.get(0)) +
				" and " + table.header().get(found.get(1)) + ": remove one");
		}
		return found.isEmpty() ? -1 : found.get(0);
	}
}
