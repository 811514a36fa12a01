// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

/** The chi-square distribution, by the incomplete gamma function (Abramowitz and Stegun 6.5.29, 6.5.31). */
public final class ChiSquare {

	private static final double[] LANCZOS = {0.99999999999980993, 676.5203681218851, -1259.1392167224028,
		771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
		1.5056327351493116e-7};

	private ChiSquare() {}

	/** The probability of at least this statistic with so many degrees of freedom. */
	public static double survival(final double statistic, final int freedom) {
		final double a = freedom / 2.0;
		final double x = statistic / 2;
		if (x <= 0) return 1;
		return x < a + 1 ? 1 - series(a, x) : fraction(a, x);
	}

	/** The statistic that is reached with a probability, by bisection. */
	public static double critical(final double probability, final int freedom) {
		double low = 0;
		double high = 1;
		while (survival(high, freedom) >= probability) high *= 2;
		for (int i = 0; i < 200 && low < Math.nextDown(high); i++) {
			final double middle = (low + high) / 2;
			if (survival(middle, freedom) >= probability) low = middle;
			else high = middle;
		}
		return low;
	}

	private static double series(final double a, final double x) {
		double term = 1 / a;
		double sum = term;
		for (int n = 1; n < 10_000 && term > sum * 1e-16; n++) {
			term *= x / (a + n);
			sum += term;
		}
		return sum * Math.exp(-x + a * Math.log(x) - logGamma(a));
	}

	/** The continued fraction, evaluated from its front (modified Lentz). */
	private static double fraction(final double a, final double x) {
		double b = x + 1 - a;
		double c = 1e300;
		double d = 1 / b;
		double h = d;
		for (int n = 1; n < 10_000; n++) {
			final double an = -n * (n - a);
			b += 2;
			d = 1 / (an * d + b);
			c = b + an / c;
			final double delta = d * c;
			h *= delta;
			if (Math.abs(delta - 1) < 1e-15) break;
		}
		return h * Math.exp(-x + a * Math.log(x) - logGamma(a));
	}

	/** Lanczos's approximation with g = 7. */
	static double logGamma(final double z) {
		if (z < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * z)) - logGamma(1 - z);
		final double x = z - 1;
		double sum = LANCZOS[0];
		for (int i = 1; i < LANCZOS.length; i++) sum += LANCZOS[i] / (x + i);
		final double t = x + 7.5;
		return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(t) - t + Math.log(sum);
	}
}
