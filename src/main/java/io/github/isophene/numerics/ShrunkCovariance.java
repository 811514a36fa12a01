// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

/**
 * Covariance of few rows of many features, drawn toward a multiple of the identity (Ledoit and Wolf 2004, J.
 * Multivar. Anal. 88:365), and Mahalanobis distances by it.
 * <p>
 * The rows are taken as centered. Only the axes along which they extend are kept, so that any number of features is
 * possible: along all others the variance is the identity's share.
 * </p>
 */
public final class ShrunkCovariance {

	private final PrincipalAxes axes;
	private final double[] variances;
	private final double shrinkage;
	private final double rest;

	private ShrunkCovariance(final PrincipalAxes axes, final double[] variances, final double shrinkage,
		final double rest)
	{
		this.axes = axes;
		this.variances = variances;
		this.shrinkage = shrinkage;
		this.rest = rest;
	}

	/**
	 * Estimates the covariance, with the number of rows as the divisor.
	 *
	 * @param x centered, [rows][features]
	 * @throws IllegalArgumentException if nothing varies
	 */
	public static ShrunkCovariance of(final double[][] x) {
		final int n = x.length;
		final int p = n == 0 ? 0 : x[0].length;
		double trace = 0;
		double fourth = 0;
		for (final double[] row : x) {
			double squares = 0;
			for (final double v : row) squares += v * v;
			trace += squares / n;
			fourth += squares * squares / n;
		}
		if (!(trace > 0)) throw new IllegalArgumentException("The rows have no covariance: nothing varies");
		final PrincipalAxes axes = PrincipalAxes.of(x, p);
		final double[] variances = axes.squares().clone();
		double norm = 0;
		for (int a = 0; a < variances.length; a++) {
			variances[a] /= n;
			norm += variances[a] * variances[a];
		}
		final double mu = trace / p;
		final double delta = (norm - mu * mu * p) / p;
		final double beta = Math.min((fourth - norm) / n / p, delta);
		final double shrinkage = beta <= 0 ? 0 : beta / delta;
		for (int a = 0; a < variances.length; a++)
			variances[a] = (1 - shrinkage) * variances[a] + shrinkage * mu;
		return new ShrunkCovariance(axes, variances, shrinkage, shrinkage * mu);
	}

	/** Returns the weight of the identity, 0 to 1. */
	public double shrinkage() {
		return shrinkage;
	}

	/**
	 * Returns the squared Mahalanobis distance of a row from the center; along directions without any variance, which
	 * are there only if nothing was shrunk, a row has no distance.
	 *
	 * @param row [features]
	 */
	public double squaredDistance(final double[] row) {
		double outside = 0;
		for (final double v : row) outside += v * v;
		double distance = 0;
		for (int a = 0; a < variances.length; a++) {
			double score = 0;
			for (int c = 0; c < row.length; c++) score += axes.vectors().data[a * row.length + c] * row[c];
			distance += score * score / variances[a];
			outside -= score * score;
		}
		return rest > 0 ? distance + Math.max(0, outside) / rest : distance;
	}
}
