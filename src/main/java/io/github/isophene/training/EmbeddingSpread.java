// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.util.Arrays;
import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.github.isophene.network.AngularMargin;

/** Spread of the embeddings of a batch: what {@link Collapse} looks at. */
public final class EmbeddingSpread {

	private EmbeddingSpread() {}

	/**
	 * Adds the share of the class that is predicted most.
	 *
	 * @param logits [N, K]; not closed
	 */
	public static void addPredictions(final NDArray logits, final Map<String, Double> figures) {
		final int k = (int) logits.getShape().get(1);
		final int[] counts = new int[k];
		try (NDArray detached = logits.stopGradient(); NDArray best = detached.argMax(1)) {
			final long[] predicted = best.toLongArray();
			for (final long p : predicted) counts[(int) p]++;
			figures.put(Collapse.PREDICTED, (double) Arrays.stream(counts).max().orElse(0) / predicted.length);
		}
	}

	/**
	 * Adds the two figures of the rows, each divided by its length.
	 *
	 * @param rows [N, D], N at least 2; not closed
	 */
	public static void add(final NDArray rows, final Map<String, Double> figures) {
		final long n = rows.getShape().get(0);
		if (n < 2) return;
		try (NDArray detached = rows.stopGradient();
			NDArray unit = AngularMargin.normalized(detached);
			NDArray sum = unit.sum(new int[]{0});
			NDArray square = sum.square();
			NDArray total = square.sum();
			NDArray value = total.toType(DataType.FLOAT64, true))
		{
			final double s = value.getDouble();
			figures.put(Collapse.COSINE, (s - n) / ((double) n * (n - 1)));
			figures.put(Collapse.VARIANCE, 1 - s / ((double) n * n));
		}
	}
}
