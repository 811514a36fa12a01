// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.github.isophene.messages.Count;
import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.metrics.SpanningLabels;

/** Conclusions from the numbers, in sentences; only what they say. */
final class Verdict {

	/** Number of labels that a sentence names. */
	private static final int NAMED = 5;

	private final Assessment assessment;
	private final MethodNames names;
	private final List<String> sentences = new ArrayList<>();

	private Verdict(final Assessment assessment) {
		this.assessment = assessment;
		names = new MethodNames(assessment.methods());
	}

	static List<String> sentences(final Assessment assessment) {
		return new Verdict(assessment).all();
	}

	private List<String> all() {
		final AssessedMethod first = assessment.first();
		final AssessedMethod best = assessment.best();
		final boolean several = assessment.methods().size() > 1;
		if (several) recommend(first, best);
		DifferentRows.of(assessment)
			.ifPresent(m -> sentences.add(
				"<b>" + names.of(m) + "</b> was measured on other rows (" + m.rows() + ") than <b>" + names.of(first) +
					"</b> (" + first.rows() + "), so their numbers don't compare: give both the same rows."));
		judged();
		labels(first);
		final AssessedMethod other = several && best != first ? best : null;
		sentences.add("<b>Is the batch effect gone?</b> " + gone(first, several) +
			(other == null ? "" : " " + gone(other, true)));
		harm();
		findings(MetricGroup.BATCH, first, other);
		sentences.add("<b>Is the biology still there?</b> " + seen(first, several) +
			(other == null ? "" : " " + seen(other, true)));
		findings(MetricGroup.BIOLOGY, first, other);
		falls(best);
		return sentences;
	}

	/** The method that nothing speaks against, and what speaks against those with a higher score. */
	private void recommend(final AssessedMethod first, final AssessedMethod best) {
		final double score = best.score().overall();
		if (!assessment.isRecommended(best)) {
			sentences.add("<b>No method is recommended.</b> " +
				(Double.isNaN(score) ? "There is no overall score." : "Something speaks against each."));
		}
		else if (best == assessment.baseline(best)) {
			sentences.add("<b>No correction is recommended</b>: <b>" + names.of(best) +
				"</b>, the profiles as they are, has the best overall score (" + Html.number(score) +
				") of the methods that nothing speaks against.");
		}
		else {
			sentences.add("Recommended is <b>" + names.of(best) + "</b>: overall score " + Html.number(score) +
				(best == first ? "."
					: "; <b>" + names.of(first) + "</b> has " + Html.number(first.score().overall()) + "."));
		}
		if (assessment.isRecommended(best)) tie(best);
		for (final AssessedMethod method : assessment.methods()) {
			if (method == best || !(method.score().overall() > score) || isTied(best, method)) continue;
			sentences.add("<b>" + names.of(method) + "</b> has a higher score (" +
				Html.number(method.score().overall()) + "), but is not recommended: " +
				Html.escape(String.join("; ", assessment.objections(method).all())) + ".");
		}
	}

	/** Adds the sentence on methods that are as good, as far as the numbers can tell. */
	private void tie(final AssessedMethod best) {
		final List<String> tied = assessment.methods()
			.stream()
			.filter(method -> method != best && isTied(best, method))
			.map(method -> "<b>" + names.of(method) + "</b> (" + Html.number(method.score().overall()) + ")")
			.toList();
		if (tied.isEmpty()) return;
		sentences.add("That is no clear win: " + String.join(", ", tied) + (tied.size() == 1 ? " differs" : " differ") +
			" from it by less than the spread of the score, and nothing speaks against " +
			(tied.size() == 1 ? "it" : "them") + " either.");
	}

	/** Returns whether another method that nothing speaks against is as good as the best, as far as numbers tell. */
	static boolean isNoClearWin(final Assessment assessment) {
		final AssessedMethod best = assessment.best();
		return assessment.methods().stream().anyMatch(m -> m != best && isTied(assessment, best, m));
	}

	private boolean isTied(final AssessedMethod best, final AssessedMethod method) {
		return isTied(assessment, best, method);
	}

	private static boolean isTied(final Assessment assessment, final AssessedMethod best,
		final AssessedMethod method)
	{
		if (!assessment.isRecommended(best) || !assessment.isRecommended(method)) return false;
		final Change change = Change.ofOverall(assessment.scored(), best, method);
		return change != null && change.isTie();
	}

	/** Returns the sentence on the rows behind numbers on batches. */
	private void judged() {
		final List<AssessedMethod> corrected = assessment.methods()
			.stream()
			.filter(m -> m.isMeasured() && m.evidence().isHeldOut())
			.toList();
		final List<AssessedMethod> own = assessment.methods()
			.stream()
			.filter(m -> m.isMeasured() && m.evidence().isOnOwnRows())
			.toList();
		if (!corrected.isEmpty()) {
			final int folds = corrected.get(0).evidence().folds().size();
			sentences.add("Every correction was fitted anew " +
				(folds == 1 ? "once; numbers" : "in " + Count.of(folds, "fold") +
				"; numbers are means over folds, and those") +
				" on batches rest on rows that the fit has not seen. " +
				"&ldquo;Fitted rows&rdquo; in the table is what a method gives on the rows that it was fitted on, " +
				"which flatters it.");
		}
		for (final AssessedMethod method : own) {
			sentences.add("<b>" + names.of(method) + "</b> is judged on rows that a correction was fitted on: " +
				Html.escape(method.evidence().reason()) +
				". Its numbers on batches say nothing on other rows, and it is never best.");
		}
	}

	/** Returns the sentence on the labels that span batches. */
	private void labels(final AssessedMethod method) {
		final SpanningLabels labels = method.spanning();
		if (labels == null || method.roles().label().isEmpty()) return;
		final int all = labels.spanning().size() + labels.confined().size();
		if (labels.confined().isEmpty() || all < 2) return;
		sentences.add((labels.spanning().isEmpty() ? "No label occurs"
			: labels.spanning().size() + " of " + Count.of(all, "label") + " (controls being one) occur" +
				(labels.spanning().size() == 1 ? "s" : "")) +
			" in two batches or more" +
			(labels.spanning().isEmpty() ? ": nothing tells a batch effect from the labels' biology."
				: "; the batch effect is looked for within " + (labels.spanning().size() == 1 ? "it" : "these") +
					". The others, such as " +
					Html.escape(labels.confined().stream().limit(NAMED).collect(Collectors.joining(", "))) +
					", lie in one batch each, where nothing tells it from their biology."));
	}

	/**
	 * By the batch metric that is furthest from chance: one that a batch effect escapes is no proof that it is
	 * gone.
	 */
	private String gone(final AssessedMethod method, final boolean named) {
		final String whose = named ? "<b>" + names.of(method) + "</b>: " : "";
		if (method.evidence().isOnOwnRows())
			return whose + "That can't be said on rows that a correction was fitted on.";
		final List<String> overfitted = assessment.objections(method).overfitted();
		if (!overfitted.isEmpty()) {
			return whose + "<b>That can't be said</b>: " + Html.escape(String.join("; ", overfitted)) +
				", a sign of overfitting.";
		}
		return RemainingBatchEffect.worst(assessment.metrics(), method)
			.map(worst -> worst.left() == 0
				? whose + "It is, as far as these metrics can tell: none sees more than chance."
				: whose +
					(worst.isGone() ? "It is, as far as these metrics can tell. Furthest from chance is "
						: worst.isOpen() ? "<b>That can't be told from so few plates.</b> Furthest from chance is "
							: "<b>It is not gone.</b> Furthest from chance is ") +
					Html.escape(worst.metric().title()) + ", " + Html.number(worst.result().value()) + " (chance " +
					Html.number(worst.result().chance()) +
					(worst.isOpen() ? ", with a standard deviation of " + Html.number(worst.result().noise()) : "") +
					").")
			.orElse(whose + "No metric that looks at batches is defined.");
	}

	/** Corrections that leave a trace where there was less before, and others that leave none. */
	private void harm() {
		for (final AssessedMethod method : assessment.methods()) {
			if (!method.isMeasured() || method.origin().isAsGiven()) continue;
			final Objections objections = assessment.objections(method);
			if (objections.harmful().isEmpty()) continue;
			sentences.add("<b>" + names.of(method) + " does harm</b>: it " +
				Html.escape(String.join("; it ", objections.harmful())) +
				". A plate gets the sampling error of its own controls.");
		}
	}

	/**
	 * Returns the biology that the recommended method costs, and what it costs with those that are not
	 * recommended for that.
	 */
	private void falls(final AssessedMethod best) {
		for (final AssessedMethod method : assessment.methods()) {
			final Objections objections = assessment.objections(method);
			final List<String> falls = method == best ? objections.falls() : objections.lost();
			if (method.isMeasured() && !falls.isEmpty()) {
				sentences.add("<b>What falls with " + names.of(method) + "</b>, by more than its spread: " +
					Html.escape(String.join("; ", falls)) + ".");
			}
		}
	}

	/** By all biology metrics: one that is above chance by more than its spread shows it. */
	private String seen(final AssessedMethod method, final boolean named) {
		final String whose = named ? "<b>" + names.of(method) + "</b>: " : "";
		final List<MetricInfo> biology = SeenBiology.defined(assessment.metrics(), method);
		if (biology.isEmpty()) return whose + "<b>That can't be told</b>: no biology metric is defined.";
		final List<String> above = biology.stream()
			.filter(metric -> SeenBiology.isSeen(metric, method))
			.map(MetricInfo::title)
			.map(Html::escape)
			.toList();
		return whose + (above.isEmpty()
			? "<b>It is not seen by these metrics</b>: none is above chance by more than its spread."
			: above.size() == biology.size() ? "Yes: " + (above.size() == 1
				? above.get(0) + " is above chance by more than its spread."
				: "all " + above.size() + " biology metrics are above chance by more than their spread.")
				: "Yes: " + above.size() + " of " + biology.size() + " biology metrics are above chance by more " +
					"than their spread (" + String.join(", ", above) + ").");
	}

	/** Adds the sentences of the metrics of a group. */
	private void findings(final MetricGroup group, final AssessedMethod first, final AssessedMethod other) {
		assessment.metrics()
			.stream()
			.filter(metric -> metric.group() == group)
			.map(metric -> finding(metric, first, other))
			.filter(sentence -> !sentence.isEmpty())
			.forEach(sentences::add);
	}

	private String finding(final MetricInfo metric, final AssessedMethod first, final AssessedMethod other) {
		final MetricResult before = first.results().get(metric.name());
		if (!before.isDefined()) {
			final String subject = metric.sentence().subject();
			return subject.isEmpty() ? ""
				: Html.escape(subject) + " is not defined: " + Html.escape(before.undefined()) + ".";
		}
		final String clause = Html.escape(metric.sentence().clause(before));
		if (clause.isEmpty()) return "";
		final MetricResult after = other == null ? null : other.results().get(metric.name());
		final String then = after == null || !after.isDefined() ? ""
			: ", after <b>" + names.of(other) + "</b> of " + Html.percent(after.value());
		return clause.replace("%s", Html.percent(before.value())) + then + " (chance " +
			Html.percent(before.chance()) + ").";
	}
}
