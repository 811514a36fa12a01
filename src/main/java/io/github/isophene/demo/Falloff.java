// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

/**
 * Smooth profiles for drawing. The exponential comes from a table filled by
 * {@link StrictMath}: fast, and the same on every Java.
 */
final class Falloff {

	private static final int PER_UNIT = 128;
	private static final double END = 9;
	private static final float[] EXP = new float[(int) (END * PER_UNIT) + 1];
	static {
		for (int i = 0; i < EXP.length; i++) EXP[i] = (float) StrictMath.exp(-(i + .5) / PER_UNIT);
	}

	private Falloff() {}

	/** About exp(-t) for t >= 0, in steps of 1/128; 0 beyond 9. */
	static double exp(final double t) {
		return t < END ? EXP[(int) (t * PER_UNIT)] : 0;
	}

	/** exp(-(d / sigma)^2 / 2). */
	static double gauss(final double d, final double sigma) {
		final double q = d / sigma;
		return exp(.5 * q * q);
	}

	/** 0 below 0, 1 above 1, smooth between. */
	static double step(final double t) {
		if (t <= 0) return 0;
		if (t >= 1) return 1;
		return t * t * (3 - 2 * t);
	}
}
