// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Columns that a table adds to a screen: every column but its keys, as
 * {@code Metadata_<name>}, and {@link ControlTypes#COLUMN} where some column
 * tells control types.
 * <p>
 * Such columns are {@code pert_type} (or {@code Metadata_pert_type}), which is
 * translated in place, {@code control_type} and {@code well_type}, which also
 * stay as they are. {@code control_type} decides where it is filled, as JUMP's
 * platemaps write {@code pert_type=control, control_type=negcon}; then
 * {@code pert_type}, then {@code well_type}. A table that has
 * {@code control_type} alone means a treatment where it is blank.
 * </p>
 */
final class AddedColumns {

	private static final Set<String> NEVER = Set.of("metadata_plate", "metadata_well", "metadata_site");

	private final List<String> names = new ArrayList<>();
	private final List<Integer> cells = new ArrayList<>();
	private final int control;
	private final int pert;
	private final int well;

	/**
	 * @param header column names of the table
	 * @param keys which of them are keys, and so not added
	 * @throws IllegalArgumentException if two columns get one name
	 */
	AddedColumns(final List<String> header, final Collection<Integer> keys) {
		control = find(header, keys, "control_type");
		pert = find(header, keys, "pert_type");
		well = find(header, keys, "well_type");
		if (hasControlTypes()) {
			names.add(ControlTypes.COLUMN);
			cells.add(-1);
		}
		for (int i = 0; i < header.size(); i++) {
			final String name = header.get(i);
			final String full = full(name);
			if (name.isEmpty() || keys.contains(i) || i == pert || NEVER.contains(full.toLowerCase(Locale.ROOT)))
				continue;
			if (names.contains(full))
				throw new IllegalArgumentException("Two columns would be named " + full + ": rename one");
			names.add(full);
			cells.add(i);
		}
	}

	/** Returns the name of a column; a batch has the one that every command's key {@code batch} has by default. */
	private static String full(final String name) {
		if (name.startsWith("Metadata_")) return name;
		return name.equalsIgnoreCase("batch") ? "Metadata_Batch" : "Metadata_" + name;
	}

	/** The full names. */
	List<String> names() {
		return names;
	}

	boolean hasControlTypes() {
		return control >= 0 || pert >= 0 || well >= 0;
	}

	/**
	 * The values of a row.
	 *
	 * @param row cells under the header
	 * @throws IllegalArgumentException if a control type isn't known
	 */
	String[] values(final String[] row) {
		final String[] values = new String[names.size()];
		for (int i = 0; i < values.length; i++)
			values[i] = cells.get(i) < 0 ? controlType(row) : row[cells.get(i)].strip();
		return values;
	}

	private String controlType(final String[] row) {
		for (final int column : new int[]{control, pert, well}) {
			final String type = column < 0 ? "" : ControlTypes.normalize(row[column]);
			if (!type.isEmpty()) return type;
		}
		return pert < 0 && well < 0 ? ControlTypes.TREATMENT : "";
	}

	private static int find(final List<String> header, final Collection<Integer> keys, final String name) {
		for (int i = 0; i < header.size(); i++) {
			final String column = header.get(i).toLowerCase(Locale.ROOT);
			if (!keys.contains(i) && (column.equals(name) || column.equals("metadata_" + name))) return i;
		}
		return -1;
	}
}
