// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

import java.util.Arrays;

/** Weights of neighbors that fall with their distance, as t-SNE and LISI have them. */
public final class PerplexityWeights {

	private PerplexityWeights() {}

	/**
	 * Returns weights exp(-beta d) that add up to 1, with the beta that gives
	 * them an entropy of log(perplexity), found by bisection.
	 */
	public static double[] of(final double[] distances, final double perplexity) {
		final double target = Math.log(perplexity);
		// Weights are the same if every distance is less by as much, but don't all vanish.
		final double nearest = Arrays.stream(distances).min().orElse(0);
		final double[] p = new double[distances.length];
		double beta = 1;
		double low = Double.NEGATIVE_INFINITY;
		double high = Double.POSITIVE_INFINITY;
		for (int tries = 0;; tries++) {
			double sum = 0;
			double weighted = 0;
			for (int i = 0; i < p.length; i++) {
				p[i] = Math.exp(-beta * (distances[i] - nearest));
				sum += p[i];
				weighted += p[i] * (distances[i] - nearest);
			}
			final double excess = Math.log(sum) + beta * weighted / sum - target;
			if (Math.abs(excess) < 1e-5 || tries == 100) {
				for (int i = 0; i < p.length; i++) p[i] /= sum;
				return p;
			}
			if (excess > 0) {
				low = beta;
				beta = Double.isInfinite(high) ? beta * 2 : (beta + high) / 2;
			}
			else {
				high = beta;
				beta = Double.isInfinite(low) ? beta / 2 : (beta + low) / 2;
			}
		}
	}
}
