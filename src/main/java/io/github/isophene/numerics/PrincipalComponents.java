// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

import java.util.Arrays;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The first principal components, by subspace iteration (Halko, Martinsson and Tropp 2011):
 * no covariance matrix, so that ten thousand features are no trouble. A component's largest
 * weight is positive.
 *
 * @param scores [components][rows]
 * @param shares of the total variance, [components]
 */
public record PrincipalComponents(double[][] scores, double[] shares) {

	private static final int EXTRA = 10;
	private static final int ITERATIONS = 60;

	/** Fewer components where the matrix has fewer rows or columns. */
	public static PrincipalComponents of(final Matrix matrix, final int components) {
		final int n = matrix.rows();
		final int d = matrix.columns();
		final int k = Math.min(components, Math.min(n, d));
		final int block = Math.min(k + EXTRA, Math.min(n, d));
		final double[] means = matrix.means();
		double[][] basis = new double[block][d];
		final RandomStream random = RandomStream.of(1, "principal components");
		for (final double[] vector : basis) for (int c = 0; c < d; c++) vector[c] = random.nextGaussian();
		orthonormalize(basis);
		double[] before = new double[k];
		for (int i = 0; i < ITERATIONS; i++) {
			basis = back(matrix, means, project(matrix, means, basis));
			final double[] lengths = Arrays.stream(basis).mapToDouble(v -> Math.sqrt(dot(v, v))).limit(k).toArray();
			orthonormalize(basis);
			if (i > 4 && close(lengths, before)) break;
			before = lengths;
		}
		final double[][] projected = project(matrix, means, basis);
		final DMatrixRMaj gram = new DMatrixRMaj(block, block);
		for (int a = 0; a < block; a++) for (int b = 0; b < block; b++) gram.set(a, b, dot(projected[a], projected[b]));
		final EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(block, true, true);
		if (!eigen.decompose(gram)) throw new IllegalStateException("The principal components can't be computed");
		final Integer[] order = new Integer[block];
		Arrays.setAll(order, i -> i);
		Arrays.sort(order,
			(a, b) -> Double.compare(eigen.getEigenvalue(b).getReal(), eigen.getEigenvalue(a).getReal()));
		final double total = total(matrix, means);
		final double[][] scores = new double[k][n];
		final double[] shares = new double[k];
		for (int c = 0; c < k; c++) {
			final DMatrixRMaj vector = eigen.getEigenVector(order[c]).copy();
			final double sign = sign(basis, vector);
			CommonOps_DDRM.scale(sign, vector);
			for (int b = 0; b < block; b++)
				for (int row = 0; row < n; row++) scores[c][row] += vector.get(b) * projected[b][row];
			shares[c] = total == 0 ? 0 : Math.max(0, eigen.getEigenvalue(order[c]).getReal()) / total;
		}
		return new PrincipalComponents(scores, shares);
	}

	/** Centered rows times each vector, [vectors][rows]. */
	private static double[][] project(final Matrix m, final double[] means, final double[][] basis) {
		final double[][] out = new double[basis.length][m.rows()];
		Parallel.run(basis.length, b -> {
			final double shift = dot(means, basis[b]);
			for (int row = 0; row < m.rows(); row++) {
				double sum = 0;
				for (int c = 0, at = row * m.columns(); c < m.columns(); c++) sum += m.values()[at + c] * basis[b][c];
				out[b][row] = sum - shift;
			}
		});
		return out;
	}

	/** Transposed centered rows times each vector of scores, [vectors][columns]. */
	private static double[][] back(final Matrix m, final double[] means, final double[][] scores) {
		final double[][] out = new double[scores.length][m.columns()];
		Parallel.run(scores.length, b -> {
			double sum = 0;
			for (int row = 0; row < m.rows(); row++) {
				final double s = scores[b][row];
				sum += s;
				for (int c = 0, at = row * m.columns(); c < m.columns(); c++) out[b][c] += s * m.values()[at + c];
			}
			for (int c = 0; c < m.columns(); c++) out[b][c] -= sum * means[c];
		});
		return out;
	}

	/** Gram and Schmidt, twice for accuracy; vectors that vanish become zero. */
	private static void orthonormalize(final double[][] basis) {
		for (int b = 0; b < basis.length; b++) {
			final double before = Math.sqrt(dot(basis[b], basis[b]));
			for (int pass = 0; pass < 2; pass++) {
				for (int a = 0; a < b; a++) {
					final double share = dot(basis[a], basis[b]);
					for (int c = 0; c < basis[b].length; c++) basis[b][c] -= share * basis[a][c];
				}
			}
			final double length = Math.sqrt(dot(basis[b], basis[b]));
			for (int c = 0; c < basis[b].length; c++)
				basis[b][c] = length > 1e-12 * before && length > 0 ? basis[b][c] / length : 0;
		}
	}

	private static boolean close(final double[] a, final double[] b) {
		for (int i = 0; i < a.length; i++) if (Math.abs(a[i] - b[i]) > 1e-9 * Math.abs(a[i])) return false;
		return true;
	}

	private static double sign(final double[][] basis, final DMatrixRMaj vector) {
		double largest = 0;
		for (int c = 0; c < basis[0].length; c++) {
			double weight = 0;
			for (int b = 0; b < basis.length; b++) weight += vector.get(b) * basis[b][c];
			if (Math.abs(weight) > Math.abs(largest) * (1 + 1e-9)) largest = weight;
		}
		return largest < 0 ? -1 : 1;
	}

	private static double total(final Matrix m, final double[] means) {
		double total = 0;
		for (final double s : m.deviations(means)) total += s * s * m.rows();
		return total;
	}

	private static double dot(final double[] a, final double[] b) {
		double sum = 0;
		for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
		return sum;
	}
}
