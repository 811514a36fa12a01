// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.isophene.downstream.Downstream;
import io.github.isophene.messages.Count;
import io.github.isophene.metrics.Direction;
import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;

/**
 * Assessment of one or more tables, each under one or more corrections.
 *
 * @param settings what the user chose, as keys and values
 * @param report the folder of the report
 * @param metrics which were measured, in order
 * @param methods what was found, in the order in which they were asked for
 * @param notes how columns were taken and joined, in sentences
 * @param downstream dose responses, activity calls and nearest mechanisms of the methods that are shown, by name
 */
public record Assessment(String settings, Path report, List<MetricInfo> metrics, List<AssessedMethod> methods,
	List<String> notes, Map<String, Downstream> downstream)
{

	/** Scores that differ by less are the same: the first method stays. */
	private static final double SAME = 5e-4;

	/** Copies the lists, and scores every method by the same metrics, so that scores can be compared. */
	public Assessment {
		metrics = List.copyOf(metrics);
		final List<AssessedMethod> all = List.copyOf(methods);
		final List<
			MetricInfo> common = OverallScore.common(metrics, all.stream().map(AssessedMethod::results).toList());
		methods = all.stream().map(method -> method.withScore(OverallScore.of(common, method.results()))).toList();
		notes = List.copyOf(notes);
		downstream = Collections.unmodifiableMap(new LinkedHashMap<>(downstream));
	}

	/** An assessment without downstream analyses. */
	Assessment(final String settings, final Path report, final List<MetricInfo> metrics,
		final List<AssessedMethod> methods, final List<String> notes)
	{
		this(settings, report, metrics, methods, notes, Map.of());
	}

	/** The same with downstream analyses of methods, by name. */
	Assessment withDownstream(final Map<String, Downstream> analyses) {
		return new Assessment(settings, report, metrics, methods, notes, analyses);
	}

	/** The same with another method in place of one. */
	Assessment with(final AssessedMethod old, final AssessedMethod other) {
		return new Assessment(settings, report, metrics, methods.stream().map(m -> m == old ? other : m).toList(),
			notes, downstream);
	}

	/** The metrics that enter the scores: those marked so that are defined for every method that can have the score. */
	public List<MetricInfo> scored() {
		return OverallScore.common(metrics, methods.stream().map(AssessedMethod::results).toList());
	}

	/** A line on what was found and where the report is. */
	public String message() {
		final AssessedMethod best = best();
		final double score = best.score().overall();
		final String found = Double.isNaN(score) ? "no overall score"
			: String.format(Locale.ROOT,
				methods.size() == 1 ? "overall score %.3f"
					: isRecommended(best) ? "recommended %2$s, overall score %1$.3f"
					: "no method can be recommended",
				score, best.name());
		return String.format(Locale.ROOT, "%s on %s: %s%s", Count.of(methods.size(), "method"),
			Count.of(first().rows(), "row"), found,
			impossible() + DifferentRows.of(this)
				.map(m -> "; " + m.name() + " was measured on other rows than " + first().name() +
					", so they don't compare")
				.orElse("") + "; report in " + report.resolve("report.html"));
	}

	/** Returns the methods that could not be measured, with the reason, as the end of a line; empty where all could. */
	private String impossible() {
		final List<String> reasons = methods.stream()
			.filter(m -> !m.isMeasured())
			.map(m -> m.name() + " (" + m.driftUndefined() + ")")
			.toList();
		return reasons.isEmpty() ? "" : "; not possible: " + String.join(", ", reasons);
	}

	/** The first method that could be measured. */
	public AssessedMethod first() {
		return methods.stream().filter(AssessedMethod::isMeasured).findFirst().orElse(methods.get(0));
	}

	/**
	 * The method to recommend: that with the highest overall score of those against which {@linkplain
	 * Objections nothing
	 * speaks}; the first method where there is none.
	 */
	public AssessedMethod best() {
		AssessedMethod best = null;
		for (final AssessedMethod method : methods) {
			if (Double.isNaN(method.score().overall()) || !objections(method).none()) continue;
			if (best == null || method.score().overall() > best.score().overall() + SAME) best = method;
		}
		return best == null ? first() : best;
	}

	/** The first and the best method: what a reader compares, and what wells are shown of. */
	List<AssessedMethod> shown() {
		final AssessedMethod first = first();
		final AssessedMethod best = best();
		return first == best ? List.of(first) : List.of(first, best);
	}

	/** Returns whether nothing speaks against a method that has a score. */
	public boolean isRecommended(final AssessedMethod method) {
		return !Double.isNaN(method.score().overall()) && objections(method).none();
	}

	/** Objections to recommending a method. */
	Objections objections(final AssessedMethod method) {
		return Objections.of(this, method);
	}

	/** The same table without a correction; the first method where it wasn't measured so. */
	AssessedMethod baseline(final AssessedMethod method) {
		return methods.stream()
			.filter(m -> m.isMeasured() && m.origin().isAsGiven() && m.origin().table().equals(method.origin().table()))
			.findFirst()
			.orElseGet(this::first);
	}

	/**
	 * The value that is best of all methods, NaN where none is defined; for the batch effect, beyond chance
	 * counts as chance.
	 */
	public double bestValue(final MetricInfo metric) {
		double best = Double.NaN;
		for (final AssessedMethod method : methods) {
			// What was fitted on its rows, or mixes them worse than chance can, is no best.
			if (metric.group() == MetricGroup.BATCH && (method.evidence().isOnOwnRows() ||
				RemainingBatchEffect.isFarBeyondChance(metric, method.results().get(metric.name())))) continue;
			final double value = RemainingBatchEffect.value(metric, method.results().get(metric.name()));
			if (Double.isNaN(value)) continue;
			if (Double.isNaN(best) || (metric.direction() == Direction.HIGHER ? value > best : value < best))
				best = value;
		}
		return best;
	}
}
