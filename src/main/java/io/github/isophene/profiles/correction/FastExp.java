// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles.correction;

/**
 * The exponential function of numbers that are not positive, to 1e-12 relative, and 0 below
 * -40. Plain arithmetic: faster than Math.exp, and the same on every machine.
 */
final class FastExp {

	private static final double LOG2E = 1.4426950408889634;
	private static final double LN2 = 0.6931471805599453;

	private FastExp() {}

	static double of(final double x) {
		if (!(x > -40)) return 0;
		final int k = (int) (x * LOG2E - .5);
		final double r = x - k * LN2;
		double p = 1.0 / 3628800;
		p = p * r + 1.0 / 362880;
		p = p * r + 1.0 / 40320;
		p = p * r + 1.0 / 5040;
		p = p * r + 1.0 / 720;
		p = p * r + 1.0 / 120;
		p = p * r + 1.0 / 24;
		p = p * r + 1.0 / 6;
		p = p * r + .5;
		p = p * r + 1;
		p = p * r + 1;
		return p * Double.longBitsToDouble((long) (k + 1023) << 52);
	}
}
