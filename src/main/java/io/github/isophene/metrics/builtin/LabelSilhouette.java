// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics.builtin;

import java.util.Arrays;

import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.metrics.Categories;
import io.github.isophene.metrics.Direction;
import io.github.isophene.metrics.Metric;
import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.metrics.Silhouette;
import io.github.isophene.numerics.Statistics;
import org.scijava.plugin.Plugin;

/** Silhouette of labels: mean silhouette width, from 0 to 1. */
@Plugin(type = Metric.class, priority = 39)
public final class LabelSilhouette implements Metric {

	@Override
	public MetricInfo info() {
		return new MetricInfo("silhouette-label", "Silhouette (labels)", MetricGroup.BIOLOGY, Direction.HIGHER, true,
			"Whether rows lie nearer to their own label than to the next: (mean silhouette width + 1) / 2. Without " +
				"controls.",
			"Rousseeuw 1987; scaled as in Luecken 2022, Nat Methods 19:41");
	}

	@Override
	public MetricResult measure(final AssessedProfiles all) {
		final AssessedProfiles profiles = all.replicated().sample();
		final Categories labels = profiles.severalLabels();
		final int[][] permuted = Statistics.permutations(labels.of(), profiles.seed());
		final int[][] ways = Arrays.copyOf(permuted, permuted.length + 1);
		ways[permuted.length] = labels.of();
		final double[][] widths = Silhouette.widths(profiles.matrix(), ways);
		double chance = 0;
		for (int p = 0; p < permuted.length; p++) chance += scale(widths[p]) / permuted.length;
		final double[] own = widths[permuted.length];
		return MetricResult.of(scale(own), chance).withRows(profiles.spread(own)).withNote(all.replicatedNote());
	}

	private static double scale(final double[] widths) {
		return (Statistics.mean(widths) + 1) / 2;
	}
}
