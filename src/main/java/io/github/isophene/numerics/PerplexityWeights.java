// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

import java.util.Arrays;

/** Weights of neighbors that fall with their distance, as t-SNE and LISI have them. */
public final class PerplexityWeights {

	private PerplexityWeights() {}

	/**
	 * Returns weights exp(-beta d) that add up to 1, with the beta that gives
	 * them an entropy of log(perplexity). It is found by Newton's method, which needs a quarter of the exponentials
	 * that bisection needs; a step that leaves the interval known to hold the solution is replaced by its middle.
	 */
	public static double[] of(final double[] distances, final double perplexity) {
		final double target = Math.log(perplexity);
		// Weights are the same if every distance is less by as much, but don't all vanish.
		final double nearest = Arrays.stream(distances).min().orElse(0);
		final double mean = Arrays.stream(distances).average().orElse(0) - nearest;
		final double[] p = new double[distances.length];
		double beta = mean > 0 ? 1 / mean : 1;
		double low = 0;
		double high = Double.POSITIVE_INFINITY;
		for (int tries = 0;; tries++) {
			double sum = 0;
			double weighted = 0;
			double squares = 0;
			for (int i = 0; i < p.length; i++) {
				final double d = distances[i] - nearest;
				p[i] = Math.exp(-beta * d);
				sum += p[i];
				weighted += p[i] * d;
				squares += p[i] * d * d;
			}
			final double expected = weighted / sum;
			final double excess = Math.log(sum) + beta * expected - target;
			if (Math.abs(excess) < 1e-5 || tries == 100) {
				for (int i = 0; i < p.length; i++) p[i] /= sum;
				return p;
			}
			if (excess > 0) low = beta;
			else high = beta;
			// The entropy falls by beta times the variance of the distances.
			final double newton = beta + excess / (beta * (squares / sum - expected * expected));
			if (newton > low && newton < high) beta = newton;
			else beta = Double.isInfinite(high) ? beta * 2 : (low + high) / 2;
		}
	}
}
