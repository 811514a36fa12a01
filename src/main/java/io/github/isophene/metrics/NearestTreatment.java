// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.isophene.numerics.Neighbours;

/** Whether the nearest treatment (cosine) of those allowed has the same label: what NSC and NSCB count. */
public final class NearestTreatment {

	private NearestTreatment() {}

	/** @param allowed which treatments may be a treatment's nearest */
	public static MetricResult measure(final TreatmentProfiles treatments, final Neighbours.Allowed allowed) {
		final int[] labels = treatments.labels().of();
		final int[][] nearest = Neighbours.cosine(treatments.matrix().unit(), 1, allowed).of();
		final int[] right = new int[treatments.labels().size()];
		int sum = 0;
		double chance = 0;
		for (int t = 0; t < labels.length; t++) {
			if (nearest[t].length > 0 && labels[nearest[t][0]] == labels[t]) {
				right[labels[t]]++;
				sum++;
			}
			chance += chance(labels, t, allowed) / labels.length;
		}
		final Map<String, Double> groups = new LinkedHashMap<>();
		final int[] counts = treatments.labels().counts();
		for (int k = 0; k < right.length; k++) groups.put(treatments.labels().names().get(k), right[k] / (double) counts[k]);
		return MetricResult.of(sum / (double) labels.length, chance).withGroups(groups).withNote(sum + " of " + labels.length +
			" treatments");
	}

	/** The share of the allowed treatments that have the same label. */
	private static double chance(final int[] labels, final int t, final Neighbours.Allowed allowed) {
		int same = 0;
		int count = 0;
		for (int other = 0; other < labels.length; other++) {
			if (other == t || !allowed.test(t, other)) continue;
			count++;
			if (labels[other] == labels[t]) same++;
		}
		return count == 0 ? 0 : same / (double) count;
	}
}
