// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.List;
import java.util.Map;

/**
 * One number for a correction: .4 times the mean of the batch metrics plus .6 times the
 * mean of the biology metrics (Luecken 2022; Arevalo 2024, Nat Commun 15:6516). Of our
 * metrics those {@linkplain MetricInfo#overall() marked} so enter, as they are, without
 * scaling by the other methods' values; those that aren't defined are left out.
 *
 * @param batch mean of the batch metrics; NaN where none is defined
 * @param biology mean of the biology metrics; NaN where none is defined
 * @param overall NaN where either is
 */
public record OverallScore(double batch, double biology, double overall) {

	private static final double BATCH_WEIGHT = 0.4;

	/**
	 * The score of some results.
	 *
	 * @param results by metric name
	 */
	public static OverallScore of(final List<MetricInfo> metrics, final Map<String, MetricResult> results) {
		final double batch = mean(metrics, results, MetricGroup.BATCH);
		final double biology = mean(metrics, results, MetricGroup.BIOLOGY);
		return new OverallScore(batch, biology, BATCH_WEIGHT * batch + (1 - BATCH_WEIGHT) * biology);
	}

	private static double mean(final List<MetricInfo> metrics, final Map<String, MetricResult> results,
		final MetricGroup group)
	{
		return metrics.stream().filter(m -> m.overall() && m.group() == group && results.get(m.name())
			.isDefined()).mapToDouble(
			m -> results.get(m.name()).value()).average().orElse(Double.NaN);
	}
}
