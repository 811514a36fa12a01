// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

import java.util.Arrays;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Principal axes of rows that are taken as they are: right singular vectors, from the smaller of the two matrices of
 * products. Axes along which the rows don't extend are left out.
 *
 * @param squares [axes], squared singular values, largest first
 * @param vectors [axes, features], of length 1
 * @param scores [rows, axes], coordinates of the rows
 */
record PrincipalAxes(double[] squares, DMatrixRMaj vectors, DMatrixRMaj scores) {

	/** Share of the largest square below which an axis is rounding. */
	private static final double ROUNDING = 1e-11;

	/** @param x [rows][features] */
	static PrincipalAxes of(final double[][] x, final int features) {
		final int n = x.length;
		final DMatrixRMaj rows = new DMatrixRMaj(n, features);
		for (int i = 0; i < n; i++) System.arraycopy(x[i], 0, rows.data, i * features, features);
		final boolean wide = n < features;
		final DMatrixRMaj products = new DMatrixRMaj(wide ? n : features, wide ? n : features);
		if (wide) CommonOps_DDRM.multTransB(rows, rows, products);
		else CommonOps_DDRM.multTransA(rows, rows, products);
		final SymmetricEigen eigen = SymmetricEigen.of(products);
		// Rows that don't vary have one axis, along which they are zero.
		int count = 1;
		while (count < eigen.values().length && eigen.values()[count] > ROUNDING * eigen.values()[0]) count++;
		final double[] squares = Arrays.copyOf(eigen.values(), count);
		final DMatrixRMaj found = CommonOps_DDRM.extract(eigen.vectors(), 0, count, 0, eigen.vectors().numCols);
		final DMatrixRMaj vectors = wide ? new DMatrixRMaj(count, features) : found;
		if (wide) {
			CommonOps_DDRM.mult(found, rows, vectors);
			for (int a = 0; a < count && squares[a] > 0; a++)
				for (int c = 0; c < features; c++) vectors.data[a * features + c] /= Math.sqrt(squares[a]);
		}
		final DMatrixRMaj scores = new DMatrixRMaj(n, count);
		CommonOps_DDRM.multTransB(rows, vectors, scores);
		return new PrincipalAxes(squares, vectors, scores);
	}

	/** Returns the scores, each axis times its scale, [rows][axes]. */
	double[][] scores(final double[] scales) {
		final double[][] scaled = new double[scores.numRows][scales.length];
		for (int i = 0; i < scaled.length; i++)
			for (int a = 0; a < scales.length; a++) scaled[i][a] = scales[a] * scores.data[i * scales.length + a];
		return scaled;
	}

	/**
	 * Returns weights of axes as weights of features.
	 *
	 * @param own [axes + 1][classes], of scaled scores; the intercepts last
	 * @return [features + 1][classes]
	 */
	double[] weights(final double[] own, final double[] scales, final int classes) {
		final int features = vectors.numCols;
		final double[] weights = new double[(features + 1) * classes];
		System.arraycopy(own, scales.length * classes, weights, features * classes, classes);
		for (int a = 0; a < scales.length; a++) {
			for (int c = 0; c < features; c++) {
				final double factor = scales[a] * vectors.data[a * features + c];
				for (int k = 0; k < classes; k++) weights[c * classes + k] += factor * own[a * classes + k];
			}
		}
		return weights;
	}
}
