// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics.builtin;

import java.util.Arrays;
import java.util.Optional;

import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.metrics.Direction;
import io.github.isophene.metrics.DrawnBatches;
import io.github.isophene.metrics.Metric;
import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.metrics.Silhouette;
import io.github.isophene.metrics.WithinLabels;
import io.github.isophene.numerics.Statistics;
import org.scijava.plugin.Plugin;

/** Silhouette of batches within each label: mean over labels of mean(1 - |silhouette width|). */
@Plugin(type = Metric.class, priority = 89)
public final class BatchSilhouette implements Metric {

	private static final int DRAWS = 5;

	@Override
	public MetricInfo info() {
		return new MetricInfo("silhouette-batch", "Silhouette (batches)", MetricGroup.BATCH, Direction.HIGHER, true,
			"Whether batches overlap within each label, controls being a label of their own: mean of 1 - |silhouette " +
				"width|.",
			"Rousseeuw 1987; Luecken 2022, Nat Methods 19:41");
	}

	@Override
	public MetricResult measure(final AssessedProfiles all) {
		return WithinLabels.mean(all, "no label occurs in two batches with more than one row in one of them",
			(part, batches) -> {
				if (batches.size() == part.size()) return Optional.empty();
				final int[][] permuted = new DrawnBatches(part, new int[part.size()]).draws(DRAWS);
				final int[][] ways = Arrays.copyOf(permuted, permuted.length + 1);
				ways[permuted.length] = batches.of();
				final double[][] widths = Silhouette.widths(part.matrix(), ways);
				final double[] chance = Statistics
					.moments(Arrays.stream(widths, 0, permuted.length).mapToDouble(BatchSilhouette::overlap).toArray());
				return Optional.of(new WithinLabels.Answer(overlap(widths[permuted.length]), chance[0], chance[1]));
			});
	}

	private static double overlap(final double[] widths) {
		return Arrays.stream(widths).map(w -> 1 - Math.abs(w)).average().orElseThrow();
	}
}
