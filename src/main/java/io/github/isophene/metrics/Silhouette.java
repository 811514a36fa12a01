// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import io.github.isophene.numerics.Euclid;
import io.github.isophene.numerics.Matrix;
import io.github.isophene.numerics.PackedMatrix;
import io.github.isophene.numerics.Parallel;

/**
 * Silhouette widths (Rousseeuw 1987): (b - a)/max(a, b) with a the mean Euclidean distance
 * to the other rows of one's class and b that to the nearest other class; 0 for a row that
 * is alone in its class.
 */
public final class Silhouette {

	private Silhouette() {}

	/**
	 * The widths of all rows for several ways to class them, which share the distances.
	 *
	 * @param classes [ways][rows], numbers from 0 on
	 * @return [ways][rows]
	 */
	public static double[][] widths(final Matrix matrix, final int[][] classes) {
		final int n = matrix.rows();
		final Euclid euclid = new Euclid(matrix);
		final int[][] counts = new int[classes.length][];
		for (int way = 0; way < classes.length; way++) {
			int largest = 0;
			for (final int c : classes[way]) largest = Math.max(largest, c);
			counts[way] = new int[largest + 1];
			for (final int c : classes[way]) counts[way][c]++;
		}
		final double[][] widths = new double[classes.length][n];
		Parallel.run(n, row -> {
			final double[][] sums = new double[classes.length][];
			for (int way = 0; way < classes.length; way++) sums[way] = new double[counts[way].length];
			final float[] squared = new float[PackedMatrix.WIDTH];
			for (int p = 0; p < euclid.panelCount(); p++) {
				final int width = euclid.approximate(row, p, squared);
				for (int i = 0; i < width; i++) {
					final int other = p * PackedMatrix.WIDTH + i;
					if (other == row) continue;
					final double distance = euclid.distance(row, other, squared[i]);
					for (int way = 0; way < classes.length; way++) sums[way][classes[way][other]] += distance;
				}
			}
			for (int way = 0; way < classes.length; way++) {
				widths[way][row] = width(sums[way], counts[way], classes[way][row]);
			}
		});
		return widths;
	}

	private static double width(final double[] sums, final int[] counts, final int own) {
		if (counts[own] < 2) return 0;
		final double a = sums[own] / (counts[own] - 1);
		double b = Double.POSITIVE_INFINITY;
		for (int c = 0; c < sums.length; c++) {
			if (c != own && counts[c] > 0) b = Math.min(b, sums[c] / counts[c]);
		}
		if (Double.isInfinite(b)) return 0;
		final double larger = Math.max(a, b);
		return larger == 0 ? 0 : (b - a) / larger;
	}
}
