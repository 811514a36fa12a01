// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles.correction;

import java.util.Arrays;

import io.github.isophene.profiles.ProfileTable;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * The principal axes of some rows, centred (and scaled, for correlations).
 *
 * @param rows n
 * @param center [features]
 * @param scale [features], of ones if not scaled
 * @param singular values of the centred rows, largest first, zeros where the rank ends, [axes]
 * @param rank how many of them are not 0
 * @param axes one per row, orthonormal, [axes, features]; as many as features, or as the rank if
 *          no others were asked for and rows are fewer than features
 */
record Spectrum(int rows, double[] center, double[] scale, double[] singular, int rank, DMatrixRMaj axes) {

	/** Below this many multiplications, rows are decomposed themselves, which squares no rounding errors. */
	private static final double SMALL = 2.5e8;

	/**
	 * The axes along which the rows vary; axes along which they don't may be missing. Of rows that
	 * are fewer than features, no matrix of features by features is made.
	 */
	static Spectrum varying(final ProfileTable table, final int[] rows, final boolean scaled, final CorrectionContext context) {
		if (rows.length >= table.featureCount()) return of(table, rows, scaled, context);
		final int d = table.featureCount();
		final int n = rows.length;
		final double[] center = new double[d];
		final double[] scale = new double[d];
		final DMatrixRMaj x = new DMatrixRMaj(d, n);
		ColumnStrips.forEach(table, rows, context, (feature, values) -> {
			double sum = 0;
			for (final float value : values) sum += value;
			final double mean = sum / n;
			double squares = 0;
			for (final float value : values) squares += (value - mean) * (value - mean);
			final double deviation = Math.sqrt(squares / n);
			center[feature] = mean;
			scale[feature] = scaled && deviation > Math.abs(mean) * 1e-12 ? deviation : 1;
			for (int r = 0; r < n; r++) x.data[feature * n + r] = (values[r] - mean) / scale[feature];
		});
		context.progress().at("decomposing", .3);
		context.check();
		if ((double) n * n * d > SMALL) return byRows(x, center, scale);
		// Features lie below each other, so that the left vectors are the axes.
		final SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(d, n, true, false, true);
		if (!svd.decompose(x)) {
			throw new IllegalArgumentException("The profiles cannot be decomposed: are they numbers of sensible size?");
		}
		return sorted(n, center, scale, svd.getSingularValues(), svd.getU(null, true), d * 0x1p-52);
	}

	/**
	 * By the products of the rows, of which there are fewer than features: thousands of features make no matrix of their own.
	 *
	 * @param x centred and scaled, [features, rows]
	 */
	private static Spectrum byRows(final DMatrixRMaj x, final double[] center, final double[] scale) {
		final int d = x.numRows;
		final int n = x.numCols;
		final DMatrixRMaj products = new DMatrixRMaj(n, n);
		CommonOps_DDRM.multTransA(x, x, products);
		final SymmetricEigen eigen = SymmetricEigen.of(products);
		final double tolerance = Math.sqrt(d * 0x1p-52);
		final double[] singular = Arrays.stream(eigen.values()).map(v -> Math.sqrt(Math.max(0, v))).toArray();
		final double[] found = Arrays.stream(singular).filter(s -> s > singular[0] * tolerance).toArray();
		final DMatrixRMaj axes = new DMatrixRMaj(found.length, d);
		CommonOps_DDRM.multTransB(CommonOps_DDRM.extract(eigen.vectors(), 0, found.length, 0, n), x, axes);
		makeOrthonormal(axes);
		return sorted(n, center, scale, found, axes, tolerance);
	}

	/** In order of falling size: what rounding has left of the large axes in the small ones, whitening would blow up. */
	private static void makeOrthonormal(final DMatrixRMaj axes) {
		final int d = axes.numCols;
		final double[] a = axes.data;
		for (int i = 0; i < axes.numRows; i++) {
			for (int k = 0; k < i; k++) {
				double along = 0;
				for (int j = 0; j < d; j++) along += a[i * d + j] * a[k * d + j];
				for (int j = 0; j < d; j++) a[i * d + j] -= along * a[k * d + j];
			}
			double squares = 0;
			for (int j = 0; j < d; j++) squares += a[i * d + j] * a[i * d + j];
			final double length = Math.sqrt(squares);
			for (int j = 0; j < d; j++) a[i * d + j] /= length;
		}
	}

	/** All axes, also those along which the rows don't vary. */
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
		final int count = vt.numRows;
		final Integer[] order = new Integer[count];
		Arrays.setAll(order, i -> i);
		Arrays.sort(order, (a, b) -> Double.compare(found[b], found[a]));
		final double[] singular = new double[count];
		final DMatrixRMaj axes = new DMatrixRMaj(count, d);
		int rank = 0;
		for (int i = 0; i < count; i++) {
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

	/** Variance along each axis, [axes]. */
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
