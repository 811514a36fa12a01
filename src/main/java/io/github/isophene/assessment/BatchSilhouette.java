// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.scijava.plugin.Plugin;

/** How little batches stand apart within each label: mean over labels of mean(1 - |silhouette width|). */
@Plugin(type = Metric.class, priority = 89)
public final class BatchSilhouette implements Metric {

	@Override
	public MetricInfo info() {
		return new MetricInfo("silhouette-batch", "Silhouette (batches)", MetricGroup.BATCH, Direction.HIGHER, true,
			"Whether batches overlap within each label, controls being a label of their own: mean of 1 - |silhouette width|.",
			"Rousseeuw 1987; Luecken 2022, Nat Methods 19:41");
	}

	@Override
	public MetricResult measure(final AssessedProfiles all) {
		final AssessedProfiles profiles = all.sample().withBatch();
		profiles.severalBatches();
		final Codes labels = profiles.labelsAndControls();
		final Map<String, Double> groups = new LinkedHashMap<>();
		final double[] values = new double[labels.size()];
		final double[] chances = new double[labels.size()];
		final int[][] rows = labels.rows();
		for (int k = 0; k < values.length; k++) {
			final AssessedProfiles part = profiles.select(rows[k]);
			final Codes batches = part.batches();
			values[k] = chances[k] = Double.NaN;
			if (batches.size() < 2 || batches.size() == part.size()) continue;
			final int[][] permuted = Statistics.permutations(batches.of(), profiles.seed());
			final int[][] ways = Arrays.copyOf(permuted, permuted.length + 1);
			ways[permuted.length] = batches.of();
			final double[][] widths = Silhouette.widths(part.matrix(), ways);
			values[k] = overlap(widths[permuted.length]);
			chances[k] = Arrays.stream(widths, 0, permuted.length).mapToDouble(BatchSilhouette::overlap).average().orElseThrow();
			groups.put(labels.names().get(k), values[k]);
		}
		if (groups.isEmpty()) throw new UndefinedMetricException("no label occurs in two batches with more than one row in one of them");
		return MetricResult.of(Statistics.mean(values), Statistics.mean(chances)).withGroups(groups).withNote(all.sampleNote());
	}

	private static double overlap(final double[] widths) {
		return Arrays.stream(widths).map(w -> 1 - Math.abs(w)).average().orElseThrow();
	}
}
