// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import io.github.isophene.metrics.Direction;
import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.numerics.Statistics;

/**
 * Difference that a correction makes to a number, with what it may differ by accident.
 *
 * @param before without the correction
 * @param after with it
 * @param spread the larger of the standard deviation of the difference over folds and its standard error over groups
 *          (labels, treatments, batches); 0 where there are neither
 */
record Change(double before, double after, double spread) {

	/** Differences less than this are none to a reader; our choice. */
	static final double LEAST = 0.01;

	/** The change of a metric; {@code null} where it isn't defined for both. */
	static Change of(final String metric, final AssessedMethod base, final AssessedMethod method) {
		final MetricResult before = base.results().get(metric);
		final MetricResult after = method.results().get(metric);
		if (before == null || after == null || !before.isDefined() || !after.isDefined()) return null;
		return new Change(before.value(), after.value(),
			Math.max(overFolds(base, method, f -> f.get(metric).value()), overGroups(before, after)));
	}

	/** The change of the biology score of some metrics. */
	static Change ofBiology(final List<MetricInfo> scored, final AssessedMethod base, final AssessedMethod method) {
		final double before = OverallScore.of(scored, base.results()).biology();
		final double after = OverallScore.of(scored, method.results()).biology();
		if (Double.isNaN(before) || Double.isNaN(after)) return null;
		final List<MetricInfo> biology = scored.stream().filter(m -> m.group() == MetricGroup.BIOLOGY).toList();
		final double errors = biology.stream()
			.mapToDouble(m -> Math.pow(overGroups(base.results().get(m.name()), method.results().get(m.name())), 2))
			.sum();
		return new Change(before, after, Math.max(overFolds(base, method, f -> OverallScore.of(scored, f).biology()),
			Math.sqrt(errors) / biology.size()));
	}

	/** The change of the overall score; {@code null} where either has none. */
	static Change ofOverall(final List<MetricInfo> scored, final AssessedMethod base, final AssessedMethod method) {
		final Change biology = ofBiology(scored, base, method);
		final double before = base.score().overall();
		final double after = method.score().overall();
		if (biology == null || Double.isNaN(before) || Double.isNaN(after)) return null;
		return new Change(before, after,
			Math.max(overFolds(base, method, f -> OverallScore.of(scored, f).overall()),
				(1 - OverallScore.BATCH_WEIGHT) * biology.spread()));
	}

	/** Returns whether the numbers differ by no more than their spread. */
	boolean isTie() {
		return !isMoreThan(Math.max(LEAST, spread));
	}

	/** Returns whether the numbers differ by more than an amount. */
	boolean isMoreThan(final double amount) {
		return Math.abs(after - before) > amount;
	}

	/** Returns whether the number is lower by more than its spread. */
	boolean falls() {
		return before - after > Math.max(LEAST, spread);
	}

	/** Returns whether the number is worse by more than its spread. */
	boolean isWorse(final Direction direction) {
		return direction == Direction.HIGHER ? falls() : after - before > Math.max(LEAST, spread);
	}

	private static double overFolds(final AssessedMethod base, final AssessedMethod method,
		final ToDoubleFunction<Map<String, MetricResult>> number)
	{
		final List<Map<String, MetricResult>> a = base.evidence().folds();
		final List<Map<String, MetricResult>> b = method.evidence().folds();
		if (a.size() != b.size() || a.size() < 2) return 0;
		final double[] differences = new double[a.size()];
		for (int f = 0; f < differences.length; f++)
			differences[f] = number.applyAsDouble(b.get(f)) - number.applyAsDouble(a.get(f));
		final double deviation = Statistics.moments(differences)[1];
		return Double.isNaN(deviation) ? 0 : deviation;
	}

	/** Standard error of the mean difference of the groups that both have. */
	private static double overGroups(final MetricResult before, final MetricResult after) {
		final List<Double> differences = new ArrayList<>();
		before.groups().forEach((name, value) -> {
			if (after.groups().containsKey(name)) differences.add(after.groups().get(name) - value);
		});
		final double[] values = differences.stream()
			.mapToDouble(Double::doubleValue)
			.filter(v -> !Double.isNaN(v))
			.toArray();
		return values.length < 2 ? 0 : Statistics.moments(values)[1] / Math.sqrt(values.length);
	}
}
