// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.isophene.metrics.MetricResult;

/** What the numbers say, in sentences; only what they say. */
final class Verdict {

	private Verdict() {}

	static List<String> sentences(final Assessment assessment) {
		final List<String> sentences = new ArrayList<>();
		final MethodNames names = new MethodNames(assessment.methods());
		final AssessedMethod first = assessment.first();
		final AssessedMethod best = assessment.best();
		final boolean several = assessment.methods().size() > 1;
		if (several && !Double.isNaN(best.score().overall())) {
			sentences.add("The best overall score has <b>" + names.of(best) + "</b>: " + Html.number(best.score().overall()) +
				(best == first ? "." : "; <b>" + names.of(first) + "</b> has " + Html.number(first.score().overall()) + "."));
		}
		DifferentRows.of(assessment).ifPresent(m -> sentences.add("<b>" + names.of(m) + "</b> was measured on other rows (" + m.rows() +
			") than <b>" + names.of(first) + "</b> (" + first.rows() + "), so their numbers don't compare: give both the same rows."));
		final AssessedMethod other = several && best != first ? best : null;
		sentences.add("<b>Is the batch effect gone?</b> " + gone(assessment, names, first, several) + (other == null ? "" : " " + gone(
			assessment, names, other, true)));
		add(sentences, names, "batch-probe", first, other,
			"A linear probe tells the batch of %s of the negative controls on plates it hasn't seen%s (chance %s).");
		if (!first.results().containsKey("batch-probe") || !first.results().get("batch-probe").isDefined()) {
			sentences.add("The probe on negative controls is not defined: " + Html.escape(first
				.results().getOrDefault("batch-probe", MetricResult.undefined("not measured")).undefined()) + ".");
		}
		add(sentences, names, "map-activity", first, other,
			"<b>Is the biology still there?</b> Replicates find each other among the controls with a mean average precision of %s%s (chance %s).");
		add(sentences, names, "nscb", first, other,
			"The nearest treatment by another compound in another batch has the same label for %s of the treatments%s (chance %s).");
		add(sentences, names, "label-probe", first, other,
			"A linear probe tells the label in batches it hasn't seen for %s of the rows%s (chance %s).");
		return sentences;
	}

	/** By the batch metric that is furthest from chance: one that a batch effect escapes is no proof that it is gone. */
	private static String gone(final Assessment assessment, final MethodNames names, final AssessedMethod method,
		final boolean named)
	{
		final String whose = named ? "<b>" + names.of(method) + "</b>: " : "";
		return RemainingBatchEffect.worst(assessment.metrics(), method).map(worst -> worst.left() == 0 ? whose +
			"It is, as far as these metrics can tell: none sees more than chance." : whose + (worst.isGone()
			? "It is, as far as these metrics can tell. Furthest from chance is " : "<b>It is not gone.</b> Furthest from chance is ") + Html
				.escape(worst.metric().title()) + ", " + Html.number(worst.result().value()) + " (chance " + Html.number(worst.result()
					.chance()) + ").").orElse(whose + "No metric that looks at batches is defined.");
	}

	private static void add(final List<String> sentences, final MethodNames names, final String metric, final AssessedMethod first,
		final AssessedMethod other, final String sentence)
	{
		final MetricResult before = first.results().get(metric);
		if (before == null || !before.isDefined()) return;
		final MetricResult after = other == null ? null : other.results().get(metric);
		final String then = after == null || !after.isDefined() ? "" : ", after <b>" + names.of(other) + "</b> of " + Html
			.percent(after.value());
		sentences.add(String.format(Locale.ROOT, sentence, Html.percent(before.value()), then, Html.percent(before
			.chance())));
	}
}
