// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.ArrayList;
import java.util.List;

import io.github.isophene.metrics.Direction;
import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;

/**
 * Reasons against recommending a method, in clauses that end a sentence.
 *
 * @param untested it was judged on the rows that it was fitted on
 * @param overfitted batch metrics far beyond chance, as clauses
 * @param harmful traces of batches or plates that it leaves on rows that it has not seen, as clauses
 * @param lost biology that falls beyond its spread, as clauses, of what rules a recommendation out
 * @param falls all biology metrics that fall beyond their spread, as clauses
 */
record Objections(String untested, List<String> overfitted, List<String> harmful, List<String> lost,
	List<String> falls)
{

	static Objections of(final Assessment assessment, final AssessedMethod method) {
		final AssessedMethod base = assessment.baseline(method);
		final List<MetricInfo> metrics = assessment.metrics();
		final List<String> overfitted = new ArrayList<>();
		final List<String> harmful = new ArrayList<>();
		final List<String> lost = new ArrayList<>();
		final List<String> falls = new ArrayList<>();
		for (final MetricInfo metric : metrics) {
			final MetricResult result = method.results().get(metric.name());
			if (method.evidence().kind() != Evidence.Kind.UNCORRECTED &&
				RemainingBatchEffect.isFarBeyondChance(metric, result))
			{
				overfitted.add(metric.title() + " is " + Html.plain(result.value()) + ", far below chance (" +
					Html.plain(result.chance()) + ")");
			}
			final Change change = method == base ? null : Change.of(metric.name(), base, method);
			if (change == null || !change.isWorse(metric.direction())) continue;
			final boolean higher = metric.direction() == Direction.HIGHER;
			if (metric.group() == MetricGroup.BATCH && metric.decisive() && !method.evidence().isOnOwnRows() &&
				isBeyondChance(metric, result) && change.isMoreThan(noise(result)))
			{
				harmful.add((higher ? "lowers " : "raises ") + metric.title() + " on rows it has not seen " +
					fromTo(change) + " (chance " + Html.plain(result.chance()) + ")");
			}
			if (metric.group() == MetricGroup.BIOLOGY) {
				final String fall = metric.title() + (higher ? " falls " : " rises ") + fromTo(change);
				falls.add(fall);
				if (metric.decisive()) lost.add(fall);
			}
		}
		if (method != base) {
			final Change biology = Change.ofBiology(assessment.scored(), base, method);
			if (biology != null && biology.falls()) lost.add("the biology score falls " + fromTo(biology));
		}
		return new Objections(method.evidence().isOnOwnRows() ? method.evidence().reason() : "", overfitted, harmful,
			lost, falls);
	}

	/** A change toward chance is none that a batch leaves. */
	private static boolean isBeyondChance(final MetricInfo metric, final MetricResult result) {
		final double noise = Math.max(noise(result), .01);
		return metric.direction() == Direction.HIGHER ? result.value() < result.chance() - noise
			: result.value() > result.chance() + noise;
	}

	/** Returns what the value varies by where there is no batch: on few plates, much. */
	private static double noise(final MetricResult result) {
		return Double.isNaN(result.noise()) ? 0 : result.noise();
	}

	private static String fromTo(final Change change) {
		return "from " + Html.plain(change.before()) + " to " + Html.plain(change.after());
	}

	/** Returns whether nothing speaks against the method. */
	boolean none() {
		return untested.isEmpty() && overfitted.isEmpty() && harmful.isEmpty() && lost.isEmpty();
	}

	/** All reasons, the gravest first. */
	List<String> all() {
		final List<String> all = new ArrayList<>();
		if (!untested.isEmpty()) all.add("it was judged on the rows that it was fitted on: " + untested);
		all.addAll(overfitted);
		all.addAll(harmful);
		all.addAll(lost);
		return all;
	}
}
