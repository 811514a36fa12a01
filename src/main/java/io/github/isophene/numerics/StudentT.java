// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.special.Beta;

/** Student's t distribution with a whole number of degrees of freedom. */
public final class StudentT {

	/** Of a quantile. */
	private static final double ACCURACY = 1e-14;

	private StudentT() {}

	/**
	 * Returns the p-value of a two-sided paired t-test.
	 *
	 * @param differences at least two; all the same and not 0 gives 0, all 0 gives 1
	 */
	public static double pairedP(final double[] differences) {
		final int n = differences.length;
		double mean = 0;
		for (final double d : differences) mean += d / n;
		double squares = 0;
		for (final double d : differences) squares += (d - mean) * (d - mean);
		if (squares == 0) return mean == 0 ? 1 : 0;
		return twoSided(mean / Math.sqrt(squares / (n - 1) / n), n - 1);
	}

	/**
	 * Returns the probability of a |t| at least as large.
	 *
	 * @param freedom degrees of freedom, 1 or more
	 */
	public static double twoSided(final double t, final int freedom) {
		return Beta.regularizedBeta(freedom / (freedom + t * t), freedom / 2.0, 0.5);
	}

	/**
	 * Returns half of the width of the 95 % confidence interval of a mean of paired differences.
	 *
	 * @param differences at least two
	 */
	public static double halfWidth(final double[] differences) {
		final double[] moments = Statistics.moments(differences);
		return quantile(0.05, differences.length - 1) * moments[1] / Math.sqrt(differences.length);
	}

	/**
	 * Returns the |t| that is exceeded with a probability.
	 *
	 * @param p two-sided probability, above 0 and below 1
	 * @param freedom degrees of freedom, 1 or more
	 */
	public static double quantile(final double p, final int freedom) {
		return new TDistribution(null, freedom, ACCURACY).inverseCumulativeProbability(1 - p / 2);
	}
}
