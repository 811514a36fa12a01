// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.Arrays;

import io.github.isophene.messages.Count;
import io.github.isophene.numerics.Neighbors;
import io.github.isophene.numerics.Parallel;
import io.github.isophene.numerics.PerplexityWeights;

/**
 * The local inverse Simpson index (Korsunsky et al. 2019, Nat Methods 16:1289): how many
 * classes a row sees among its neighbors, which are weighted by their distance so that the
 * weights have a given perplexity.
 */
public final class Lisi {

	/** The row itself and its neighbors together. */
	public static final int NEIGHBORHOOD = 90;

	private static final int FEWEST = 10;

	/** [rows][neighbors], weights that add up to 1. */
	private final double[][] weights;
	private final int[][] neighbors;

	/** @throws UndefinedMetricException if there are too few rows */
	public Lisi(final AssessedProfiles profiles) {
		final int size = Math.min(NEIGHBORHOOD, profiles.size());
		if (size < FEWEST) {
			throw new UndefinedMetricException(
				"there are only " + Count.of(profiles.size(), "row") + "; " + FEWEST + " are needed");
		}
		final Neighbors nearest = profiles.neighbors(size - 1);
		neighbors = nearest.of();
		weights = new double[neighbors.length][];
		final double perplexity = Math.floor(size / 3.0);
		Parallel.run(weights.length, row -> weights[row] = PerplexityWeights.of(nearest.distance()[row], perplexity));
	}

	/** The index of each row, from 1 to the number of classes. */
	public double[] indices(final int[] classes, final int count) {
		final double[] indices = new double[weights.length];
		Parallel.run(indices.length, row -> {
			final double[] shares = new double[count];
			for (int i = 0; i < weights[row].length; i++) shares[classes[neighbors[row][i]]] += weights[row][i];
			indices[row] = 1 / Arrays.stream(shares).map(s -> s * s).sum();
		});
		return indices;
	}
}
