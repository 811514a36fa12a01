// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.util.Locale;
import java.util.stream.IntStream;

import io.github.isophene.profiles.ProfileTable;
import org.ejml.data.DMatrixRMaj;

/**
 * Means and covariances of the features of some rows, summed in double precision without a
 * copy of the rows. Rows are dealt out to a fixed number of parts whose sums are added in
 * order, so that the result does not depend on the number of threads.
 *
 * @param rows how many
 * @param mean [features]
 * @param scatter sum of (x - mean)(x - mean)', [features, features]
 */
public record Covariance(int rows, double[] mean, DMatrixRMaj scatter) {

	private static final int PARTS = 8;
	/** Rows that share one pass through the matrix of sums. */
	private static final int BLOCK = 32;

	public static Covariance of(final ProfileTable table, final int[] rows, final CorrectionContext context) {
		final int d = table.featureCount();
		requireMemory(d, Runtime.getRuntime().maxMemory());
		final double[] mean = new double[d];
		final float[] values = new float[d];
		for (final int row : rows) {
			table.copyRow(row, values, 0);
			for (int i = 0; i < d; i++) mean[i] += values[i];
		}
		for (int i = 0; i < d; i++) mean[i] /= rows.length;
		// Wide matrices are summed by fewer parts: each has a matrix of its own.
		final int parts = d > 2048 ? 2 : PARTS;
		final double[][] sums = new double[parts][];
		IntStream.range(0, parts).parallel().forEach(part -> {
			sums[part] = part(table, rows, (int) ((long) rows.length * part / parts),
				(int) ((long) rows.length * (part + 1) / parts), mean, context);
		});
		final double[] sum = sums[0];
		for (int part = 1; part < parts; part++) {
			for (int i = 0; i < sum.length; i++) sum[i] += sums[part][i];
		}
		for (int i = 0; i < d; i++) {
			for (int j = 0; j < i; j++) sum[i * d + j] = sum[j * d + i];
		}
		return new Covariance(rows.length, mean, DMatrixRMaj.wrap(d, d, sum));
	}

	/** @throws IllegalArgumentException if the matrices that it takes exceed a heap of that size */
	static void requireMemory(final int features, final long heap) {
		// Two sums, and a copy and its decomposition later.
		final double needed = 4 * 8.0 * features * features;
		if (needed <= .9 * heap) return;
		throw new IllegalArgumentException(String.format(Locale.ROOT,
			"The covariances of %d features take %.1f GB of memory, but " +
				"Java has %.1f GB: drop features before this step (variance), put pca:rows=controls before it " +
				"if controls are few, or start Java with more, such as -Xmx%dg",
			features, needed / 1e9, heap / 1e9, (long) Math.ceil(needed / .9 / (1L << 30))));
	}

	/** The covariance matrix with n - 1 as the divisor, [features, features]. */
	public DMatrixRMaj matrix() {
		final DMatrixRMaj matrix = scatter.copy();
		for (int i = 0; i < matrix.data.length; i++) matrix.data[i] /= Math.max(1, rows - 1);
		return matrix;
	}

	/** Standard deviation of each feature, ddof 0. */
	double[] deviation() {
		return IntStream.range(0, mean.length)
			.mapToDouble(i -> Math.sqrt(Math.max(0, scatter.get(i, i)) / rows))
			.toArray();
	}

	/** Pearson correlations, NaN where a feature does not vary, [features][features]. */
	public double[][] correlation() {
		final int d = mean.length;
		final double[][] r = new double[d][d];
		for (int i = 0; i < d; i++) {
			for (int j = 0; j < d; j++) r[i][j] = scatter.get(i, j) / Math.sqrt(scatter.get(i, i) * scatter.get(j, j));
		}
		return r;
	}

	/** The upper triangle of the sums over some rows. */
	private static double[] part(final ProfileTable table, final int[] rows, final int first, final int end,
		final double[] mean, final CorrectionContext context)
	{
		final int d = mean.length;
		final double[] sum = new double[d * d];
		final double[][] block = new double[BLOCK][d];
		final float[] values = new float[d];
		for (int start = first; start < end; start += BLOCK) {
			context.check();
			final int count = Math.min(BLOCK, end - start);
			for (int r = 0; r < count; r++) {
				table.copyRow(rows[start + r], values, 0);
				for (int i = 0; i < d; i++) block[r][i] = values[i] - mean[i];
			}
			for (int i = 0; i < d; i++) {
				for (int r = 0; r < count; r++) add(sum, i * d, block[r], i, d);
			}
		}
		return sum;
	}

	private static void add(final double[] sum, final int at, final double[] row, final int i, final int d) {
		final double factor = row[i];
		if (factor == 0) return;
		for (int j = i; j < d; j++) sum[at + j] += factor * row[j];
	}
}
