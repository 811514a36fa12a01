// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.isophene.metrics.ColumnRoles;
import io.github.isophene.numerics.Statistics;
import io.github.isophene.profiles.ProfileTable;

/** Finds tables whose controls have means or medians of zero: a correction was fitted on them before. */
final class CenteredControls {

	/** A center within this share of the spread is zero but for rounding. */
	private static final double ZERO = 1e-3;
	/** Features and groups of which this share is centered are no accident. */
	private static final double MOST = 0.9;

	private CenteredControls() {}

	/** Returns the unit by which the controls were centered, in words ("on each plate"); empty where they were not. */
	static String find(final ProfileTable table, final ColumnRoles roles) {
		final boolean[] control = controls(table, roles);
		for (final String column : List.of(roles.plate(), roles.batch(), "")) {
			if (!column.isEmpty() && !table.hasMetadata(column)) continue;
			final Map<String, int[]> groups = groups(table, column, control);
			if (groups.values().stream().noneMatch(rows -> rows.length > 1)) continue;
			if (groups.values().stream().filter(rows -> rows.length > 1 && isCentered(table, rows)).count() >=
				MOST * groups.values().stream().filter(rows -> rows.length > 1).count())
			{
				return column.isEmpty() ? "over the whole table" : column.equals(roles.plate()) ? "on each plate"
					: "in each batch";
			}
		}
		return "";
	}

	private static boolean[] controls(final ProfileTable table, final ColumnRoles roles) {
		final boolean[] control = new boolean[table.rowCount()];
		if (roles.controlColumn().isEmpty() || !table.hasMetadata(roles.controlColumn())) return control;
		for (int i = 0; i < control.length; i++) control[i] = roles.isControl(table.metadata(roles.controlColumn(), i));
		return control;
	}

	private static Map<String, int[]> groups(final ProfileTable table, final String column, final boolean[] control) {
		final Map<String, int[]> groups = new TreeMap<>();
		for (int i = 0; i < control.length; i++) {
			if (!control[i]) continue;
			final int row = i;
			groups.merge(column.isEmpty() ? "" : table.metadata(column, i), new int[]{i}, (a, b) -> {
				final int[] both = Arrays.copyOf(a, a.length + 1);
				both[a.length] = row;
				return both;
			});
		}
		return groups;
	}

	private static boolean isCentered(final ProfileTable table, final int[] rows) {
		final int d = table.featureCount();
		int varying = 0;
		int means = 0;
		int medians = 0;
		for (int j = 0; j < d; j++) {
			final int feature = j;
			final double[] values = Arrays.stream(rows)
				.mapToDouble(row -> table.feature(row, feature))
				.filter(Double::isFinite)
				.toArray();
			if (values.length < 2) continue;
			final double[] moments = Statistics.moments(values);
			if (!(moments[1] > 0)) continue;
			varying++;
			if (Math.abs(moments[0]) < ZERO * moments[1]) means++;
			if (Math.abs(Statistics.median(values)) < ZERO * moments[1]) medians++;
		}
		return varying > 0 && Math.max(means, medians) >= MOST * varying;
	}
}
