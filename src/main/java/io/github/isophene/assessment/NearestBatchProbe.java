// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.Arrays;

import org.scijava.plugin.Plugin;

/** How often the nearest negative control of another plate is of the same batch. */
@Plugin(type = Metric.class, priority = 98)
public final class NearestBatchProbe implements Metric {

	@Override
	public MetricInfo info() {
		return new MetricInfo("batch-probe-1nn", "Batch probe, nearest neighbour", MetricGroup.BATCH, Direction.LOWER, false,
			"Share of negative controls whose nearest control by cosine, on another plate, is of the same batch; " +
				"chance: the most common batch.", "nearest-neighbour probe on controls, same plate excluded (our choice)");
	}

	@Override
	public MetricResult measure(final AssessedProfiles profiles) {
		final AssessedProfiles all = ControlRows.ofSeveralBatches(profiles);
		final AssessedProfiles controls = all.sample();
		final Codes batches = controls.batches();
		final int[] units = ControlRows.splitUnits(controls).of();
		final int[][] nearest = Neighbours.cosine(controls.unit(), 1, (a, b) -> units[a] != units[b]).of();
		final int[] predicted = Arrays.stream(nearest).mapToInt(n -> n.length == 0 ? -1 : batches.of()[n[0]]).toArray();
		return Recognition.of(predicted, batches, ControlRows.note(controls, all.size())).withRows(controls.spread(Recognition.rows(
			predicted, batches)));
	}
}
