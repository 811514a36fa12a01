// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Eigenvalues, largest first, and eigenvectors of a symmetric matrix. A vector's sign is such
 * that its entry of largest absolute value is positive.
 *
 * @param values [n]
 * @param vectors one per row, [n, n]
 */
public record SymmetricEigen(double[] values, DMatrixRMaj vectors) {

	/** @throws IllegalArgumentException if the matrix cannot be decomposed */
	public static SymmetricEigen of(final DMatrixRMaj matrix) {
		final int n = matrix.numRows;
		final EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
		if (!eigen.decompose(matrix.copy())) {
			throw new IllegalArgumentException(
				"A matrix of covariances has no eigenvectors: are the profiles numbers of sensible size?");
		}
		final double[] found = IntStream.range(0, n).mapToDouble(i -> eigen.getEigenvalue(i).getReal()).toArray();
		final Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
		Arrays.sort(order, Comparator.comparingDouble(i -> -found[i]));
		final double[] values = new double[n];
		final DMatrixRMaj vectors = new DMatrixRMaj(n, n);
		for (int i = 0; i < n; i++) {
			values[i] = found[order[i]];
			final DMatrixRMaj vector = eigen.getEigenVector(order[i]);
			final double sign = sign(vector.data);
			for (int j = 0; j < n; j++) vectors.set(i, j, sign * vector.data[j]);
		}
		return new SymmetricEigen(values, vectors);
	}

	/** V diag(f) V' for some function of the eigenvalues, [n, n]. */
	DMatrixRMaj function(final double[] f) {
		final DMatrixRMaj scaled = vectors.copy();
		for (int i = 0; i < f.length; i++) {
			for (int j = 0; j < f.length; j++) scaled.data[i * f.length + j] *= f[i];
		}
		final DMatrixRMaj result = new DMatrixRMaj(f.length, f.length);
		CommonOps_DDRM.multTransA(vectors, scaled, result);
		return result;
	}

	/** The power of a positive definite matrix. */
	public static DMatrixRMaj power(final DMatrixRMaj matrix, final double exponent) {
		final SymmetricEigen eigen = of(matrix);
		return eigen.function(Arrays.stream(eigen.values).map(v -> StrictMath.pow(v, exponent)).toArray());
	}

	private static double sign(final double[] vector) {
		double largest = 0;
		for (final double value : vector) {
			// A hair's breadth more is needed, so that rounding does not choose between equals.
			if (Math.abs(value) > Math.abs(largest) * (1 + 1e-9)) largest = value;
		}
		return largest < 0 ? -1 : 1;
	}
}
