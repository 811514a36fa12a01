// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics.builtin;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.metrics.Direction;
import io.github.isophene.metrics.Metric;
import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.metrics.MultiLabels;
import io.github.isophene.metrics.NearestTreatment;
import io.github.isophene.metrics.TreatmentProfiles;
import io.github.isophene.metrics.UndefinedMetricException;
import io.github.isophene.numerics.Matrix;
import io.github.isophene.profiles.Aggregation;
import org.scijava.plugin.Plugin;

/**
 * NSCB: share of treatments whose nearest treatment with another compound in another batch
 * has the same label. Treatments whose label occurs in one batch only could never be right
 * and are left out, as queries and as neighbors.
 */
@Plugin(type = Metric.class, priority = 45)
public final class NotSameCompoundOrBatch implements Metric {

	@Override
	public MetricInfo info() {
		return new MetricInfo("nscb", "NSCB (nor same batch)", MetricGroup.BIOLOGY, Direction.HIGHER, false,
			"As NSC, and the nearest treatment must be of another batch; without labels that occur in one batch only.",
			"Ando 2017, bioRxiv 161422")
			.withDecisive(true)
			.withSentence("The nearest treatment by another compound in another batch has the same label for %s of " +
				"the treatments");
	}

	@Override
	public MetricResult measure(final AssessedProfiles profiles) {
		return measure(profiles, Aggregation.MEAN);
	}

	/** @param aggregation how rows become a treatment's profile */
	public static MetricResult measure(final AssessedProfiles profiles, final Aggregation aggregation) {
		profiles.severalBatches();
		final TreatmentProfiles all = TreatmentProfiles.of(profiles, aggregation, true);
		final MultiLabels labels = MultiLabels.of(all.labels());
		final Map<Integer, Set<Integer>> batchesOf = new HashMap<>();
		for (int t = 0; t < all.size(); t++) {
			final int batch = all.batches().of()[t];
			labels.of()[t].stream().forEach(k -> batchesOf.computeIfAbsent(k, n -> new TreeSet<>()).add(batch));
		}
		final TreatmentProfiles treatments = all.select(Matrix.indices(all.size(),
			t -> labels.of()[t].stream().anyMatch(k -> batchesOf.get(k).size() > 1) ? t : -1, t -> t >= 0));
		if (treatments.size() == 0)
			throw new UndefinedMetricException(
				"no label has treatments in two batches (a treatment of several batches counts for its most frequent)");
		final int[] compounds = treatments.compounds().of();
		final int[] batches = treatments.batches().of();
		return NearestTreatment.measure(treatments, (a, b) -> compounds[a] != compounds[b] && batches[a] != batches[b]);
	}
}
