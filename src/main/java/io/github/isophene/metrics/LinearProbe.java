// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.stream.IntStream;

import io.github.isophene.messages.Count;
import io.github.isophene.numerics.LogisticRegression;
import io.github.isophene.numerics.Matrix;

/**
 * Linear probe of profiles: multinomial logistic regression with L2 penalty, C = 1, on features
 * standardized by the rows it learns from (Alain, Bengio 2016, arXiv:1610.01644); what
 * scikit-learn's LogisticRegression after a StandardScaler gives.
 */
public final class LinearProbe {

	private final LogisticRegression model;
	private final int features;

	private LinearProbe(final LogisticRegression model, final int features) {
		this.model = model;
		this.features = features;
	}

	/**
	 * Learns.
	 *
	 * @param rows [rows][features], finite
	 * @param labels [rows], 0 to classes - 1
	 * @throws IllegalArgumentException if there are no rows, or not as many labels
	 */
	public static LinearProbe fit(final float[][] rows, final int[] labels, final int classes) {
		if (rows.length == 0) throw new IllegalArgumentException("There are no rows for a probe to learn from");
		if (rows.length != labels.length)
			throw new IllegalArgumentException(Count.of(rows.length, "row") + ", but " +
				Count.of(labels.length, "label"));
		final Matrix matrix = matrix(rows, rows[0].length);
		return new LinearProbe(
			new LogisticRegression(matrix, IntStream.range(0, rows.length).toArray(), labels, classes), rows[0].length);
	}

	/** The most probable class of each row, [rows]. */
	public int[] predict(final float[][] rows) {
		final Matrix matrix = matrix(rows, features);
		return IntStream.range(0, rows.length).map(i -> model.predict(matrix, i)).toArray();
	}

	private static Matrix matrix(final float[][] rows, final int features) {
		final Matrix matrix = Matrix.zeros(rows.length, features);
		for (int i = 0; i < rows.length; i++) System.arraycopy(rows[i], 0, matrix.values(), i * features, features);
		return matrix;
	}
}
