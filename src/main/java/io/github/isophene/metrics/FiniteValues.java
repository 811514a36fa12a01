// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.isophene.profiles.ProfileTable;

/** Finds the rows and features of a table that can be measured: those whose values are finite. */
public final class FiniteValues {

	private FiniteValues() {}

	/**
	 * A table without the rows, then the features, that can't be measured; the table itself where all can.
	 *
	 * @throws IllegalArgumentException if no row or feature is left
	 */
	public static ProfileTable of(final ProfileTable table, final List<String> notes) {
		final int[] rows = rows(table, notes);
		final int[] features = features(table, rows, notes);
		if (rows.length == table.rowCount() && features.length == table.featureCount()) return table;
		return table.selectRows(rows).selectFeatures(Arrays.stream(features).mapToObj(table.featureColumns()::get).toList());
	}

	/**
	 * The rows that have a finite value in at least half of their features.
	 *
	 * @throws IllegalArgumentException if there is none
	 */
	public static int[] rows(final ProfileTable table, final List<String> notes) {
		if (table.featureCount() == 0) throw new IllegalArgumentException("The table has no features: every column is metadata");
		if (table.rowCount() == 0) throw new IllegalArgumentException("The table has no rows");
		final float[] vector = new float[table.featureCount()];
		final int[] rows = IntStream.range(0, table.rowCount()).filter(row -> {
			table.copyRow(row, vector, 0);
			int finite = 0;
			for (final float value : vector) if (Float.isFinite(value)) finite++;
			return 2L * finite >= vector.length;
		}).toArray();
		if (rows.length == 0) {
			throw new IllegalArgumentException("Every row of the table has missing or infinite values in more than half of its " +
				vector.length + " features: are they numbers?");
		}
		if (rows.length < table.rowCount()) {
			notes.add((table.rowCount() - rows.length) + " of " + table.rowCount() +
				" rows are left out: more than half of their values are missing or infinite.");
		}
		return rows;
	}

	/**
	 * The features that have finite values only, in some rows.
	 *
	 * @throws IllegalArgumentException if there is none
	 */
	static int[] features(final ProfileTable table, final int[] rows, final List<String> notes) {
		final boolean[] finite = new boolean[table.featureCount()];
		Arrays.fill(finite, true);
		final float[] vector = new float[table.featureCount()];
		for (final int row : rows) {
			table.copyRow(row, vector, 0);
			for (int c = 0; c < vector.length; c++) finite[c] &= Float.isFinite(vector[c]);
		}
		final int[] features = IntStream.range(0, finite.length).filter(c -> finite[c]).toArray();
		final List<String> names = IntStream.range(0, finite.length).filter(c -> !finite[c]).mapToObj(c -> table
			.featureColumns().get(c)).toList();
		if (features.length == 0) {
			throw new IllegalArgumentException("Every feature of the table has missing or infinite values: " +
				"leave out the rows or features that have them");
		}
		if (!names.isEmpty()) {
			notes.add(names.size() + " of " + finite.length + " features are left out: they have missing or infinite values (" +
				names.stream().limit(5).collect(Collectors.joining(", ")) + (names.size() > 5 ? ", ..." : "") + ").");
		}
		return features;
	}
}
