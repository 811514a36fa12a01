// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

/** The assessment's logistic regression, for benches. */
public final class ProbedRows {

	private ProbedRows() {}

	/**
	 * Learns from some rows and predicts others.
	 *
	 * @param rows [n][features]
	 * @param labels [n], 0 to classes - 1
	 * @return the predicted class of each tested row
	 */
	public static int[] predict(final float[][] rows, final int[] labels, final int classes, final int[] training,
		final int[] tested)
	{
		final Matrix matrix = Matrix.zeros(rows.length, rows[0].length);
		for (int i = 0; i < rows.length; i++) {
			System.arraycopy(rows[i], 0, matrix.values(), i * matrix.columns(), matrix.columns());
		}
		final LogisticRegression probe = new LogisticRegression(matrix, training, labels, classes);
		final int[] predicted = new int[tested.length];
		for (int i = 0; i < tested.length; i++) predicted[i] = probe.predict(matrix, tested[i]);
		return predicted;
	}
}
