// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles.correction;

/**
 * Cluster centres, laid out so that the similarity of a row to all of them is a loop that the
 * compiler turns into vector instructions.
 */
final class Centroids {

	private final int clusters;
	private final int features;
	/** [features][clusters]. */
	private final float[][] transposed;

	/** @param centers [clusters][features] */
	Centroids(final double[][] centers) {
		clusters = centers.length;
		features = centers[0].length;
		transposed = new float[features][clusters];
		for (int k = 0; k < clusters; k++) {
			for (int j = 0; j < features; j++) transposed[j][k] = (float) centers[k][j];
		}
	}

	/** The inner products of a row with every centre, [clusters]. */
	void similarities(final float[] row, final float[] into) {
		java.util.Arrays.fill(into, 0, clusters, 0);
		int j = 0;
		for (; j + 3 < features; j += 4) {
			add(into, transposed[j], transposed[j + 1], transposed[j + 2], transposed[j + 3], row[j], row[j + 1], row[j + 2], row[j +
				3], clusters);
		}
		for (; j < features; j++) {
			final float[] t = transposed[j];
			final float x = row[j];
			for (int k = 0; k < clusters; k++) into[k] += x * t[k];
		}
	}

	private static void add(final float[] into, final float[] a, final float[] b, final float[] c, final float[] d, final float w,
		final float x, final float y, final float z, final int count)
	{
		for (int k = 0; k < count; k++) into[k] += w * a[k] + x * b[k] + (y * c[k] + z * d[k]);
	}

	/** Brings rows to length 1; a row of zeros stays. */
	static void normalize(final double[] row) {
		double squares = 0;
		for (final double v : row) squares += v * v;
		if (squares == 0) return;
		final double length = Math.sqrt(squares);
		for (int j = 0; j < row.length; j++) row[j] /= length;
	}

	/** A row at length 1; a row of zeros stays. */
	static void normalize(final float[] row, final float[] into) {
		double squares = 0;
		for (final float v : row) squares += (double) v * v;
		final double factor = squares == 0 ? 0 : 1 / Math.sqrt(squares);
		for (int j = 0; j < row.length; j++) into[j] = (float) (row[j] * factor);
	}
}
