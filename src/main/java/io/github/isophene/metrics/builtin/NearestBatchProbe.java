// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics.builtin;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.isophene.metrics.Accuracy;
import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.metrics.Categories;
import io.github.isophene.metrics.ControlRows;
import io.github.isophene.metrics.Direction;
import io.github.isophene.metrics.Metric;
import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.numerics.Neighbours;
import org.scijava.plugin.Plugin;

/** How often the nearest negative control of another plate is of the same batch. */
@Plugin(type = Metric.class, priority = 98)
public final class NearestBatchProbe implements Metric {

	@Override
	public MetricInfo info() {
		return new MetricInfo("batch-probe-1nn", "Batch probe, nearest neighbour", MetricGroup.BATCH, Direction.LOWER, false,
			"Share of negative controls whose nearest control by cosine, on another plate, is of the same batch; " +
				"chance: a neighbour drawn at random.", "nearest-neighbour probe on controls, same plate excluded (our choice)");
	}

	@Override
	public MetricResult measure(final AssessedProfiles profiles) {
		final AssessedProfiles all = ControlRows.ofSeveralBatches(profiles);
		final AssessedProfiles controls = all.sample();
		final Categories batches = controls.batches();
		final int[] units = ControlRows.splitUnits(controls).of();
		final int[][] nearest = Neighbours.cosine(controls.unit(), 1, (a, b) -> units[a] != units[b]).of();
		final int[] predicted = Arrays.stream(nearest).mapToInt(n -> n.length == 0 ? -1 : batches.of()[n[0]]).toArray();
		return Accuracy.of(predicted, batches, ControlRows.note(controls, all.size())).withChance(chance(batches.of(), units,
			predicted)).withRows(controls.spread(Accuracy.rows(predicted, batches)));
	}

	/** How often a control drawn at random from the other plates is of the same batch: less than the batch's share, which has that plate. */
	private static double chance(final int[] batches, final int[] units, final int[] predicted) {
		final Map<Integer, Integer> inBatch = new HashMap<>();
		final Map<Integer, Integer> onPlate = new HashMap<>();
		final Map<List<Integer>, Integer> inBoth = new HashMap<>();
		for (int i = 0; i < units.length; i++) {
			inBatch.merge(batches[i], 1, Integer::sum);
			onPlate.merge(units[i], 1, Integer::sum);
			inBoth.merge(List.of(batches[i], units[i]), 1, Integer::sum);
		}
		return IntStream.range(0, units.length).filter(i -> predicted[i] >= 0).mapToDouble(i -> (inBatch.get(batches[i]) - inBoth.get(
			List.of(batches[i], units[i]))) / (double) (units.length - onPlate.get(units[i]))).average().orElse(Double.NaN);
	}
}
