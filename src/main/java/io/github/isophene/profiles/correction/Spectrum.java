// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles.correction;

import java.util.Arrays;

import io.github.isophene.profiles.ProfileTable;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * The principal axes of some rows, centred (and scaled, for correlations).
 *
 * @param rows n
 * @param center [features]
 * @param scale [features], of ones if not scaled
 * @param singular values of the centred rows, largest first, zeros where the rank ends, [features]
 * @param rank how many of them are not 0
 * @param axes one per row, orthonormal, [features, features]
 */
record Spectrum(int rows, double[] center, double[] scale, double[] singular, int rank, DMatrixRMaj axes) {

	/** Below this many multiplications, rows are decomposed themselves, which squares no rounding errors. */
	private static final double SMALL = 2.5e8;

	static Spectrum of(final ProfileTable table, final int[] rows, final boolean scaled, final CorrectionContext context) {
		final Covariance covariance = Covariance.of(table, rows, context);
		final int d = table.featureCount();
		final double[] scale = new double[d];
		final double[] deviation = covariance.deviation();
		for (int i = 0; i < d; i++) {
			final boolean varies = deviation[i] > Math.abs(covariance.mean()[i]) * 1e-12;
			scale[i] = scaled && varies ? deviation[i] : 1;
		}
		context.progress().at("decomposing", .3);
		context.check();
		return (double) rows.length * d * d <= SMALL ? bySingularValues(table, rows, covariance.mean(), scale) : byEigenvalues(covariance,
			scale);
	}

	private static Spectrum bySingularValues(final ProfileTable table, final int[] rows, final double[] center, final double[] scale) {
		final int d = center.length;
		// Rows of zeros change nothing, and make all axes come out.
		final DMatrixRMaj x = new DMatrixRMaj(Math.max(rows.length, d), d);
		final float[] values = new float[d];
		for (int r = 0; r < rows.length; r++) {
			table.copyRow(rows[r], values, 0);
			for (int i = 0; i < d; i++) x.data[r * d + i] = (values[i] - center[i]) / scale[i];
		}
		final SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(x.numRows, d, false, true, true);
		if (!svd.decompose(x)) {
			throw new IllegalArgumentException("The profiles cannot be decomposed: are they numbers of sensible size?");
		}
		final double[] found = svd.getSingularValues();
		final DMatrixRMaj vt = svd.getV(null, true);
		return sorted(rows.length, center, scale, found, vt, Math.max(rows.length, d) * 0x1p-52);
	}

	private static Spectrum byEigenvalues(final Covariance covariance, final double[] scale) {
		final int d = scale.length;
		final DMatrixRMaj scatter = covariance.scatter().copy();
		for (int i = 0; i < d; i++) {
			for (int j = 0; j < d; j++) scatter.data[i * d + j] /= scale[i] * scale[j];
		}
		final SymmetricEigen eigen = SymmetricEigen.of(scatter);
		final double[] singular = Arrays.stream(eigen.values()).map(v -> Math.sqrt(Math.max(0, v))).toArray();
		return sorted(covariance.rows(), covariance.mean(), scale, singular, eigen.vectors(), Math.sqrt(d * 0x1p-52));
	}

	/** @param tolerance singular values below this share of the largest are 0 */
	private static Spectrum sorted(final int rows, final double[] center, final double[] scale, final double[] found,
		final DMatrixRMaj vt, final double tolerance)
	{
		final int d = center.length;
		final Integer[] order = new Integer[d];
		Arrays.setAll(order, i -> i);
		Arrays.sort(order, (a, b) -> Double.compare(found[b], found[a]));
		final double[] singular = new double[d];
		final DMatrixRMaj axes = new DMatrixRMaj(d, d);
		int rank = 0;
		for (int i = 0; i < d; i++) {
			final boolean counts = found[order[i]] > found[order[0]] * tolerance && i < rows - 1;
			if (counts) rank++;
			singular[i] = counts ? found[order[i]] : 0;
			final int from = order[i] * d;
			double largest = 0;
			for (int j = 0; j < d; j++) {
				if (Math.abs(vt.data[from + j]) > Math.abs(largest) * (1 + 1e-9)) largest = vt.data[from + j];
			}
			for (int j = 0; j < d; j++) axes.data[i * d + j] = largest < 0 ? -vt.data[from + j] : vt.data[from + j];
		}
		return new Spectrum(rows, center, scale, singular, rank, axes);
	}

	/** Variance along each axis, [features]. */
	double[] variances() {
		return Arrays.stream(singular).map(s -> s * s / Math.max(1, rows - 1)).toArray();
	}

	/** @throws IllegalArgumentException if nothing varies */
	Spectrum requireRank(final String correction) {
		if (rank == 0) {
			throw new IllegalArgumentException(correction + " cannot learn from " + rows +
				(rows == 1 ? " row" : " rows that are all the same") + ": it needs rows (controls) that differ");
		}
		return this;
	}
}
