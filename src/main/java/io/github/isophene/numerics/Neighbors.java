// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

import java.util.Arrays;

/**
 * The nearest neighbors of each row among the other rows: exact, nearest first, ties in
 * favor of the earlier row.
 *
 * @param of [rows][k or fewer], where fewer rows are allowed
 * @param distance [rows][k or fewer]; Euclidean, or 1 - cosine
 */
public record Neighbors(int[][] of, double[][] distance) {

	/** Rule for the rows that may be neighbors. */
	@FunctionalInterface
	public interface Allowed {

		boolean test(int row, int other);
	}

	/** Returns the largest number of neighbors of a row. */
	public int k() {
		int most = 0;
		for (final int[] row : of) most = Math.max(most, row.length);
		return most;
	}

	/** The nearest k of them. */
	public Neighbors first(final int k) {
		if (k() <= k) return this;
		final int[][] some = new int[of.length][];
		final double[][] distances = new double[of.length][];
		for (int i = 0; i < some.length; i++) {
			some[i] = Arrays.copyOf(of[i], Math.min(k, of[i].length));
			distances[i] = Arrays.copyOf(distance[i], some[i].length);
		}
		return new Neighbors(some, distances);
	}

	/** Neighbors by Euclidean distance. */
	public static Neighbors euclidean(final Matrix matrix, final int k, final Allowed allowed) {
		final Euclid euclid = new Euclid(matrix);
		return find(matrix.rows(), euclid.panelCount(), euclid::approximate, k, allowed, euclid::exact);
	}

	/** Neighbors by cosine similarity. */
	public static Neighbors cosine(final Matrix unit, final int k, final Allowed allowed) {
		final PackedMatrix panels = new PackedMatrix(unit, Matrix.all(unit.rows()));
		return find(unit.rows(), panels.count(), (row, panel, out) -> {
			panels.multiply(panel, unit.values(), row * unit.columns(), out);
			for (int i = 0; i < panels.width(panel); i++) out[i] = -out[i];
			return panels.width(panel);
		}, k, allowed, (a, b) -> 1 - unit.product(a, b));
	}

	/** Computes the keys of a panel's rows, the nearer the smaller, and says how many there are. */
	private interface Keys {

		int compute(int row, int panel, float[] out);
	}

	private interface Distance {

		double of(int a, int b);
	}

	/** Finds some more than k by keys in single precision, and of those the k nearest in double precision. */
	private static Neighbors find(final int n, final int panels, final Keys keys, final int k, final Allowed allowed,
		final Distance exact)
	{
		final int[][] of = new int[n][];
		final double[][] distance = new double[n][];
		Parallel.run(n, row -> {
			final TopK nearest = new TopK(k + k / 8 + 8);
			final float[] key = new float[PackedMatrix.WIDTH];
			for (int p = 0; p < panels; p++) {
				final int width = keys.compute(row, p, key);
				float limit = nearest.limit();
				for (int i = 0; i < width; i++) {
					if (!(key[i] < limit)) continue;
					final int other = p * PackedMatrix.WIDTH + i;
					if (other == row || !allowed.test(row, other)) continue;
					nearest.add(other, key[i]);
					limit = nearest.limit();
				}
			}
			final int[] candidates = nearest.items();
			Arrays.sort(candidates);
			final double[] exactly = Arrays.stream(candidates).mapToDouble(other -> exact.of(row, other)).toArray();
			final int[] order = order(exactly, k);
			of[row] = Arrays.stream(order).map(i -> candidates[i]).toArray();
			distance[row] = Arrays.stream(order).mapToDouble(i -> exactly[i]).toArray();
		});
		return new Neighbors(of, distance);
	}

	/** The places of the smallest values, ascending; of equal values the earlier comes first. */
	private static int[] order(final double[] values, final int k) {
		final int[] order = new int[values.length];
		for (int i = 0; i < order.length; i++) {
			int at = i;
			while (at > 0 && values[order[at - 1]] > values[i]) at--;
			System.arraycopy(order, at, order, at + 1, i - at);
			order[at] = i;
		}
		return Arrays.copyOf(order, Math.min(k, order.length));
	}
}
