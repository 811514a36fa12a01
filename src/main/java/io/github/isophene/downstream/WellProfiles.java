// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.downstream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.isophene.metrics.ColumnRoles;
import io.github.isophene.numerics.Matrix;
import io.github.isophene.profiles.ProfileTable;

/**
 * Profiles of wells: the mean of each well's rows, be they fields or wells.
 *
 * @param matrix [wells, features]; NaN where a value is missing in all rows of a well
 * @param wells [wells], which they are
 */
record WellProfiles(Matrix matrix, List<Well> wells) {

	/**
	 * A well.
	 *
	 * @param plate the plate; empty where the table names none
	 * @param well the well
	 * @param compound empty where it has none
	 * @param dose NaN where it has none
	 * @param mechanism empty where it isn't known
	 * @param control whether it is a negative control
	 */
	record Well(String plate, String well, String compound, double dose, String mechanism, boolean control) {

		/** Returns the name of the plate, with its well. */
		String key() {
			return plate + "\n" + well;
		}
	}

	/** Averages the rows of each well. */
	static WellProfiles of(final ProfileTable table, final DownstreamColumns columns) {
		final ColumnRoles roles = columns.roles();
		final double[] doses = columns.dose().isEmpty() ? null : DoseColumn.numbers(table, columns.dose());
		final Map<String, List<Integer>> rows = new LinkedHashMap<>();
		final boolean[] control = new boolean[table.rowCount()];
		for (int i = 0; i < control.length; i++) {
			control[i] = !roles.controlColumn().isEmpty() && table.hasMetadata(roles.controlColumn()) &&
				roles.isControl(table.metadata(roles.controlColumn(), i));
			// Two treatments under one name of a well stay two.
			rows.computeIfAbsent(value(table, roles.plate(), i) + "\n" + value(table, roles.well(), i) + "\n" +
				(control[i] ? "\n" : value(table, columns.compound(), i) + "\n" + (doses == null ? "" : doses[i])),
				k -> new ArrayList<>()).add(i);
		}
		final Matrix matrix = Matrix.zeros(rows.size(), table.featureCount());
		final List<Well> wells = new ArrayList<>();
		final float[] vector = new float[table.featureCount()];
		for (final List<Integer> members : rows.values()) {
			final double[] sum = new double[vector.length];
			final int[] count = new int[vector.length];
			for (final int row : members) {
				table.copyRow(row, vector, 0);
				for (int c = 0; c < vector.length; c++) {
					if (!Float.isFinite(vector[c])) continue;
					sum[c] += vector[c];
					count[c]++;
				}
			}
			final int at = wells.size() * vector.length;
			for (int c = 0; c < vector.length; c++) matrix.values()[at + c] = (float) (sum[c] / count[c]);
			final int first = members.get(0);
			wells.add(new Well(value(table, roles.plate(), first), value(table, roles.well(), first),
				control[first] ? "" : value(table, columns.compound(), first),
				doses == null || control[first] ? Double.NaN : doses[first],
				control[first] ? "" : value(table, columns.mechanism(), first), control[first]));
		}
		return new WellProfiles(matrix, List.copyOf(wells));
	}

	/** Some wells. */
	WellProfiles select(final int[] which) {
		final List<Well> some = new ArrayList<>();
		for (final int i : which) some.add(wells.get(i));
		return new WellProfiles(matrix.select(which), List.copyOf(some));
	}

	/** The wells that are negative controls, or those that are not. */
	WellProfiles controls(final boolean are) {
		return select(Matrix.indices(wells.size(), i -> wells.get(i).control() == are ? i : -1, i -> i >= 0));
	}

	private static String value(final ProfileTable table, final String column, final int row) {
		return column.isEmpty() || !table.hasMetadata(column) ? "" : table.metadata(column, row).strip();
	}
}
