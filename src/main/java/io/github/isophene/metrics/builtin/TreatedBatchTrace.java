// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics.builtin;

import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.metrics.ControlRows;
import io.github.isophene.metrics.Direction;
import io.github.isophene.metrics.Metric;
import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.metrics.NearestTrace;
import io.github.isophene.metrics.UndefinedMetricException;
import org.scijava.plugin.Plugin;

/** Share of treated rows whose nearest row of the same label, on another plate, is of the same batch. */
@Plugin(type = Metric.class, priority = 97)
public final class TreatedBatchTrace implements Metric {

	@Override
	public MetricInfo info() {
		return new MetricInfo("batch-trace-treated", "Batch trace, treated rows", MetricGroup.BATCH, Direction.LOWER,
			false,
			"Share of treated rows whose nearest row of the same label, on another plate, is of the same batch; " +
				"labels that " +
				"lie in one batch are left out; chance: a row of the label drawn at random. Euclidean, features " +
				"scaled by their spread within labels.",
			"nearest-neighbor probe within labels (our choice)")
			.withDecisive(true);
	}

	@Override
	public MetricResult measure(final AssessedProfiles all) {
		all.severalBatches();
		final AssessedProfiles treated = all.labeled().withBatch();
		if (treated.size() == 0) throw new UndefinedMetricException("no treated row has a label and a batch");
		final AssessedProfiles profiles = treated.sample();
		return NearestTrace.measure(profiles, profiles.labels(), profiles.batches(),
			ControlRows.splitUnits(profiles).of(),
			"no label has rows " + (ControlRows.hasPlatesPerBatch(profiles) ? "on two plates" : "in two wells") +
				" of a batch and in another batch",
			ControlRows.note(profiles, treated.size()));
	}
}
