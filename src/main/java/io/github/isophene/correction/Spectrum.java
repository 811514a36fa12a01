// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.util.Arrays;
import java.util.Comparator;

import io.github.isophene.messages.Count;
import io.github.isophene.numerics.SymmetricEigen;
import io.github.isophene.profiles.ProfileTable;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * The principal axes of some rows, centered (and scaled, for correlations).
 *
 * @param rows n
 * @param center [features]
 * @param scale [features], of ones if not scaled
 * @param singular values of the centered rows, largest first, zeros where the rank ends, [axes]
 * @param rank number of them that exceed the rounding of a table of single precision
 * @param axes one per row, orthonormal, [axes, features]; as many as features, or as the rank if
 *          no others were asked for and rows are fewer than features
 */
public record Spectrum(int rows, double[] center, double[] scale, double[] singular, int rank, DMatrixRMaj axes) {

	/** Relative distance between neighboring values of the tables, which are of single precision. */
	static final double PRECISION = 0x1p-23;

	/** Roundings that the values of a table have been through, in units of {@link #PRECISION}. */
	private static final double ROUNDINGS = 4;

	/** Below this many multiplications, rows are decomposed themselves, which squares no rounding errors. */
	private static final double SMALL = 2.5e8;

	/**
	 * The axes along which the rows vary; axes along which they don't may be missing. Of rows that
	 * are fewer than features, no matrix of features by features is made.
	 */
	public static Spectrum varying(final ProfileTable table, final int[] rows, final boolean scaled,
		final CorrectionContext context)
	{
		if (rows.length >= table.featureCount()) return of(table, rows, scaled, context);
		final int d = table.featureCount();
		final int n = rows.length;
		final double[] center = new double[d];
		final double[] scale = new double[d];
		final double[] spread = new double[d];
		final double[] size = new double[d];
		final DMatrixRMaj x = new DMatrixRMaj(d, n);
		ColumnStrips.forEach(table, rows, context, (feature, values) -> {
			double sum = 0;
			for (final float value : values) sum += value;
			final double mean = sum / n;
			double squares = 0;
			for (final float value : values) squares += (value - mean) * (value - mean);
			final double deviation = Math.sqrt(squares / n);
			center[feature] = mean;
			scale[feature] = scaled && varies(deviation, mean) ? deviation : 1;
			spread[feature] = deviation / scale[feature];
			size[feature] = Math.hypot(mean, deviation) / scale[feature];
			for (int r = 0; r < n; r++) x.data[feature * n + r] = (values[r] - mean) / scale[feature];
		});
		context.progress().at("decomposing", .3);
		context.check();
		final Rounding rounding = new Rounding(n, spread, size);
		if ((double) n * n * d > SMALL) return byRows(x, center, scale, rounding);
		// Features lie below each other, so that the left vectors are the axes.
		final SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(d, n, true, false, true);
		if (!svd.decompose(x)) {
			throw new IllegalArgumentException("The profiles cannot be decomposed: are they numbers of sensible size?");
		}
		return sorted(n, center, scale, svd.getSingularValues(), svd.getU(null, true), rounding, d * 0x1p-52);
	}

	/**
	 * By the products of the rows, of which there are fewer than features: thousands of features make no matrix
	 * of their own.
	 *
	 * @param x centered and scaled, [features, rows]
	 */
	private static Spectrum byRows(final DMatrixRMaj x, final double[] center, final double[] scale,
		final Rounding rounding)
	{
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
		return sorted(n, center, scale, found, axes, rounding, tolerance);
	}

	/**
	 * In order of falling size: what rounding has left of the large axes in the small ones, whitening would
	 * blow up.
	 */
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
	public static Spectrum of(final ProfileTable table, final int[] rows, final boolean scaled,
		final CorrectionContext context)
	{
		final Covariance covariance = Covariance.of(table, rows, context);
		final int d = table.featureCount();
		final double[] scale = new double[d];
		final double[] deviation = covariance.deviation();
		final double[] spread = new double[d];
		final double[] size = new double[d];
		for (int i = 0; i < d; i++) {
			scale[i] = scaled && varies(deviation[i], covariance.mean()[i]) ? deviation[i] : 1;
			spread[i] = deviation[i] / scale[i];
			size[i] = Math.hypot(covariance.mean()[i], deviation[i]) / scale[i];
		}
		final Rounding rounding = new Rounding(rows.length, spread, size);
		context.progress().at("decomposing", .3);
		context.check();
		return (double) rows.length * d * d <= SMALL ? bySingularValues(table, rows, covariance.mean(), scale, rounding)
			: byEigenvalues(covariance, scale, rounding);
	}

	private static Spectrum bySingularValues(final ProfileTable table, final int[] rows, final double[] center,
		final double[] scale, final Rounding rounding)
	{
		final int d = center.length;
		// Rows of zeros change nothing, and make all axes come out.
		final DMatrixRMaj x = new DMatrixRMaj(Math.max(rows.length, d), d);
		final float[] values = new float[d];
		for (int r = 0; r < rows.length; r++) {
			table.copyRow(rows[r], values, 0);
			for (int i = 0; i < d; i++) x.data[r * d + i] = (values[i] - center[i]) / scale[i];
		}
		final SingularValueDecomposition_F64<
			DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(x.numRows, d, false, true, true);
		if (!svd.decompose(x)) {
			throw new IllegalArgumentException("The profiles cannot be decomposed: are they numbers of sensible size?");
		}
		final double[] found = svd.getSingularValues();
		final DMatrixRMaj vt = svd.getV(null, true);
		return sorted(rows.length, center, scale, found, vt, rounding, Math.max(rows.length, d) * 0x1p-52);
	}

	private static Spectrum byEigenvalues(final Covariance covariance, final double[] scale, final Rounding rounding) {
		final int d = scale.length;
		final DMatrixRMaj scatter = covariance.scatter().copy();
		for (int i = 0; i < d; i++) {
			for (int j = 0; j < d; j++) scatter.data[i * d + j] /= scale[i] * scale[j];
		}
		final SymmetricEigen eigen = SymmetricEigen.of(scatter);
		final double[] singular = Arrays.stream(eigen.values()).map(v -> Math.sqrt(Math.max(0, v))).toArray();
		return sorted(covariance.rows(), covariance.mean(), scale, singular, eigen.vectors(), rounding,
			Math.sqrt(d * 0x1p-52));
	}

	/**
	 * Sorts the axes: those along which the rows vary by falling singular value, then the others.
	 *
	 * @param tolerance error of the decomposition, as a share of the largest singular value
	 */
	private static Spectrum sorted(final int rows, final double[] center, final double[] scale, final double[] found,
		final DMatrixRMaj vt, final Rounding rounding, final double tolerance)
	{
		final int d = center.length;
		final int count = vt.numRows;
		final Integer[] order = new Integer[count];
		Arrays.setAll(order, i -> i);
		Arrays.sort(order, (a, b) -> Double.compare(found[b], found[a]));
		final double largest = count == 0 ? 0 : found[order[0]];
		final boolean[] counts = new boolean[count];
		int rank = 0;
		for (int i = 0; i < count && rank < rows - 1; i++) {
			final int axis = order[i];
			counts[axis] = found[axis] > Math.max(largest * tolerance, rounding.along(vt, axis, largest));
			if (counts[axis]) rank++;
		}
		Arrays.sort(order, Comparator.comparing(i -> !counts[i]));
		final double[] singular = new double[count];
		final DMatrixRMaj axes = new DMatrixRMaj(count, d);
		for (int i = 0; i < count; i++) {
			singular[i] = counts[order[i]] ? found[order[i]] : 0;
			final int from = order[i] * d;
			double farthest = 0;
			for (int j = 0; j < d; j++) {
				if (Math.abs(vt.data[from + j]) > Math.abs(farthest) * (1 + 1e-9)) farthest = vt.data[from + j];
			}
			for (int j = 0; j < d; j++) axes.data[i * d + j] = farthest < 0 ? -vt.data[from + j] : vt.data[from + j];
		}
		return new Spectrum(rows, center, scale, singular, rank, axes);
	}

	/** Returns whether a feature's standard deviation exceeds the rounding of its values. */
	public static boolean varies(final double deviation, final double mean) {
		return deviation > Math.abs(mean) * PRECISION;
	}

	/**
	 * Singular values that the rounding of a table to single precision can produce. Rows that are
	 * centered by groups, or features that are sums of others, leave directions that hold nothing but rounding.
	 *
	 * @param rows n
	 * @param spread standard deviation of each feature, [features]
	 * @param size root mean square of each feature, not centered, [features]
	 */
	private record Rounding(int rows, double[] spread, double[] size) {

		/**
		 * Returns the singular value along an axis up to which it counts as rounding: the larger of
		 * <ul>
		 * <li>max(n, features) times the precision times the largest singular value, as NumPy's {@code matrix_rank},
		 * and times the spread of the features that make up the axis as a share of the largest spread: a small
		 * feature is not rounding because another is large</li>
		 * <li>a few roundings of the values themselves, which are larger where means are</li>
		 * </ul>
		 */
		double along(final DMatrixRMaj axes, final int axis, final double largest) {
			final int d = spread.length;
			double widest = 0;
			for (final double s : spread) widest = Math.max(widest, s);
			if (widest == 0) return Double.POSITIVE_INFINITY;
			double spreads = 0;
			double sizes = 0;
			for (int j = 0; j < d; j++) {
				final double weight = axes.data[axis * d + j] * axes.data[axis * d + j];
				spreads += weight * spread[j] * spread[j];
				sizes += weight * size[j] * size[j];
			}
			return PRECISION * Math.max(Math.max(rows, d) * largest * Math.sqrt(spreads) / widest,
				ROUNDINGS * Math.sqrt(rows * sizes));
		}
	}

	/** Variance along each axis, [axes]. */
	public double[] variances() {
		return Arrays.stream(singular).map(s -> s * s / Math.max(1, rows - 1)).toArray();
	}

	/** Warns if the rows vary in fewer directions than there are features: the others cannot be whitened. */
	public Spectrum warnOfRank(final String others, final CorrectionContext context) {
		if (rank < center.length) {
			context.progress()
				.warn("the " + Count.of(rows, "row") + " learned from vary in " + rank + " directions only, of " +
				Count.of(center.length, "feature") + "; the others " + others);
		}
		return this;
	}

	/** @throws IllegalArgumentException if nothing varies */
	public Spectrum requireRank(final String correction) {
		if (rank == 0) {
			throw new IllegalArgumentException(correction + " cannot learn from " +
				Count.of(rows, "row", "rows that are all the same") + ": it needs rows (controls) that differ");
		}
		return this;
	}
}
