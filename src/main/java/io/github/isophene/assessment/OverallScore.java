// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;

/**
 * One number for a correction: .4 times the mean of the batch metrics plus .6 times the
 * mean of the biology metrics (Luecken 2022; Arevalo 2024, Nat Commun 15:6516). Of our
 * metrics those {@linkplain MetricInfo#overall() marked} so enter, as they are, without
 * scaling by the other methods' values; those that aren't defined are left out.
 * A group's mean needs at least one metric that it may rest on {@linkplain MetricInfo#alone() alone}.
 *
 * @param batch mean of the batch metrics; NaN where none that looks at batches is defined
 * @param biology mean of the biology metrics; NaN where none is defined
 * @param overall NaN where either is
 */
public record OverallScore(double batch, double biology, double overall) {

	static final double BATCH_WEIGHT = 0.4;

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
		final List<MetricInfo> defined = defined(metrics, results, group);
		if (defined.stream().noneMatch(MetricInfo::alone)) return Double.NaN;
		return defined.stream().mapToDouble(m -> results.get(m.name()).value()).average().orElse(Double.NaN);
	}

	/**
	 * The metrics by which all of some methods can be scored: of each group those that are defined
	 * for every method that can have a score of that group. A table of one batch, which has no batch
	 * score, takes no metric from the others.
	 *
	 * @param methods the results of each method, by metric name
	 */
	static List<MetricInfo> common(final List<MetricInfo> metrics, final List<Map<String, MetricResult>> methods) {
		final List<MetricInfo> common = new ArrayList<>();
		for (final MetricInfo metric : metrics) {
			final List<Map<String, MetricResult>> able = methods.stream()
				.filter(results -> !Double.isNaN(mean(metrics, results, metric.group())))
				.toList();
			if (metric.overall() && !able.isEmpty() &&
				able.stream().allMatch(results -> results.get(metric.name()).isDefined()))
			{
				common.add(metric);
			}
		}
		for (final MetricGroup group : MetricGroup.values()) {
			if (common.stream().noneMatch(m -> m.group() == group && m.alone()))
				common.removeIf(m -> m.group() == group);
		}
		return common;
	}

	private static List<MetricInfo> defined(final List<MetricInfo> metrics, final Map<String, MetricResult> results,
		final MetricGroup group)
	{
		return metrics.stream()
			.filter(m -> m.overall() && m.group() == group && results.get(m.name()).isDefined())
			.toList();
	}
}
