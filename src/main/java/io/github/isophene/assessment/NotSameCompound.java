// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import io.github.isophene.profiles.Aggregation;
import org.scijava.plugin.Plugin;

/** NSC: share of treatments whose nearest treatment with another compound has the same label. */
@Plugin(type = Metric.class, priority = 46)
public final class NotSameCompound implements Metric {

	@Override
	public MetricInfo info() {
		return new MetricInfo("nsc", "NSC (not same compound)", MetricGroup.BIOLOGY, Direction.HIGHER, false,
			"Share of treatments (mean of their rows) whose nearest treatment by cosine, with another compound, has the same label.",
			"Ljosa 2013, J Biomol Screen 18:1321");
	}

	@Override
	public MetricResult measure(final AssessedProfiles profiles) {
		return measure(profiles, Aggregation.MEAN);
	}

	/** @param aggregation how rows become a treatment's profile */
	static MetricResult measure(final AssessedProfiles profiles, final Aggregation aggregation) {
		final TreatmentProfiles treatments = TreatmentProfiles.of(profiles, aggregation, false);
		final int[] compounds = treatments.compounds().of();
		if (treatments.compounds().size() < 2) throw new UndefinedMetricException("there is only one compound");
		return NearestTreatment.measure(treatments, (a, b) -> compounds[a] != compounds[b]);
	}
}
