// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.util.Arrays;

import io.github.isophene.numerics.RandomStream;

/**
 * Draws mixtures of classes as the published label-shift test does (Sanchez-Fernandez et al.
 * 2026): class probabilities ~ Dirichlet(alpha, ..., alpha), counts ~ multinomial, and the
 * counts rotated through the classes, so that over the rotations every class is equally
 * frequent and only the mixture within a set is shifted.
 */
public final class LabelShift {

	private LabelShift() {}

	/**
	 * The count vectors of all K rotations of one draw.
	 *
	 * @param classes K
	 * @param n how many queries each has
	 * @param alpha concentration: infinite = all classes equally probable, the smaller the purer
	 * @return [K][K], rotation by class
	 * @throws IllegalArgumentException if alpha isn't positive
	 */
	public static int[][] counts(final int classes, final int n, final double alpha, final RandomStream random) {
		final int[] first = multinomial(n, dirichlet(classes, alpha, random), random);
		final int[][] rotations = new int[classes][classes];
		for (int r = 0; r < classes; r++) for (int k = 0; k < classes; k++) rotations[r][(k + r) % classes] = first[k];
		return rotations;
	}

	/**
	 * One draw of probabilities. Independent gammas, normalized; in logarithms, as with alpha =
	 * .01 most gammas are smaller than the smallest double.
	 */
	static double[] dirichlet(final int classes, final double alpha, final RandomStream random) {
		if (!(alpha > 0)) throw new IllegalArgumentException("alpha = " + alpha + ": it must be above 0, or inf");
		final double[] p = new double[classes];
		if (Double.isInfinite(alpha)) {
			Arrays.fill(p, 1.0 / classes);
			return p;
		}
		double max = Double.NEGATIVE_INFINITY;
		for (int k = 0; k < classes; k++) max = Math.max(max, p[k] = logGamma(alpha, random));
		double sum = 0;
		for (int k = 0; k < classes; k++) sum += p[k] = StrictMath.exp(p[k] - max);
		for (int k = 0; k < classes; k++) p[k] /= sum;
		return p;
	}

	/**
	 * The logarithm of a gamma variate of this shape (Marsaglia, Tsang 2000, ACM TOMS 26:363),
	 * that of shape a as that of shape a + 1 times U^(1/a).
	 */
	private static double logGamma(final double shape, final RandomStream random) {
		final double d = shape + 1 - 1.0 / 3;
		final double c = 1 / Math.sqrt(9 * d);
		while (true) {
			final double x = random.nextGaussian();
			final double v = (1 + c * x) * (1 + c * x) * (1 + c * x);
			if (v <= 0) continue;
			final double u = 1 - random.nextDouble();
			if (StrictMath.log(u) < x * x / 2 + d - d * v + d * StrictMath.log(v)) {
				return StrictMath.log(d * v) + StrictMath.log(1 - random.nextDouble()) / shape;
			}
		}
	}

	private static int[] multinomial(final int n, final double[] p, final RandomStream random) {
		final int[] counts = new int[p.length];
		for (int i = 0; i < n; i++) {
			double u = random.nextDouble();
			int k = 0;
			while (k < p.length - 1 && u >= p[k]) u -= p[k++];
			counts[k]++;
		}
		return counts;
	}
}
