// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

import java.util.Arrays;

/**
 * t-SNE (van der Maaten and Hinton 2008), exact, for some hundred to two thousand rows:
 * neighbors stay neighbors in a plane; distances between groups mean little. Starts from
 * the first two principal components, so that the same table gives the same map.
 */
public final class TSne {

	/** The time grows with the square of the rows. */
	public static final int MOST_ROWS = 800;

	private static final double PERPLEXITY = 30;
	private static final int ITERATIONS = 400;
	private static final int EXAGGERATED = 100;
	private static final double EXAGGERATION = 12;

	private final int n;
	/** [rows * rows], symmetric, adding up to 1. */
	private final float[] p;

	private TSne(final Matrix matrix) {
		n = matrix.rows();
		p = new float[n * n];
		final Euclid euclid = new Euclid(matrix);
		final double perplexity = Math.min(PERPLEXITY, (n - 1) / 3.0);
		final double[][] rows = new double[n][];
		Parallel.run(n, i -> {
			final double[] squares = new double[n - 1];
			for (int j = 0; j < n; j++) if (j != i) squares[j < i ? j : j - 1] = Math.pow(euclid.exact(i, j), 2);
			final double scale = Arrays.stream(squares).average().orElse(1);
			for (int j = 0; j < squares.length && scale > 0; j++) squares[j] /= scale;
			rows[i] = PerplexityWeights.of(squares, Math.min(squares.length, Math.max(1.5, perplexity)));
		});
		for (int i = 0; i < n; i++) {
			for (int j = 0; j < n; j++) {
				if (i != j)
					p[i * n + j] = (float) ((rows[i][j < i ? j : j - 1] + rows[j][i < j ? i : i - 1]) / (2.0 * n));
			}
		}
	}

	/** The map, [2][rows]. */
	public static double[][] map(final Matrix matrix, final double[][] start) {
		return new TSne(matrix).descend(start);
	}

	private double[][] descend(final double[][] start) {
		final double[][] y = new double[2][n];
		for (int c = 0; c < 2 && c < start.length; c++) {
			final double spread = Math.sqrt(Arrays.stream(start[c]).map(v -> v * v).average().orElse(1));
			for (int i = 0; i < n; i++) y[c][i] = spread == 0 ? 0 : 1e-4 * start[c][i] / spread;
		}
		// Rows that are equal would stay on one spot for ever.
		for (int i = 0; i < n; i++) y[0][i] += 1e-8 * i;
		final double[][] step = new double[2][n];
		final double[][] gain = new double[2][n];
		for (final double[] g : gain) Arrays.fill(g, 1);
		final double rate = Math.max(n / EXAGGERATION / 4, 50);
		final double[][] gradient = new double[2][n];
		for (int iteration = 0; iteration < ITERATIONS; iteration++) {
			gradient(y, iteration < EXAGGERATED ? EXAGGERATION : 1, gradient);
			final double momentum = iteration < EXAGGERATED ? 0.5 : 0.8;
			for (int c = 0; c < 2; c++) {
				for (int i = 0; i < n; i++) {
					gain[c][i] = Math.max(0.01,
						gradient[c][i] > 0 == step[c][i] > 0 ? gain[c][i] * 0.8 : gain[c][i] + 0.2);
					step[c][i] = momentum * step[c][i] - rate * gain[c][i] * gradient[c][i];
					y[c][i] += step[c][i];
				}
			}
		}
		return y;
	}

	private void gradient(final double[][] y, final double exaggeration, final double[][] gradient) {
		final double[] total = new double[n];
		final double[][] push = new double[2][n];
		Parallel.run((n + 63) / 64, chunk -> {
			for (int i = chunk * 64; i < Math.min(n, chunk * 64 + 64); i++)
				row(y, i, exaggeration, gradient, push, total);
		});
		final double z = Arrays.stream(total).sum();
		for (int c = 0; c < 2; c++) {
			for (int i = 0; i < n; i++) gradient[c][i] = 4 * (gradient[c][i] - push[c][i] / z);
		}
	}

	private void row(final double[][] y, final int i, final double exaggeration, final double[][] pull,
		final double[][] push, final double[] total)
	{
		double pullX = 0;
		double pullY = 0;
		double pushX = 0;
		double pushY = 0;
		double sum = 0;
		for (int j = 0; j < n; j++) {
			final double dx = y[0][i] - y[0][j];
			final double dy = y[1][i] - y[1][j];
			final double q = 1 / (1 + dx * dx + dy * dy);
			final double attraction = exaggeration * p[i * n + j] * q;
			pullX += attraction * dx;
			pullY += attraction * dy;
			pushX += q * q * dx;
			pushY += q * q * dy;
			sum += q;
		}
		pull[0][i] = pullX;
		pull[1][i] = pullY;
		push[0][i] = pushX;
		push[1][i] = pushY;
		total[i] = sum - 1;
	}
}
