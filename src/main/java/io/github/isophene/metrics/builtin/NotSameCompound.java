// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics.builtin;

import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.metrics.Direction;
import io.github.isophene.metrics.Metric;
import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.metrics.NearestTreatment;
import io.github.isophene.metrics.TreatmentProfiles;
import io.github.isophene.metrics.UndefinedMetricException;
import io.github.isophene.profiles.Aggregation;
import org.scijava.plugin.Plugin;

/** NSC: share of treatments whose nearest treatment with another compound has the same label. */
@Plugin(type = Metric.class, priority = 46)
public final class NotSameCompound implements Metric {

	@Override
	public MetricInfo info() {
		return new MetricInfo("nsc", "NSC (not same compound)", MetricGroup.BIOLOGY, Direction.HIGHER, false,
			"Share of treatments (mean of their rows) whose nearest treatment by cosine, with another compound, has " +
				"the same label.",
			"Ljosa 2013, J Biomol Screen 18:1321");
	}

	@Override
	public MetricResult measure(final AssessedProfiles profiles) {
		return measure(profiles, Aggregation.MEAN);
	}

	/** @param aggregation how rows become a treatment's profile */
	public static MetricResult measure(final AssessedProfiles profiles, final Aggregation aggregation) {
		final TreatmentProfiles treatments = TreatmentProfiles.of(profiles, aggregation, false);
		final int[] compounds = treatments.compounds().of();
		if (treatments.compounds().size() < 2) throw new UndefinedMetricException("there is only one compound");
		return NearestTreatment.measure(treatments, (a, b) -> compounds[a] != compounds[b]);
	}
}
