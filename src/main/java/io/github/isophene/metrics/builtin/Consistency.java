// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics.builtin;

import java.util.List;
import java.util.Map;

import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.metrics.AveragePrecision;
import io.github.isophene.metrics.Direction;
import io.github.isophene.metrics.MapMetric;
import io.github.isophene.metrics.Metric;
import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.metrics.MultiLabels;
import io.github.isophene.metrics.PairRule;
import io.github.isophene.metrics.TreatmentProfiles;
import io.github.isophene.metrics.UndefinedMetricException;
import io.github.isophene.profiles.Aggregation;
import org.scijava.plugin.Plugin;

/**
 * mAP, consistency: whether treatments of one label, by different compounds, are more
 * similar to each other than to those of other labels.
 */
@Plugin(type = Metric.class, priority = 47)
public final class Consistency implements Metric {

	@Override
	public MetricInfo info() {
		return new MetricInfo("map-consistency", "mAP, consistency", MetricGroup.BIOLOGY, Direction.HIGHER, true,
			"Whether compounds of one label are more similar to each other than to other labels (medians of " +
				"treatments).",
			"Kalinin 2025, Nat Commun 16:5181");
	}

	@Override
	public MetricResult measure(final AssessedProfiles profiles) {
		final TreatmentProfiles treatments = TreatmentProfiles.of(profiles, Aggregation.MEDIAN, false);
		if (MultiLabels.anyIn(treatments.labels())) return several(treatments, profiles.seed());
		if (treatments.labels().size() < 2) throw new UndefinedMetricException("there is only one label");
		final AveragePrecision rows = AveragePrecision.of(treatments.matrix().unit(),
			Map.of("label", treatments.labels(), "compound", treatments.compounds())::get,
			new PairRule(List.of("label"), List.of("compound")), new PairRule(List.of(), List.of("label")));
		return MapMetric.measure(rows, MapMetric.names(treatments.labels()), "labels", profiles.seed());
	}

	/** For labels such as A|B, each of which counts. */
	private static MetricResult several(final TreatmentProfiles treatments, final long seed) {
		final MultiLabels labels = MultiLabels.of(treatments.labels());
		if (labels.size() < 2) throw new UndefinedMetricException("there is only one label");
		final MultiLabels.Ranked ranked = labels.rank(treatments.matrix().unit(), treatments.compounds().of());
		return MapMetric.measure(ranked.precision(), ranked.labels(), "labels, of which a treatment may have several,",
			seed);
	}
}
