// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.isophene.numerics.Matrix;
import io.github.isophene.numerics.Neighbors;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.numerics.Statistics;

/**
 * Share of rows whose nearest row of the same label, outside of their own unit (well or plate), is of the same class
 * (plate or batch): the trace that a class leaves. A nearest neighbor sees offsets in any direction, which a
 * linear probe
 * on centered groups doesn't.
 */
public final class NearestTrace {

	private static final int PERMUTATIONS = 100;

	private NearestTrace() {}

	/**
	 * Measures rows by Euclidean distance, each feature centered within labels and divided by its pooled
	 * standard deviation there,
	 * so that a change of the features' scales alone shows no more and no less.
	 *
	 * @param labels rows are asked within these; rows without one (-1) are left out
	 * @param classes what the neighbor is to agree in; rows without one (-1) are left out
	 * @param units [rows], rows of one unit are no neighbors
	 * @param missing why nothing is defined if no row can have neighbors of two classes
	 */
	public static MetricResult measure(final AssessedProfiles profiles, final Categories labels,
		final Categories classes, final int[] units, final String missing, final String note)
	{
		final Matrix scaled = scaled(profiles.matrix(), labels);
		return measure(profiles, labels, classes, units, missing, note,
			(rows, allowed) -> Neighbors.euclidean(scaled.select(rows), 1, allowed));
	}

	/** Finds the neighbors of some rows among these. */
	public interface Search {

		Neighbors find(int[] rows, Neighbors.Allowed allowed);
	}

	/** Measures rows by another distance. */
	public static MetricResult measure(final AssessedProfiles profiles, final Categories labels,
		final Categories classes, final int[] units, final String missing, final String note, final Search search)
	{
		final int n = profiles.size();
		final int[] nearest = new int[n];
		final double[] chance = new double[n];
		Arrays.fill(nearest, -1);
		for (final int[] group : labels.rows()) {
			final int[] rows = Arrays.stream(group).filter(i -> classes.of()[i] >= 0).toArray();
			if (Arrays.stream(rows).map(i -> classes.of()[i]).distinct().count() < 2) continue;
			final double[] level = chance(rows, classes.of(), units);
			final Neighbors found = search.find(rows, (a, b) -> units[rows[a]] != units[rows[b]]);
			for (int i = 0; i < rows.length; i++) {
				// Of a row that can only be right, or only be wrong, nothing is learned.
				if (found.of()[i].length == 0 || !(level[i] > 0 && level[i] < 1)) continue;
				nearest[rows[i]] = rows[found.of()[i][0]];
				chance[rows[i]] = level[i];
			}
		}
		final int[] asked = Matrix.indices(n, i -> nearest[i] < 0 ? -1 : i, i -> i >= 0);
		if (asked.length == 0) throw new UndefinedMetricException(missing);
		final int[] predicted = new int[n];
		for (int i = 0; i < n; i++) predicted[i] = nearest[i] < 0 ? -1 : classes.of()[nearest[i]];
		final double[] right = Accuracy.rows(predicted, classes);
		return MetricResult
			.of(Statistics.mean(right), Arrays.stream(asked).mapToDouble(i -> chance[i]).average().orElseThrow())
			.withNoise(noise(asked, nearest, classes.of(), units, profiles.seed()))
			.withGroups(byClass(asked, right, classes))
			.withRows(profiles.spread(right))
			.withNote(note);
	}

	private static Matrix scaled(final Matrix matrix, final Categories labels) {
		final int d = matrix.columns();
		final Matrix scaled = Matrix.zeros(matrix.rows(), d);
		final double[] squares = new double[d];
		int freedom = 0;
		for (final int[] rows : labels.rows()) {
			final double[] means = matrix.select(rows).means();
			freedom += rows.length - 1;
			for (final int row : rows) {
				for (int c = 0; c < d; c++) {
					final double v = matrix.get(row, c) - means[c];
					scaled.values()[row * d + c] = (float) v;
					squares[c] += v * v;
				}
			}
		}
		for (int c = 0; c < d; c++) {
			final double sd = Math.sqrt(squares[c] / Math.max(1, freedom));
			if (!(sd > 0)) continue;
			for (int row = 0; row < matrix.rows(); row++) scaled.values()[row * d + c] /= (float) sd;
		}
		return scaled;
	}

	private static Map<String, Double> byClass(final int[] asked, final double[] right, final Categories classes) {
		final double[] sums = new double[classes.size()];
		final int[] counts = new int[classes.size()];
		for (final int i : asked) {
			sums[classes.of()[i]] += right[i];
			counts[classes.of()[i]]++;
		}
		final Map<String, Double> groups = new java.util.LinkedHashMap<>();
		for (int k = 0; k < counts.length; k++)
			if (counts[k] > 0) groups.put(classes.names().get(k), sums[k] / counts[k]);
		return groups;
	}

	/** Returns how often a row of another unit, drawn at random among the label's, is of the same class. */
	private static double[] chance(final int[] rows, final int[] classes, final int[] units) {
		final Map<Integer, Integer> inClass = new HashMap<>();
		final Map<Integer, Integer> inUnit = new HashMap<>();
		final Map<List<Integer>, Integer> inBoth = new HashMap<>();
		for (final int row : rows) {
			inClass.merge(classes[row], 1, Integer::sum);
			inUnit.merge(units[row], 1, Integer::sum);
			inBoth.merge(List.of(classes[row], units[row]), 1, Integer::sum);
		}
		return Arrays.stream(rows).mapToDouble(row -> {
			final int others = rows.length - inUnit.get(units[row]);
			return others == 0 ? Double.NaN
				: (inClass.get(classes[row]) - inBoth.get(List.of(classes[row], units[row]))) / (double) others;
		}).toArray();
	}

	/** Standard deviation of the share if classes were drawn for whole units. */
	private static double noise(final int[] asked, final int[] nearest, final int[] classes, final int[] units,
		final long seed)
	{
		final Map<Integer, Integer> number = new HashMap<>();
		for (final int i : asked) {
			number.computeIfAbsent(units[i], k -> number.size());
			number.computeIfAbsent(units[nearest[i]], k -> number.size());
		}
		final int[] ofUnit = new int[number.size()];
		for (final int i : asked) {
			ofUnit[number.get(units[i])] = classes[i];
			ofUnit[number.get(units[nearest[i]])] = classes[nearest[i]];
		}
		final RandomStream random = RandomStream.of(seed, "classes of units");
		final double[] shares = new double[PERMUTATIONS];
		for (int p = 0; p < PERMUTATIONS; p++) {
			for (int i = ofUnit.length - 1; i > 0; i--) {
				final int j = random.nextInt(i + 1);
				final int v = ofUnit[i];
				ofUnit[i] = ofUnit[j];
				ofUnit[j] = v;
			}
			for (final int i : asked) {
				if (ofUnit[number.get(units[i])] == ofUnit[number.get(units[nearest[i]])])
					shares[p] += 1.0 / asked.length;
			}
		}
		return Statistics.moments(shares)[1];
	}
}
