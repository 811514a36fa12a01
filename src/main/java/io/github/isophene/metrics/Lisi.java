// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.Arrays;

import io.github.isophene.numerics.Neighbours;
import io.github.isophene.numerics.Parallel;

/**
 * The local inverse Simpson index (Korsunsky et al. 2019, Nat Methods 16:1289): how many
 * classes a row sees among its neighbours, which are weighted by their distance so that the
 * weights have a given perplexity.
 */
public final class Lisi {

	/** The row itself and its neighbours together. */
	public static final int NEIGHBOURHOOD = 90;

	private static final int FEWEST = 10;

	/** [rows][neighbours], weights that add up to 1. */
	private final double[][] weights;
	private final int[][] neighbours;

	/** @throws UndefinedMetricException if there are too few rows */
	public Lisi(final AssessedProfiles profiles) {
		final int size = Math.min(NEIGHBOURHOOD, profiles.size());
		if (size < FEWEST) {
			throw new UndefinedMetricException("there are only " + profiles.size() + " rows; " + FEWEST + " are needed");
		}
		final Neighbours nearest = profiles.neighbours(size - 1);
		neighbours = nearest.of();
		weights = new double[neighbours.length][];
		final double perplexity = Math.floor(size / 3.0);
		Parallel.run(weights.length, row -> weights[row] = weights(nearest.distance()[row], perplexity));
	}

	/** The index of each row, from 1 to the number of classes. */
	public double[] indices(final int[] classes, final int count) {
		final double[] indices = new double[weights.length];
		Parallel.run(indices.length, row -> {
			final double[] shares = new double[count];
			for (int i = 0; i < weights[row].length; i++) shares[classes[neighbours[row][i]]] += weights[row][i];
			indices[row] = 1 / Arrays.stream(shares).map(s -> s * s).sum();
		});
		return indices;
	}

	/** Weights exp(-beta d), adding up to 1, with the beta that gives them an entropy of log(perplexity), found by bisection. */
	public static double[] weights(final double[] distances, final double perplexity) {
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
