// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics.builtin;

import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.metrics.Categories;
import io.github.isophene.metrics.ControlRows;
import io.github.isophene.metrics.Direction;
import io.github.isophene.metrics.Metric;
import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.metrics.NearestTrace;
import io.github.isophene.numerics.Neighbors;
import org.scijava.plugin.Plugin;

/** Share of negative controls whose nearest control on another plate is of the same batch. */
@Plugin(type = Metric.class, priority = 98)
public final class NearestBatchProbe implements Metric {

	@Override
	public MetricInfo info() {
		return new MetricInfo("batch-probe-1nn", "Batch probe, nearest neighbor", MetricGroup.BATCH, Direction.LOWER,
			false,
			"Share of negative controls whose nearest control by cosine, on another plate, is of the same batch; " +
				"chance: a neighbor drawn at random.",
			"nearest-neighbor probe on controls, same plate excluded (our choice)");
	}

	@Override
	public MetricResult measure(final AssessedProfiles profiles) {
		final AssessedProfiles all = ControlRows.ofSeveralBatches(profiles);
		final AssessedProfiles controls = all.sample();
		return NearestTrace.measure(controls, new Categories(new int[controls.size()], java.util.List.of("control")),
			controls.batches(), ControlRows.splitUnits(controls).of(),
			"no class occurs in two of the groups that the rows are split by", ControlRows.note(controls, all.size()),
			(rows, allowed) -> Neighbors.cosine(controls.unit().select(rows), 1, allowed));
	}
}
