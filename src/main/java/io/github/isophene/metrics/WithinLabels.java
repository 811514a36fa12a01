// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.github.isophene.numerics.Statistics;

/**
 * A question on batches that is asked within each label, controls being a label of their own, and answered by
 * the mean over labels.
 */
public final class WithinLabels {

	/**
	 * Value and chance level of one label.
	 *
	 * @param value of the metric
	 * @param chance its level if batches were drawn
	 * @param noise standard deviation of that level
	 */
	public record Answer(double value, double chance, double noise) {}

	/** Asks one label. */
	public interface Question {

		/**
		 * The answer, or nothing where it isn't defined.
		 *
		 * @param part the label's rows
		 * @param batches of these
		 */
		Optional<Answer> of(AssessedProfiles part, Categories batches);
	}

	private WithinLabels() {}

	/**
	 * Asks every label of a sample that occurs in several batches.
	 *
	 * @param missing why nothing is defined if no label answers
	 * @throws UndefinedMetricException if there are no two batches, or no label answers
	 */
	public static MetricResult mean(final AssessedProfiles all, final String missing, final Question question) {
		final AssessedProfiles profiles = all.sample().withBatch();
		profiles.severalBatches();
		final Categories labels = profiles.labelsAndControls();
		final int[][] rows = labels.rows();
		final Map<String, Double> groups = new LinkedHashMap<>();
		final double[] values = new double[rows.length];
		final double[] chances = new double[rows.length];
		double noise = 0;
		for (int k = 0; k < rows.length; k++) {
			final AssessedProfiles part = profiles.select(rows[k]);
			final Categories batches = part.batches();
			final Optional<Answer> answer = batches.size() < 2 ? Optional.empty() : question.of(part, batches);
			values[k] = answer.map(Answer::value).orElse(Double.NaN);
			chances[k] = answer.map(Answer::chance).orElse(Double.NaN);
			noise += Math.pow(answer.map(Answer::noise).orElse(0.0), 2);
			if (answer.isPresent()) groups.put(labels.names().get(k), values[k]);
		}
		if (groups.isEmpty()) throw new UndefinedMetricException(missing);
		return MetricResult.of(Statistics.mean(values), Statistics.mean(chances))
			.withNoise(Math.sqrt(noise) / groups.size())
			.withGroups(groups)
			.withNote(all.sampleNote());
	}
}
