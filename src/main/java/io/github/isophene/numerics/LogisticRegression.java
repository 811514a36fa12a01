// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

import java.util.Arrays;

/**
 * Multinomial logistic regression: minimizes the sum of cross-entropies plus half the
 * squared weights (without intercepts), on features standardized by the training rows'
 * mean and standard deviation. That is scikit-learn's LogisticRegression(C = 1) after a
 * StandardScaler.
 */
public final class LogisticRegression {

	private static final int ITERATIONS = 200;
	private static final double TOLERANCE = 1e-3;
	/** Finding more axes than these takes longer than it saves. */
	private static final int MOST_AXES = 600;

	/**
	 * Curvature of the loss at its minimum as a share of that at equal probabilities. It decides on the number of
	 * steps alone; 0.01 to 0.1 took the fewest on real profiles.
	 */
	private static final double CURVATURE = 0.05;

	private final int classes;
	private final double[] means;
	private final double[] deviations;
	/** [features + 1][classes], the intercepts last: the inner loops run over classes. */
	private final double[] weights;

	/**
	 * Fits.
	 *
	 * @param rows which rows of the matrix to learn from
	 * @param labels [rows of the matrix], 0 to classes - 1
	 */
	public LogisticRegression(final Matrix matrix, final int[] rows, final int[] labels, final int classes) {
		this.classes = classes;
		final Matrix part = matrix.select(rows);
		means = part.means();
		deviations = part.deviations(means);
		for (int c = 0; c < deviations.length; c++) if (deviations[c] == 0) deviations[c] = 1;
		final double[][] x = new double[rows.length][];
		for (int i = 0; i < rows.length; i++) x[i] = standardized(part, i);
		final int[] own = new int[rows.length];
		for (int i = 0; i < own.length; i++) own[i] = labels[rows[i]];
		weights = fit(x, own, part.columns(), classes);
	}

	private static double[] fit(final double[][] x, final int[] labels, final int features, final int classes) {
		if (Math.min(x.length, features) > MOST_AXES) {
			final double[] penalty = new double[features];
			Arrays.fill(penalty, 1);
			final double[] weights = new double[(features + 1) * classes];
			Lbfgs.minimize(new LogisticLoss(x, labels, penalty, classes)::value, weights, ITERATIONS, TOLERANCE);
			return weights;
		}
		// Principal axes, each divided by the square root of its curvature: the same minimum, in far fewer steps, and
		// of no more axes than there are rows.
		final PrincipalAxes axes = PrincipalAxes.of(x, features);
		final double curvature = CURVATURE * (1 - 1.0 / classes) / classes;
		final double[] penalty = Arrays.stream(axes.squares()).map(v -> 1 / (1 + curvature * v)).toArray();
		final double[] scales = Arrays.stream(penalty).map(Math::sqrt).toArray();
		final double[] own = new double[(scales.length + 1) * classes];
		final double least = Arrays.stream(scales).min().orElse(1);
		Lbfgs.minimize(new LogisticLoss(axes.scores(scales), labels, penalty, classes)::value, own, ITERATIONS,
			TOLERANCE * least);
		return axes.weights(own, scales, classes);
	}

	/** The most probable class of a row. */
	public int predict(final Matrix matrix, final int row) {
		final double[] logits = logits(standardized(matrix, row));
		int best = 0;
		for (int k = 1; k < classes; k++) if (logits[k] > logits[best]) best = k;
		return best;
	}

	private double[] standardized(final Matrix m, final int row) {
		final double[] x = new double[means.length];
		for (int c = 0; c < x.length; c++) x[c] = (m.get(row, c) - means[c]) / deviations[c];
		return x;
	}

	private double[] logits(final double[] x) {
		final double[] logits = new double[classes];
		System.arraycopy(weights, x.length * classes, logits, 0, classes);
		for (int c = 0; c < x.length; c++) {
			final double value = x[c];
			final int at = c * classes;
			for (int k = 0; k < classes; k++) logits[k] += value * weights[at + k];
		}
		return logits;
	}
}
