// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

/** Student's t distribution with a whole number of degrees of freedom. */
public final class StudentT {

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
	 * Returns the probability of a |t| at least as large, by the finite sums for whole degrees of freedom (Abramowitz
	 * and
	 * Stegun 26.7.3 and 26.7.4).
	 *
	 * @param freedom degrees of freedom, 1 or more
	 */
	public static double twoSided(final double t, final int freedom) {
		final double theta = Math.atan(Math.abs(t) / Math.sqrt(freedom));
		final double cos = Math.cos(theta);
		final double sin = Math.sin(theta);
		double inside;
		if (freedom % 2 == 1) {
			double sum = 0;
			double term = cos;
			for (int k = 3; k <= freedom; k += 2) {
				sum += term;
				term *= cos * cos * (k - 1) / k;
			}
			inside = 2 / Math.PI * (theta + (freedom > 1 ? sin * sum : 0));
		}
		else {
			double sum = 0;
			double term = 1;
			for (int k = 2; k <= freedom; k += 2) {
				sum += term;
				term *= cos * cos * (k - 1) / k;
			}
			inside = sin * sum;
		}
		return Math.max(0, 1 - inside);
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
	 * Returns the |t| that is exceeded with a probability, by bisection.
	 *
	 * @param p two-sided probability, above 0 and below 1
	 * @param freedom degrees of freedom, 1 or more
	 */
	public static double quantile(final double p, final int freedom) {
		double low = 0;
		double high = 1;
		while (twoSided(high, freedom) > p) high *= 2;
		for (int i = 0; i < 100; i++) {
			final double middle = (low + high) / 2;
			if (twoSided(middle, freedom) > p) low = middle;
			else high = middle;
		}
		return (low + high) / 2;
	}
}
