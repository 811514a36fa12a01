// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.isophene.messages.Count;
import io.github.isophene.profiles.ProfileTable;

/** Finds the rows and features of a table that can be measured: those whose values are finite. */
public final class FiniteValues {

	private FiniteValues() {}

	/**
	 * Rows and features that are left of a table: every value of these rows and features is finite.
	 *
	 * @param rows ascending
	 * @param features ascending
	 */
	public record Kept(int[] rows, int[] features) {

		private long values() {
			return (long) rows.length * features.length;
		}
	}

	/**
	 * A table without the rows and features that can't be measured; the table itself where all can.
	 *
	 * @throws IllegalArgumentException if nothing is left
	 */
	public static ProfileTable of(final ProfileTable table, final List<String> notes) {
		final Kept kept = kept(table, notes);
		if (kept.rows.length == table.rowCount() && kept.features.length == table.featureCount()) return table;
		return table.selectRows(kept.rows)
			.selectFeatures(Arrays.stream(kept.features).mapToObj(table.featureColumns()::get).toList());
	}

	/**
	 * The rows and features whose values are all finite. Rows of which more than half is missing go first. Of what is
	 * missing then, whole features, whole rows, or one after the other whatever lacks the largest share is left out:
	 * the way that keeps the most values.
	 *
	 * @throws IllegalArgumentException if nothing is left
	 */
	public static Kept kept(final ProfileTable table, final List<String> notes) {
		final int[] rows = rows(table, notes);
		final int d = table.featureCount();
		final BitSet[] missing = new BitSet[rows.length];
		final int[] ofFeature = new int[d];
		final float[] vector = new float[d];
		for (int i = 0; i < rows.length; i++) {
			table.copyRow(rows[i], vector, 0);
			missing[i] = new BitSet();
			for (int c = 0; c < d; c++) {
				if (Float.isFinite(vector[c])) continue;
				missing[i].set(c);
				ofFeature[c]++;
			}
		}
		final int[] whole = IntStream.range(0, rows.length).filter(i -> missing[i].isEmpty()).toArray();
		Kept best = new Kept(IntStream.range(0, rows.length).toArray(),
			IntStream.range(0, d).filter(c -> ofFeature[c] == 0).toArray());
		for (final Kept other : List.of(new Kept(whole, IntStream.range(0, d).toArray()), mixed(missing, ofFeature))) {
			if (other.values() > best.values()) best = other;
		}
		if (best.values() == 0) {
			throw new IllegalArgumentException(
				"Every feature and every row of the table has missing or infinite values: " +
					"leave out the rows or features that have them");
		}
		final int[] features = best.features;
		final List<String> names = IntStream.range(0, d)
			.filter(c -> Arrays.binarySearch(features, c) < 0)
			.mapToObj(table.featureColumns()::get)
			.toList();
		if (!names.isEmpty()) {
			notes.add(names.size() + " of " + Count.of(d, "feature is", "features are") +
				" left out: they have missing or infinite values (" +
				names.stream().limit(5).collect(Collectors.joining(", ")) + (names.size() > 5 ? ", ..." : "") + ").");
		}
		if (best.rows.length < rows.length) {
			notes.add((rows.length - best.rows.length) + " of " + Count.of(rows.length, "row is", "rows are") +
				" left out: they have missing or infinite values, " +
				"and leaving out all features that have some would keep less.");
		}
		return new Kept(Arrays.stream(best.rows).map(i -> rows[i]).toArray(), features);
	}

	/** Leaves out the row or feature with the largest share of missing values, until none is missing. */
	private static Kept mixed(final BitSet[] missing, final int[] ofFeature) {
		final int n = missing.length;
		final int d = ofFeature.length;
		final int[] perRow = Arrays.stream(missing).mapToInt(BitSet::cardinality).toArray();
		final int[] perFeature = ofFeature.clone();
		final boolean[] noRow = new boolean[n];
		final boolean[] noFeature = new boolean[d];
		int rows = n;
		int features = d;
		while (rows > 0 && features > 0) {
			final int row = largest(perRow, noRow);
			final int feature = largest(perFeature, noFeature);
			if (perRow[row] == 0) break;
			if ((double) perRow[row] / features >= (double) perFeature[feature] / rows) {
				noRow[row] = true;
				rows--;
				for (int c = missing[row].nextSetBit(0); c >= 0; c = missing[row].nextSetBit(c + 1)) perFeature[c]--;
			}
			else {
				noFeature[feature] = true;
				features--;
				for (int i = 0; i < n; i++) if (missing[i].get(feature)) perRow[i]--;
			}
		}
		return new Kept(IntStream.range(0, n).filter(i -> !noRow[i]).toArray(),
			IntStream.range(0, d).filter(c -> !noFeature[c]).toArray());
	}

	private static int largest(final int[] counts, final boolean[] gone) {
		int best = -1;
		for (int i = 0; i < counts.length; i++) if (!gone[i] && (best < 0 || counts[i] > counts[best])) best = i;
		return best;
	}

	/**
	 * The rows that have a finite value in at least half of their features.
	 *
	 * @throws IllegalArgumentException if there is none
	 */
	private static int[] rows(final ProfileTable table, final List<String> notes) {
		if (table.featureCount() == 0)
			throw new IllegalArgumentException("The table has no features: every column is metadata");
		if (table.rowCount() == 0) throw new IllegalArgumentException("The table has no rows");
		final float[] vector = new float[table.featureCount()];
		final int[] rows = IntStream.range(0, table.rowCount()).filter(row -> {
			table.copyRow(row, vector, 0);
			int finite = 0;
			for (final float value : vector) if (Float.isFinite(value)) finite++;
			return 2L * finite >= vector.length;
		}).toArray();
		if (rows.length == 0) {
			throw new IllegalArgumentException(
				"Every row of the table has missing or infinite values in more than half of its " +
				Count.of(vector.length, "feature") + ": are they numbers?");
		}
		if (rows.length < table.rowCount()) {
			notes.add((table.rowCount() - rows.length) + " of " + Count.of(table.rowCount(), "row is", "rows are") +
				" left out: more than half of their values are missing or infinite.");
		}
		return rows;
	}
}
