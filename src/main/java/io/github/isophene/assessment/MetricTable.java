// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

import io.github.isophene.metrics.Direction;
import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.numerics.Statistics;

/** The table of the report that compares methods: a row per metric, a column per method. */
final class MetricTable {

	private static final String NO_BETTER = "not above chance";
	private static final String OWN_ROWS = "on fitted rows";
	private static final String OVERFITTED = "below chance: overfitted";
	private static final String OPEN = "within chance's spread";
	private static final String BEST = "best";
	/** Several methods share the number that a reader sees. */
	private static final String TIED = "best, tied";
	/** Marks that are praise. */
	private static final Set<String> PRAISE = Set.of(BEST, TIED, "at chance");

	private MetricTable() {}

	static String render(final Assessment assessment) {
		final MethodNames names = new MethodNames(assessment.methods());
		final StringBuilder html = new StringBuilder(
			"<div class=\"wide\"><table class=\"cards\"><thead><tr><th>Metric</th><th>Chance</th>");
		for (final AssessedMethod method : assessment.methods())
			html.append("<th>").append(names.of(method)).append("</th>");
		html.append("</tr></thead>\n<tbody>\n");
		for (final MetricGroup group : MetricGroup.values()) {
			html.append("<tr class=\"group\"><th colspan=\"")
				.append(2 + assessment.methods().size())
				.append("\">")
				.append(group == MetricGroup.BATCH ? "How much of the batch effect is left"
					: "How much of the biology is there")
				.append("</th></tr>\n");
			for (final MetricInfo metric : assessment.metrics())
				if (metric.group() == group) row(html, assessment, names, metric);
			if (group == MetricGroup.BATCH)
				score(html, assessment, names, "Batch score", "mean of the metrics marked *", m -> m.score().batch(),
					m -> false);
			else
				score(html, assessment, names, "Biology score", "mean of the metrics marked *",
					m -> m.score().biology(), m -> SeenBiology.isNone(assessment.scored(), m));
		}
		html.append("<tr class=\"group\"><th colspan=\"")
			.append(2 + assessment.methods().size())
			.append("\">Both</th></tr>\n");
		score(html, assessment, names, "Overall score", ".4 batch + .6 biology", m -> m.score().overall(),
			m -> Verdict.isNoClearWin(assessment) || SeenBiology.isNone(assessment.scored(), m));
		return html.append("</tbody></table></div>\n").toString();
	}

	private static void row(final StringBuilder html, final Assessment assessment, final MethodNames names,
		final MetricInfo metric)
	{
		final boolean higher = metric.direction() == Direction.HIGHER;
		html.append("<tr><th>")
			.append(Html.escape(metric.title()))
			.append(assessment.scored().contains(metric) ? " *" : "")
			.append("<br><span class=\"small\">")
			.append(higher ? "&uarr; high is good" : "&darr; low is good")
			.append("</span></th><td data-name=\"Chance\">")
			.append(Html.range(assessment.methods().stream().mapToDouble(m -> m.results().get(metric.name()).chance())))
			.append("</td>");
		final List<
			MetricResult> results = assessment.methods().stream().map(m -> m.results().get(metric.name())).toList();
		if (results.size() > 1 && results.stream().noneMatch(MetricResult::isDefined) &&
			results.stream().map(MetricResult::undefined).distinct().count() == 1)
		{
			html.append("<td class=\"num\" data-name=\"All\" colspan=\"")
				.append(results.size())
				.append("\"><span class=\"na\">not defined: ")
				.append(Html.escape(results.get(0).undefined()))
				.append("</span></td></tr>\n");
			return;
		}
		final String best = best(assessment.bestValue(metric), results.stream().mapToDouble(MetricResult::value));
		for (final AssessedMethod method : assessment.methods()) {
			final MetricResult result = method.results().get(metric.name());
			cell(html, names.of(method), result.value(), result.chance(),
				mark(metric, result, method, Html.plain(result.value()).equals(best) ? tied(results, best) : ""),
				result.isDefined() ? "" : "not defined: " + result.undefined(), beside(metric, method));
		}
		html.append("</tr>\n");
	}

	private static String mark(final MetricInfo metric, final MetricResult result, final AssessedMethod method,
		final String best)
	{
		if (metric.group() == MetricGroup.BATCH && method.evidence().isOnOwnRows()) return OWN_ROWS;
		if (RemainingBatchEffect.isFarBeyondChance(metric, result))
			return method.evidence().kind() == Evidence.Kind.UNCORRECTED ? "below chance" : OVERFITTED;
		return RemainingBatchEffect.isAtChance(metric, result) ? "at chance"
			: isNoBetterThanChance(metric, result) ? NO_BETTER
			: isNearChance(metric, result, method) ? "near chance"
			: RemainingBatchEffect.isOpen(metric, result) ? OPEN
			: best;
	}

	/** Returns the best number as a reader sees it; empty where all are the same or none is defined. */
	private static String best(final double best, final DoubleStream values) {
		final long seen = values.filter(v -> !Double.isNaN(v)).mapToObj(Html::plain).distinct().count();
		return seen > 1 ? Html.plain(best) : "";
	}

	private static String tied(final List<MetricResult> results, final String best) {
		return results.stream().filter(r -> Html.plain(r.value()).equals(best)).count() > 1 ? TIED : BEST;
	}

	/** No effect shows in batches, or biology is above chance by no more than it varies over folds. */
	private static boolean isNearChance(final MetricInfo metric, final MetricResult result,
		final AssessedMethod method)
	{
		return RemainingBatchEffect.looksAtBatches(metric) ? RemainingBatchEffect.isNearChance(metric, result)
			: showsBiology(metric) && SeenBiology.isWithinSpread(metric, result, method);
	}

	/** The spread over folds, and what the method gives on the rows that it was fitted on. */
	private static String beside(final MetricInfo metric, final AssessedMethod method) {
		final StringBuilder beside = new StringBuilder();
		final double deviation = method.evidence().folds().isEmpty() ? Double.NaN
			: CrossFit.deviation(method.evidence().folds(), metric.name());
		if (!Double.isNaN(deviation)) beside.append("&plusmn; ").append(Html.plain(deviation));
		final MetricResult own = method.evidence().own().get(metric.name());
		if (metric.group() == MetricGroup.BATCH && method.evidence().isHeldOut() && own.isDefined()) {
			beside.append(beside.isEmpty() ? "" : "; ").append("fitted rows ").append(Html.plain(own.value()));
		}
		return beside.toString();
	}

	/** Biology that profiles without information show as well is none: the highest of such numbers isn't best. */
	private static boolean isNoBetterThanChance(final MetricInfo metric, final MetricResult result) {
		return showsBiology(metric) && SeenBiology.isNoBetterThanChance(metric, result);
	}

	/** Graph connectivity looks at no batch, and is better above chance, as biology is. */
	private static boolean showsBiology(final MetricInfo metric) {
		return metric.group() == MetricGroup.BIOLOGY || !metric.alone() && metric.direction() == Direction.HIGHER;
	}

	private static void score(final StringBuilder html, final Assessment assessment, final MethodNames names,
		final String title, final String what, final ToDoubleFunction<AssessedMethod> score,
		final Predicate<AssessedMethod> unmarked)
	{
		html.append("<tr><th>")
			.append(title)
			.append("<br><span class=\"small\">&uarr; ")
			.append(what)
			.append("</span></th><td data-name=\"Chance\">&ndash;</td>");
		final double[] defined = assessment.methods()
			.stream()
			.filter(assessment::isRecommended)
			.mapToDouble(score)
			.filter(v -> !Double.isNaN(v))
			.toArray();
		final String best = best(Arrays.stream(defined).max().orElse(Double.NaN), Arrays.stream(defined));
		final long sharing = Arrays.stream(defined).mapToObj(Html::plain).filter(best::equals).count();
		for (final AssessedMethod method : assessment.methods()) {
			final double value = score.applyAsDouble(method);
			cell(html, names.of(method), value, Double.NaN,
				!Html.plain(value).equals(best) || !assessment.isRecommended(method) ||
					unmarked.test(method) ? "" : sharing > 1 ? TIED : BEST,
				Double.isNaN(value) ? "not defined: no metric that it could rest on is" : "",
				deviation(assessment, method, score));
		}
		html.append("</tr>\n");
	}

	/** The spread of a score over folds. */
	private static String deviation(final Assessment assessment, final AssessedMethod method,
		final ToDoubleFunction<AssessedMethod> score)
	{
		final double deviation = Statistics.moments(method.evidence()
			.folds()
			.stream()
			.mapToDouble(fold -> score.applyAsDouble(method.withScore(OverallScore.of(assessment.scored(), fold))))
			.toArray())[1];
		return Double.isNaN(deviation) ? "" : "&plusmn; " + Html.plain(deviation);
	}

	private static void cell(final StringBuilder html, final String name, final double value, final double chance,
		final String mark, final String undefined, final String beside)
	{
		html.append("<td class=\"num\" data-name=\"").append(name.replace("<wbr>", "")).append("\"><span>");
		if (!undefined.isEmpty()) {
			html.append("<span class=\"na\">").append(Html.escape(undefined)).append("</span></span></td>");
			return;
		}
		html.append(mark.isEmpty() ? Html.number(value)
			: PRAISE.contains(mark) ? "<b>" + Html.number(value) + "</b> <span class=\"small\">" + mark + "</span>"
			: Html.number(value) + " <span class=\"small\">" + mark + "</span>");
		if (!beside.isEmpty()) html.append("<br><span class=\"small\">").append(beside).append("</span>");
		html.append("<span class=\"bar\"><i style=\"width:").append(share(value)).append("%\"></i>");
		if (!Double.isNaN(chance)) html.append("<u style=\"left:").append(share(chance)).append("%\"></u>");
		html.append("</span></span></td>");
	}

	private static String share(final double value) {
		return Html.plain(100 * Math.min(1, Math.max(0, value)));
	}
}
