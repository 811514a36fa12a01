// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics.builtin;

import java.util.List;
import java.util.Map;

import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.metrics.AveragePrecision;
import io.github.isophene.metrics.Categories;
import io.github.isophene.metrics.Direction;
import io.github.isophene.metrics.MapMetric;
import io.github.isophene.metrics.Metric;
import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.metrics.PairRule;
import io.github.isophene.metrics.TreatedRows;
import io.github.isophene.metrics.UndefinedMetricException;
import org.scijava.plugin.Plugin;

/** mAP, replicability: whether a treatment's replicates are more similar to each other than to other treatments. */
@Plugin(type = Metric.class, priority = 48)
public final class Replicability implements Metric {

	@Override
	public MetricInfo info() {
		return new MetricInfo("map-replicability", "mAP, replicability", MetricGroup.BIOLOGY, Direction.HIGHER, false,
			"Whether replicates of a treatment are more similar to each other than to other treatments.",
			"Kalinin 2025, Nat Commun 16:5181");
	}

	@Override
	public MetricResult measure(final AssessedProfiles all) {
		final AssessedProfiles profiles = TreatedRows.of(all);
		final Categories treatments = profiles.treatments();
		if (treatments.size() < 2) throw new UndefinedMetricException("there is only one treatment");
		final AveragePrecision rows = AveragePrecision.of(profiles.unit(), Map.of("treatment", treatments)::get,
			PairRule.same("treatment"), new PairRule(List.of(), List.of("treatment")));
		final MetricResult result = MapMetric.measure(rows, MapMetric.names(treatments), "treatments", all.seed());
		return result.withRows(profiles.spread(rows.precision()))
			.withNote(result.note() + TreatedRows.note(all, profiles));
	}
}
