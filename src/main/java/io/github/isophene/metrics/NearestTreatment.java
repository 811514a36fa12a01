// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.isophene.messages.Count;
import io.github.isophene.numerics.Neighbors;

/** Share of treatments whose nearest allowed treatment (cosine) has the same label: what NSC and NSCB count. */
public final class NearestTreatment {

	private NearestTreatment() {}

	/**
	 * The share of treatments whose nearest one shares a label with them.
	 *
	 * @param allowed which treatments may be a treatment's nearest
	 * @throws UndefinedMetricException if no treatment is allowed another of its label
	 */
	public static MetricResult measure(final TreatmentProfiles treatments, final Neighbors.Allowed allowed) {
		final MultiLabels labels = MultiLabels.of(treatments.labels());
		final int n = treatments.size();
		final int[][] nearest = Neighbors.cosine(treatments.matrix().unit(), 1, allowed).of();
		final int[] right = new int[labels.size()];
		final int[] counts = new int[labels.size()];
		int sum = 0;
		int possible = 0;
		double chance = 0;
		for (int t = 0; t < n; t++) {
			final boolean hit = nearest[t].length > 0 && labels.match(t, nearest[t][0]);
			for (int k = labels.of()[t].nextSetBit(0); k >= 0; k = labels.of()[t].nextSetBit(k + 1)) {
				counts[k]++;
				if (hit) right[k]++;
			}
			if (hit) sum++;
			final double level = chance(labels, t, allowed);
			if (level > 0) possible++;
			chance += level / n;
		}
		if (possible == 0)
			throw new UndefinedMetricException(
				"no treatment has another that it may be nearest to (of another compound, for " +
					"NSCB also of another batch) of its label");
		final Map<String, Double> groups = new LinkedHashMap<>();
		for (int k = 0; k < right.length; k++) groups.put(labels.names().get(k), right[k] / (double) counts[k]);
		return MetricResult.of(sum / (double) n, chance)
			.withGroups(groups)
			.withNote(sum + " of " + Count.of(n, "treatment") +
				(possible < n ? ", of which " + (n - possible) + " have no other of their label to be nearest to"
					: ""));
	}

	/** The share of the allowed treatments that share a label. */
	private static double chance(final MultiLabels labels, final int t, final Neighbors.Allowed allowed) {
		int same = 0;
		int count = 0;
		for (int other = 0; other < labels.of().length; other++) {
			if (other == t || !allowed.test(t, other)) continue;
			count++;
			if (labels.match(t, other)) same++;
		}
		return count == 0 ? 0 : same / (double) count;
	}
}
