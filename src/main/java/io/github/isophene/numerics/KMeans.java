// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

import java.util.Arrays;
import java.util.stream.IntStream;

import io.github.isophene.progress.Progress;

/**
 * K-means (Lloyd 1982) from k-means++ seeds (Arthur, Vassilvitskii 2007), which are drawn
 * among at most 50 rows per cluster.
 */
public final class KMeans {

	private static final int ITERATIONS = 25;
	private static final int ROWS_PER_SEED = 50;
	/** Centers of 128 rows are as good a start as those of more. */
	private static final int ROWS_PER_CLUSTER = 128;

	private KMeans() {}

	/**
	 * Centers of clusters; of many rows, as many as {@value #ROWS_PER_CLUSTER} per cluster drawn at random.
	 *
	 * @param all [rows][features], as many rows as clusters at least
	 * @param starts how often to begin anew; the tightest clusters are taken
	 * @return [clusters][features]
	 */
	public static double[][] centers(final float[][] all, final int clusters, final int starts,
		final RandomStream random, final MatrixProducts products, final Progress progress)
	{
		final float[][] rows = sample(all, clusters * ROWS_PER_CLUSTER, random);
		double[][] best = null;
		final double[] error = new double[1];
		double least = Double.POSITIVE_INFINITY;
		for (int start = 0; start < starts; start++) {
			final double[][] centers = settle(rows, seeds(rows, clusters, random, products), starts > 1 ? 1e-6 : 1e-3,
				error, products, progress);
			if (best == null || error[0] < least) {
				best = centers;
				least = error[0];
			}
		}
		return best;
	}

	/** Some rows, in a random order; all, in theirs, if there aren't more. */
	private static float[][] sample(final float[][] all, final int count, final RandomStream random) {
		if (all.length <= count) return all;
		final float[][] rows = all.clone();
		for (int i = 0; i < count; i++) {
			final int j = i + random.nextInt(rows.length - i);
			final float[] swap = rows[i];
			rows[i] = rows[j];
			rows[j] = swap;
		}
		return Arrays.copyOf(rows, count);
	}

	/**
	 * Moves centers to the means of their rows, in turn, until that gains less than a share; the sum of squared
	 * distances comes out in {@code least}.
	 */
	private static double[][] settle(final float[][] rows, final double[][] seeds, final double tolerance,
		final double[] least, final MatrixProducts products, final Progress progress)
	{
		final int clusters = seeds.length;
		final RowBlocks blocks = new RowBlocks(products);
		final int[] order = IntStream.range(0, rows.length).toArray();
		double[][] centers = seeds;
		double before = Double.MAX_VALUE;
		for (int i = 0; i < ITERATIONS; i++) {
			progress.check();
			final double[][][] sums = new double[RowChunks.COUNT][][];
			final double[] errors = new double[RowChunks.COUNT];
			final double[][] current = centers;
			final float[] transposed = RowBlocks.transposed(centers);
			final double[] squares = Arrays.stream(current)
				.mapToDouble(c -> Arrays.stream(c).map(v -> v * v).sum())
				.toArray();
			RowChunks.parallel(products, 0, rows.length, (chunk, first, end) -> {
				sums[chunk] = new double[clusters][rows[0].length + 1];
				blocks.similarities(rows, order, first, end, transposed, (row, similarities,
					at) -> errors[chunk] += assign(rows[row], similarities, at, squares, sums[chunk]));
			});
			final double error = Arrays.stream(errors).sum();
			centers = means(sums, centers);
			least[0] = error;
			if (before - error <= tolerance * Math.abs(error)) break;
			before = error;
		}
		return centers;
	}

	/** Adds a row, and 1 behind it, to the sum of its cluster; returns the squared distance. */
	private static double assign(final float[] row, final float[] similarities, final int at, final double[] squares,
		final double[][] sums)
	{
		int best = 0;
		double least = squares[0] - 2 * similarities[at];
		for (int k = 1; k < squares.length; k++) {
			final double distance = squares[k] - 2 * similarities[at + k];
			if (distance < least) {
				best = k;
				least = distance;
			}
		}
		final double[] sum = sums[best];
		double own = 0;
		for (int j = 0; j < row.length; j++) {
			sum[j] += row[j];
			own += row[j] * row[j];
		}
		sum[row.length]++;
		return least + own;
	}

	/** The means; a cluster without rows keeps its center. */
	private static double[][] means(final double[][][] sums, final double[][] before) {
		final int features = before[0].length;
		final double[][] means = new double[before.length][features];
		for (int k = 0; k < means.length; k++) {
			double count = 0;
			for (final double[][] part : sums) count += part[k][features];
			for (int j = 0; j < features; j++) {
				for (final double[][] part : sums) means[k][j] += part[k][j];
				means[k][j] = count == 0 ? before[k][j] : means[k][j] / count;
			}
		}
		return means;
	}

	private static double[][] seeds(final float[][] rows, final int clusters, final RandomStream random,
		final MatrixProducts products)
	{
		final int n = Math.min(rows.length, clusters * ROWS_PER_SEED);
		final int[] sample = new int[rows.length];
		for (int i = 0; i < sample.length; i++) sample[i] = i;
		for (int i = 0; i < n; i++) {
			final int j = i + random.nextInt(sample.length - i);
			final int swap = sample[i];
			sample[i] = sample[j];
			sample[j] = swap;
		}
		final float[][] columns = new float[rows[0].length][n];
		for (int i = 0; i < n; i++) {
			for (int j = 0; j < columns.length; j++) columns[j][i] = rows[sample[i]][j];
		}
		final float[] nearest = new float[n];
		Arrays.fill(nearest, Float.MAX_VALUE);
		final double[][] seeds = new double[clusters][];
		int next = 0;
		for (int k = 0; k < clusters; k++) {
			final float[] seed = rows[sample[next]];
			seeds[k] = new double[seed.length];
			for (int j = 0; j < seed.length; j++) seeds[k][j] = seed[j];
			RowChunks.parallel(products, 0, n, (chunk, first, end) -> nearer(columns, seed, first, end, nearest));
			double total = 0;
			for (final float d : nearest) total += d;
			double mark = random.nextDouble() * total;
			next = 0;
			while (next < n - 1 && mark >= nearest[next]) mark -= nearest[next++];
		}
		return seeds;
	}

	/** Brings down to the squared distance from a seed whatever is farther; columns, as they make a loop over rows. */
	private static void nearer(final float[][] columns, final float[] seed, final int first, final int end,
		final float[] nearest)
	{
		final float[] sums = new float[end - first];
		for (int j = 0; j < seed.length; j++) addSquares(columns[j], first, seed[j], sums);
		for (int i = first; i < end; i++) nearest[i] = Math.min(nearest[i], sums[i - first]);
	}

	private static void addSquares(final float[] column, final int first, final float center, final float[] sums) {
		for (int i = 0; i < sums.length; i++) {
			final float difference = column[first + i] - center;
			sums[i] += difference * difference;
		}
	}
}
