// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.isophene.numerics.Matrix;

/**
 * Labels that occur in two batches or more, controls being a label of their own. Of a label that lies in one
 * batch nobody
 * can tell its biology from the batch effect, so that questions on batches are asked within the others.
 *
 * @param spanning names of those
 * @param confined names of the others
 */
public record SpanningLabels(List<String> spanning, List<String> confined) {

	public static SpanningLabels of(final AssessedProfiles profiles) {
		final Categories labels = labels(profiles);
		final boolean[] spans = spans(profiles, labels);
		final List<String> spanning = new ArrayList<>();
		final List<String> confined = new ArrayList<>();
		for (int k = 0; k < spans.length; k++) (spans[k] ? spanning : confined).add(labels.names().get(k));
		return new SpanningLabels(spanning, confined);
	}

	/**
	 * The rows of labels that span batches, and those without a label; the profiles themselves where that is all.
	 *
	 * @throws UndefinedMetricException if no label spans batches
	 */
	public static AssessedProfiles rows(final AssessedProfiles profiles) {
		final Categories labels = labels(profiles);
		if (labels.size() == 0) return profiles;
		final boolean[] spans = spans(profiles, labels);
		final int[] which = Matrix.indices(profiles.size(), i -> labels.of()[i] >= 0 && !spans[labels.of()[i]] ? -1 : i,
			i -> i >= 0);
		final boolean any = Arrays.stream(which).anyMatch(i -> labels.of()[i] >= 0);
		if (!any) {
			profiles.severalBatches();
			throw new UndefinedMetricException(
				"no label occurs in two batches, so a batch effect can't be told from the labels' biology");
		}
		return which.length == profiles.size() ? profiles : profiles.select(which);
	}

	/** The label of each row as a number from 0 on; rows without one are a group of their own. */
	public static int[] groups(final AssessedProfiles profiles) {
		final Categories labels = labels(profiles);
		return Matrix.indices(profiles.size(), i -> labels.of()[i] < 0 ? labels.size() : labels.of()[i]);
	}

	private static Categories labels(final AssessedProfiles profiles) {
		final String[] values = new String[profiles.size()];
		for (int i = 0; i < values.length; i++) {
			values[i] = profiles.isControl(i) ? "negative control" : profiles.roles().label().isEmpty() ? ""
				: profiles.metadata(profiles.roles().label(), i);
		}
		return Categories.of(values);
	}

	private static boolean[] spans(final AssessedProfiles profiles, final Categories labels) {
		final int[] batches = profiles.batches().of();
		final boolean[] spans = new boolean[labels.size()];
		final int[] first = new int[labels.size()];
		Arrays.fill(first, -1);
		for (int i = 0; i < batches.length; i++) {
			final int label = labels.of()[i];
			if (label < 0 || batches[i] < 0) continue;
			if (first[label] < 0) first[label] = batches[i];
			else if (first[label] != batches[i]) spans[label] = true;
		}
		return spans;
	}
}
