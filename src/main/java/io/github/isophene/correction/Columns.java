// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.isophene.messages.Count;
import io.github.isophene.profiles.ProfileTable;

/** Checks on a table's features that several corrections share. */
public final class Columns {

	private Columns() {}

	/**
	 * The table with these features, in this order.
	 *
	 * @throws IllegalArgumentException naming those that are missing
	 */
	public static ProfileTable align(final ProfileTable table, final List<String> features) {
		if (table.featureColumns().equals(features)) return table;
		final List<String> missing = new ArrayList<>(features);
		missing.removeAll(new java.util.HashSet<>(table.featureColumns()));
		if (!missing.isEmpty()) {
			throw new IllegalArgumentException("The profiles lack " + missing.size() + " of the " +
				Count.of(features.size(), "feature") + " that the correction was fitted on, such as '" +
				missing.get(0) +
				"': make them as those were made");
		}
		return table.selectFeatures(features);
	}

	/** @throws IllegalArgumentException naming the first value that is missing or infinite */
	public static void requireFinite(final ProfileTable table, final String correction) {
		final float[] row = new float[table.featureCount()];
		for (int r = 0; r < table.rowCount(); r++) {
			table.copyRow(r, row, 0);
			for (int c = 0; c < row.length; c++) {
				if (!Float.isFinite(row[c])) {
					throw new IllegalArgumentException(correction + " needs numbers everywhere, but row " + (r + 1) +
						" of '" + table.featureColumns().get(c) + "' is " +
						(Float.isNaN(row[c]) ? "missing" : "infinite") +
						": drop such features before it (drop_missing:0) or such rows (drop_missing_rows:0); where a " +
						"fitted file is applied, correct or leave out the row");
				}
			}
		}
	}

	/** Names of components: {@code pca_0001}... with four digits or as many as the count has. */
	public static List<String> numbered(final String prefix, final int count) {
		final int digits = Math.max(4, Integer.toString(count).length());
		final List<String> names = new ArrayList<>();
		for (int i = 1; i <= count; i++) names.add(prefix + "_" + String.format(Locale.ROOT, "%0" + digits + "d", i));
		return names;
	}
}
