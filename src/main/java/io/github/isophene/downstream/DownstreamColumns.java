// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.downstream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import io.github.isophene.metrics.ColumnRoles;
import io.github.isophene.profiles.ProfileTable;

/**
 * Columns that downstream analyses read.
 *
 * @param roles plate, well and controls
 * @param compound the column of the compound: the first of the treatment columns, or the label
 * @param dose the column of its dose; empty: none
 * @param unit of the doses, as it stands in the column; may be empty
 * @param mechanism the column of known mechanisms; empty: none
 */
public record DownstreamColumns(ColumnRoles roles, String compound, String dose, String unit, String mechanism) {

	/** Finds the column by its name and values. */
	public static final String AUTO = "auto";

	/** Takes no column. */
	public static final String NONE = "none";

	private static final Pattern MECHANISM = Pattern.compile(
		"(?i)(metadata_)?(.*_)?(moa|moas|moa_list|mechanism|mechanisms|mechanism_of_action|mode_of_action)");

	/** Name of the column that numbers the rows of a table without wells. */
	static final String ROW = "Metadata_Isophene_Row";

	/**
	 * Finds the columns of a table.
	 *
	 * @param dose a column, {@value #AUTO} or {@value #NONE}
	 * @param mechanism a column, {@value #AUTO} or {@value #NONE}
	 * @throws IllegalArgumentException if a column that was named isn't there, or has no doses
	 */
	public static DownstreamColumns of(final ProfileTable table, final ColumnRoles roles, final String dose,
		final String mechanism)
	{
		final String compound = roles.treatment().isEmpty() ? roles.label() : roles.treatment().get(0);
		final DoseColumn doses = dose(table, roles, dose, compound);
		return new DownstreamColumns(roles, compound, doses == null ? "" : doses.column(),
			doses == null ? "" : doses.unit(), mechanism(table, roles, mechanism, compound));
	}

	private static DoseColumn dose(final ProfileTable table, final ColumnRoles roles, final String dose,
		final String compound)
	{
		if (dose.equals(NONE)) return null;
		if (!isAuto(dose)) {
			require(table, "dose", dose);
			return DoseColumn.of(table, dose);
		}
		final List<String> likely = new ArrayList<>();
		if (roles.treatment().size() > 1) likely.addAll(roles.treatment().subList(1, roles.treatment().size()));
		table.metadataColumns().stream().filter(DoseColumn::isCalledSo).forEach(likely::add);
		likely.removeAll(List.of(compound, roles.plate(), roles.well(), roles.batch()));
		return DoseColumn.guess(table, likely);
	}

	private static String mechanism(final ProfileTable table, final ColumnRoles roles, final String mechanism,
		final String compound)
	{
		if (mechanism.equals(NONE)) return "";
		if (!isAuto(mechanism)) {
			require(table, "mechanism", mechanism);
			return mechanism;
		}
		if (!roles.label().isEmpty() && !roles.label().equals(compound)) return roles.label();
		return table.metadataColumns()
			.stream()
			.filter(column -> MECHANISM.matcher(column).matches() && !column.equals(compound))
			.filter(column -> Arrays.stream(table.metadata(column)).anyMatch(v -> !v.isBlank()))
			.findFirst()
			.orElse("");
	}

	/** Returns whether a value of a key is a keyword, not a column. */
	public static boolean isKeyword(final String value) {
		return isAuto(value) || value.equals(NONE);
	}

	/** Returns whether a column is to be found. */
	private static boolean isAuto(final String column) {
		return column.isEmpty() || column.equals(AUTO);
	}

	/** The table and columns under which every row has a well: rows without one get a number in place of it. */
	public ProfileTable withWells(final ProfileTable table) {
		final String[] values = new String[table.rowCount()];
		for (int i = 0; i < values.length; i++) {
			values[i] = table.hasMetadata(roles.well()) ? table.metadata(roles.well(), i).strip() : "";
			if (values[i].isEmpty()) values[i] = "row " + (i + 1);
		}
		return table.withMetadata(ROW, values);
	}

	/** The same with the names of wells that {@link #withWells} gives. */
	public DownstreamColumns withRowsAsWells() {
		return new DownstreamColumns(roles.withPlate(roles.plate(), ROW), compound, dose, unit, mechanism);
	}

	private static void require(final ProfileTable table, final String key, final String column) {
		if (table.hasMetadata(column)) return;
		throw new IllegalArgumentException("There is no metadata column '" + column + "' (key " + key +
			"); there are " + String.join(", ", table.metadataColumns()) + ". Name another, or " + AUTO + " or " +
			NONE);
	}
}
