// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.List;

import io.github.isophene.metrics.Direction;
import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;

/** Biology that metrics see: numbers that are better than chance by more than they vary. */
final class SeenBiology {

	private SeenBiology() {}

	/** Returns the biology metrics that are defined for a method and have a chance level. */
	static List<MetricInfo> defined(final List<MetricInfo> metrics, final AssessedMethod method) {
		return metrics.stream()
			.filter(metric -> metric.group() == MetricGroup.BIOLOGY)
			.filter(metric -> {
				final MetricResult result = method.results().get(metric.name());
				return result != null && result.isDefined() && !Double.isNaN(result.chance());
			})
			.toList();
	}

	/** Returns whether biology metrics are defined, and none of them sees any. */
	static boolean isNone(final List<MetricInfo> metrics, final AssessedMethod method) {
		final List<MetricInfo> defined = defined(metrics, method);
		return !defined.isEmpty() && defined.stream().noneMatch(metric -> isSeen(metric, method));
	}

	/** Returns whether a defined metric is better than chance by more than its spread. */
	static boolean isSeen(final MetricInfo metric, final AssessedMethod method) {
		final MetricResult result = method.results().get(metric.name());
		return !isNoBetterThanChance(metric, result) && !isWithinSpread(metric, result, method);
	}

	/** Returns whether profiles without information give as good a number. */
	static boolean isNoBetterThanChance(final MetricInfo metric, final MetricResult result) {
		return metric.direction() == Direction.HIGHER ? result.value() <= result.chance()
			: result.value() >= result.chance();
	}

	/** Returns whether a number is as near to chance as it varies over folds, or as chance varies. */
	static boolean isWithinSpread(final MetricInfo metric, final MetricResult result, final AssessedMethod method) {
		final double deviation = CrossFit.deviation(method.evidence().folds(), metric.name());
		final double noise = Double.isNaN(result.noise()) ? 0 : RemainingBatchEffect.ACCIDENT * result.noise();
		return Math.abs(result.value() - result.chance()) <=
			Math.max(Change.LEAST, Math.max(noise, Double.isNaN(deviation) ? 0 : deviation));
	}
}
