// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics.builtin;

import java.util.Optional;

import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.metrics.Direction;
import io.github.isophene.metrics.DrawnBatches;
import io.github.isophene.metrics.Metric;
import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.metrics.WithinLabels;
import io.github.isophene.numerics.ChiSquare;
import org.scijava.plugin.Plugin;

/**
 * kBET: the share of rows whose neighborhood, among the rows of one label, has the batches
 * in the proportions that the label has (chi-square test at .05).
 * <p>
 * Neighbors are taken by distance within the label. (scib takes them by diffusion within
 * the graph of all cells, which needs thousands of cells per label.)
 * </p>
 */
@Plugin(type = Metric.class, priority = 88)
public final class KBet implements Metric {

	private static final double LEVEL = 0.05;
	private static final int FEWEST = 10;

	@Override
	public MetricInfo info() {
		return new MetricInfo("kbet", "kBET acceptance", MetricGroup.BATCH, Direction.HIGHER, true,
			"Share of rows whose neighbors within their label come from the batches as a random choice would (p >= " +
				".05).",
			"Büttner 2019, Nat Methods 16:43; neighborhood sizes as in Luecken 2022, Nat Methods 19:41");
	}

	@Override
	public MetricResult measure(final AssessedProfiles all) {
		return WithinLabels.mean(all, "no label has " + FEWEST + " rows in two batches or more", (part, batches) -> {
			if (part.size() < FEWEST) return Optional.empty();
			final int[][] neighbors = part.neighbors(size(part.size(), batches.size()) - 1).of();
			final double[] chance = new DrawnBatches(part, new int[part.size()])
				.moments(b -> acceptance(neighbors, b, batches.counts(b)));
			return Optional.of(
				new WithinLabels.Answer(acceptance(neighbors, batches.of(), batches.counts()), chance[0], chance[1]));
		});
	}

	/** A quarter of the mean number of rows per batch, but 10 to 70. */
	static int size(final int rows, final int batches) {
		return Math.min(rows, Math.min(70, Math.max(10, rows / batches / 4)));
	}

	/** @param neighbors of each row; the row itself belongs to its neighborhood, too */
	static double acceptance(final int[][] neighbors, final int[] batches, final int[] counts) {
		int accepted = 0;
		final double critical = ChiSquare.critical(LEVEL, counts.length - 1);
		for (int row = 0; row < neighbors.length; row++) {
			final double[] observed = new double[counts.length];
			observed[batches[row]]++;
			for (final int other : neighbors[row]) observed[batches[other]]++;
			double statistic = 0;
			for (int b = 0; b < counts.length; b++) {
				final double expected = counts[b] / (double) neighbors.length * (neighbors[row].length + 1);
				statistic += (observed[b] - expected) * (observed[b] - expected) / expected;
			}
			if (statistic <= critical) accepted++;
		}
		return accepted / (double) neighbors.length;
	}
}
