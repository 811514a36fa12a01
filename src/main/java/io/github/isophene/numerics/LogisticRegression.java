// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

/**
 * Multinomial logistic regression: minimises the sum of cross-entropies plus half the
 * squared weights (without intercepts), on features standardised by the training rows'
 * mean and standard deviation. That is scikit-learn's LogisticRegression(C = 1) after a
 * StandardScaler.
 */
public final class LogisticRegression {

	private static final int ITERATIONS = 200;
	private static final double TOLERANCE = 1e-3;

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
		weights = new double[(part.columns() + 1) * classes];
		Lbfgs.minimize((w, gradient) -> loss(x, rows, labels, w, gradient), weights, ITERATIONS, TOLERANCE);
	}

	/** The most probable class of a row. */
	public int predict(final Matrix matrix, final int row) {
		final double[] logits = new double[classes];
		logits(standardized(matrix, row), weights, logits);
		int best = 0;
		for (int k = 1; k < classes; k++) if (logits[k] > logits[best]) best = k;
		return best;
	}

	private double[] standardized(final Matrix m, final int row) {
		final double[] x = new double[means.length];
		for (int c = 0; c < x.length; c++) x[c] = (m.get(row, c) - means[c]) / deviations[c];
		return x;
	}

	private double loss(final double[][] x, final int[] rows, final int[] labels, final double[] w,
		final double[] gradient)
	{
		final int features = means.length;
		double loss = 0;
		for (int i = 0; i < features * classes; i++) {
			loss += 0.5 * w[i] * w[i];
			gradient[i] = w[i];
		}
		for (int k = 0; k < classes; k++) gradient[features * classes + k] = 0;
		final double[] p = new double[classes];
		for (int i = 0; i < x.length; i++) {
			logits(x[i], w, p);
			loss += softmax(p, labels[rows[i]]);
			p[labels[rows[i]]] -= 1;
			for (int c = 0; c < features; c++) add(x[i][c], p, gradient, c * classes);
			add(1, p, gradient, features * classes);
		}
		return loss;
	}

	private void logits(final double[] x, final double[] w, final double[] logits) {
		System.arraycopy(w, x.length * classes, logits, 0, classes);
		for (int c = 0; c < x.length; c++) {
			final double value = x[c];
			final int at = c * classes;
			for (int k = 0; k < logits.length; k++) logits[k] += value * w[at + k];
		}
	}

	private static void add(final double value, final double[] p, final double[] gradient, final int at) {
		for (int k = 0; k < p.length; k++) gradient[at + k] += value * p[k];
	}

	/** Logits to probabilities, in place; gives the cross-entropy. */
	private static double softmax(final double[] p, final int label) {
		double largest = Double.NEGATIVE_INFINITY;
		for (final double v : p) largest = Math.max(largest, v);
		final double logit = p[label] - largest;
		double sum = 0;
		for (int k = 0; k < p.length; k++) {
			p[k] = Math.exp(p[k] - largest);
			sum += p[k];
		}
		for (int k = 0; k < p.length; k++) p[k] /= sum;
		return Math.log(sum) - logit;
	}
}
