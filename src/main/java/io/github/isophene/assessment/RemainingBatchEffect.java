// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.github.isophene.metrics.Direction;
import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;

/**
 * Batch effect that remains according to one batch metric.
 *
 * @param metric one that looks at batches
 * @param result its number and chance level
 * @param left 0 at chance or on its good side, 1 where batches couldn't stand further apart
 */
record RemainingBatchEffect(MetricInfo metric, MetricResult result, double left) {

	/** A tenth of the way from chance to complete separation is what small tables reach by accident; our choice. */
	private static final double TOLERANCE = 0.1;
	/** Standard deviations of the chance level within which a number is no sign of anything. */
	static final double ACCIDENT = 3;
	/** Half of the way from chance to zero, or to complete separation; our choice. */
	private static final double FAR = 0.5;

	/**
	 * Returns the batch effect that is furthest from chance; empty where no metric that looks at batches is
	 * defined.
	 */
	static Optional<RemainingBatchEffect> worst(final List<MetricInfo> metrics, final AssessedMethod method) {
		return metrics.stream()
			.filter(RemainingBatchEffect::looksAtBatches)
			.map(m -> new RemainingBatchEffect(m, method.results().get(m.name()),
				left(m, method.results().get(m.name()))))
			.filter(e -> !Double.isNaN(e.left))
			.max(Comparator.comparingDouble(RemainingBatchEffect::left));
	}

	/**
	 * Returns whether the metric is near chance, or less than half-way to complete separation and no further from
	 * chance than chance itself varies.
	 */
	boolean isGone() {
		return left <= TOLERANCE || left < FAR && isWithinNoise();
	}

	/**
	 * Returns whether batches stand half-way apart or further, but chance varies so much that it may be an accident: a
	 * few plates can neither show a batch effect nor rule it out.
	 */
	boolean isOpen() {
		return left >= FAR && isWithinNoise();
	}

	private boolean isWithinNoise() {
		return lost(metric, result) <= ACCIDENT * noise(result);
	}

	/**
	 * Returns whether a number is so far on the good side of chance that rows don't just mix: they avoid their
	 * own batch.
	 */
	static boolean isFarBeyondChance(final MetricInfo metric, final MetricResult result) {
		if (!looksAtBatches(metric) || metric.direction() == Direction.HIGHER || result == null || !result.isDefined())
			return false;
		final double beyond = -lost(metric, result);
		return beyond > FAR * result.chance() && beyond > ACCIDENT * noise(result);
	}

	private static double noise(final MetricResult result) {
		return Double.isNaN(result.noise()) ? 0 : result.noise();
	}

	/** Returns the distance of a number from chance, on the bad side. */
	private static double lost(final MetricInfo metric, final MetricResult result) {
		return metric.direction() == Direction.HIGHER ? result.chance() - result.value()
			: result.value() - result.chance();
	}

	/**
	 * Returns whether chance is the best that a metric can come to: profiles can't know less than nothing of
	 * their batch.
	 */
	static boolean looksAtBatches(final MetricInfo metric) {
		return metric.group() == MetricGroup.BATCH && metric.alone();
	}

	/** Returns whether a number is at chance, or beyond it by accident. */
	static boolean isAtChance(final MetricInfo metric, final MetricResult result) {
		return looksAtBatches(metric) && left(metric, result) == 0;
	}

	/** Returns whether a number is on the bad side of chance, but as near as accident takes it: no effect shows. */
	static boolean isNearChance(final MetricInfo metric, final MetricResult result) {
		if (!looksAtBatches(metric)) return false;
		final RemainingBatchEffect effect = new RemainingBatchEffect(metric, result, left(metric, result));
		return effect.left > 0 && effect.isGone();
	}

	/** Returns whether a number is far on the bad side of chance, but no further than chance itself varies. */
	static boolean isOpen(final MetricInfo metric, final MetricResult result) {
		return looksAtBatches(metric) && new RemainingBatchEffect(metric, result, left(metric, result)).isOpen();
	}

	/** A number, but chance where it is beyond chance: further beyond isn't better. */
	static double value(final MetricInfo metric, final MetricResult result) {
		return isAtChance(metric, result) ? result.chance() : result.value();
	}

	private static double left(final MetricInfo metric, final MetricResult result) {
		if (result == null || !result.isDefined() || Double.isNaN(result.chance())) return Double.NaN;
		final boolean higher = metric.direction() == Direction.HIGHER;
		final double lost = lost(metric, result);
		final double most = higher ? result.chance() : 1 - result.chance();
		return lost <= 0 || most <= 0 ? 0 : lost / most;
	}
}
