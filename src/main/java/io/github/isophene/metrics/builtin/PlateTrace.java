// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics.builtin;

import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.metrics.Categories;
import io.github.isophene.metrics.Direction;
import io.github.isophene.metrics.Metric;
import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.metrics.NearestTrace;
import io.github.isophene.metrics.UndefinedMetricException;
import org.scijava.plugin.Plugin;

/**
 * Share of rows whose nearest row of the same label, in another well, is of the same plate. What a correction that
 * learns each
 * plate from few wells leaves on it: their sampling error, which no question on batches sees.
 */
@Plugin(type = Metric.class, priority = 96)
public final class PlateTrace implements Metric {

	/** Plates differ within a batch without any batch effect: no batch score may rest on it. */
	@Override
	public MetricInfo info() {
		return new MetricInfo("plate-trace", "Plate trace", MetricGroup.BATCH, Direction.LOWER, false,
			"Share of rows whose nearest row of the same label, in another well, is of the same plate, controls " +
				"being a label; chance: a row of the label drawn at random. Euclidean, features scaled by " +
				"their spread within labels.",
			"nearest-neighbor probe within labels (our choice)")
			.withAlone(false)
			.withDecisive(true);
	}

	@Override
	public MetricResult measure(final AssessedProfiles all) {
		final AssessedProfiles profiles = all.sample();
		final Categories plates = profiles.plates();
		if (plates.size() < 2) throw new UndefinedMetricException("there is only one plate");
		final Categories wells = profiles.wells();
		return NearestTrace.measure(profiles, profiles.labelsAndControls(), plates, wells.of(),
			"no label has two wells on a plate and one on another", all.sampleNote());
	}
}
