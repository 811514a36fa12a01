// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import io.github.isophene.metrics.Direction;
import io.github.isophene.metrics.MetricInfo;

/**
 * What was found for one or more tables, each under one or more corrections, to be compared.
 *
 * @param settings what the user chose, as keys and values
 * @param report the folder of the report
 * @param metrics which were measured, in order
 * @param methods what was found, in the order in which they were asked for
 * @param notes how columns were taken and joined, in sentences
 */
public record Assessment(String settings, Path report, List<MetricInfo> metrics, List<AssessedMethod> methods, List<String> notes) {

	/** Copies the lists, and scores every method by the same metrics, so that scores can be compared. */
	public Assessment {
		metrics = List.copyOf(metrics);
		final List<AssessedMethod> all = List.copyOf(methods);
		final List<MetricInfo> common = OverallScore.common(metrics, all.stream().map(AssessedMethod::results).toList());
		methods = all.stream().map(method -> method.withScore(OverallScore.of(common, method.results()))).toList();
		notes = List.copyOf(notes);
	}

	/** The metrics that enter the scores: those marked so that are defined for every method that can have the score. */
	public List<MetricInfo> scored() {
		return OverallScore.common(metrics, methods.stream().map(AssessedMethod::results).toList());
	}

	/** A line on what was found and where the report is. */
	public String message() {
		final AssessedMethod best = best();
		return String.format(Locale.ROOT, "%d %s on %d rows: %s%s", methods.size(), methods.size() ==
			1 ? "method" : "methods", first().rows(), Double.isNaN(best
			.score().overall()) ? "no overall score" : String.format(Locale.ROOT, "best overall score %.3f by %s", best.score()
				.overall(), best.name()), impossible() + DifferentRows.of(this).map(m -> "; " + m.name() +
				" was measured on other rows than " + first().name() + ", so they don't compare").orElse("") + "; report in " + report.resolve("report.html"));
	}

	/** Which methods could not be measured, and why, as the end of a line; empty where all could. */
	private String impossible() {
		final List<String> reasons = methods.stream().filter(m -> !m.isMeasured()).map(m -> m.name() + " (" + m.driftUndefined() + ")").toList();
		return reasons.isEmpty() ? "" : "; not possible: " + String.join(", ", reasons);
	}

	/** The first method that could be measured. */
	public AssessedMethod first() {
		return methods.stream().filter(AssessedMethod::isMeasured).findFirst().orElse(methods.get(0));
	}

	/** The method with the highest overall score; the first where none has one. */
	public AssessedMethod best() {
		AssessedMethod best = first();
		for (final AssessedMethod method : methods) {
			final double score = method.score().overall();
			if (score > best.score().overall() || Double.isNaN(best.score().overall()) && !Double.isNaN(score)) best = method;
		}
		return best;
	}

	/** The value that is best of all methods, NaN where none is defined; for the batch effect, beyond chance counts as chance. */
	public double bestValue(final MetricInfo metric) {
		double best = Double.NaN;
		for (final AssessedMethod method : methods) {
			final double value = RemainingBatchEffect.value(metric, method.results().get(metric.name()));
			if (Double.isNaN(value)) continue;
			if (Double.isNaN(best) || (metric.direction() == Direction.HIGHER ? value > best : value < best)) best = value;
		}
		return best;
	}
}
