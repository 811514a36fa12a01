// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import io.github.isophene.correction.CorrectionChain;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.messages.Count;
import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.metrics.ColumnRoles;
import io.github.isophene.metrics.Metric;
import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.numerics.Statistics;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.progress.Progress;

/**
 * Judges a chain of corrections on rows that it was not fitted on, fold by fold, by the same fit as Correct
 * Profiles.
 */
final class CrossFit {

	private CrossFit() {}

	/**
	 * The metrics of each fold.
	 *
	 * @param chain to be fitted anew for each fold; {@code null}: none, the profiles as they are
	 * @return by metric name, a map per fold
	 * @throws IllegalArgumentException if a fold's rows don't allow the fit
	 */
	static List<Map<String, MetricResult>> measure(final ProfileTable table, final HeldOutFolds folds,
		final CorrectionChain chain, final CorrectionContext context, final ColumnRoles roles,
		final List<Metric> metrics, final Progress progress)
	{
		final List<Map<String, MetricResult>> all = new ArrayList<>();
		for (int f = 0; f < folds.count(); f++) {
			final Progress own = progress.part("fold " + (f + 1) + " of " + folds.count() + ", ", f, f + 1,
				folds.count());
			own.at("fitting", 0);
			final Fitted fitted = chain == null ? t -> t
				: fit(table.selectRows(folds.fit(f, chain.learnsFromControls())), chain, context);
			final AssessedProfiles judged = AssessedProfiles.of(fitted.apply(table.selectRows(folds.judged(f))), roles,
				context.seed());
			final AssessedProfiles unseen = folds.dealsTreated()
				? AssessedProfiles.of(fitted.apply(table.selectRows(folds.unseen(f))), roles, context.seed())
				: judged;
			final Map<String, MetricResult> results = new LinkedHashMap<>();
			for (int m = 0; m < metrics.size(); m++) {
				final MetricInfo info = metrics.get(m).info();
				own.at(info.title(), .2 + .8 * m / metrics.size());
				results.put(info.name(),
					AssessedMethod.measure(metrics.get(m), info.group() == MetricGroup.BATCH ? unseen : judged));
			}
			all.add(results);
		}
		return all;
	}

	private interface Fitted {

		ProfileTable apply(ProfileTable table);
	}

	private static Fitted fit(final ProfileTable table, final CorrectionChain chain, final CorrectionContext context) {
		final CorrectionChain.Result result = chain.fit(table, context);
		return other -> result.fitted().apply(other, context);
	}

	/**
	 * The mean over the folds in which a metric is defined; undefined, for the first fold's reason, where there
	 * is none.
	 */
	static Map<String, MetricResult> mean(final List<Map<String, MetricResult>> folds) {
		final Map<String, MetricResult> means = new LinkedHashMap<>();
		for (final String metric : folds.get(0).keySet()) {
			final List<
				MetricResult> defined = folds.stream().map(f -> f.get(metric)).filter(MetricResult::isDefined).toList();
			if (defined.isEmpty()) {
				means.put(metric, folds.get(0).get(metric));
				continue;
			}
			final MetricResult first = defined.get(0);
			final TreeSet<String> names = new TreeSet<>();
			defined.forEach(r -> names.addAll(r.groups().keySet()));
			final Map<String, Double> groups = new LinkedHashMap<>();
			for (final String name : names) {
				groups.put(name, Statistics
					.mean(defined.stream().mapToDouble(r -> r.groups().getOrDefault(name, Double.NaN)).toArray()));
			}
			final String note = folds.size() == 1 ? first.note()
				: defined.size() < folds.size()
					? join(first.note(), "defined in " + defined.size() + " of " + Count.of(folds.size(), "fold"))
				: join(first.note(), "in the first of " + Count.of(folds.size(), "fold"));
			means.put(metric,
				MetricResult.of(mean(defined, MetricResult::value), mean(defined, MetricResult::chance))
					.withNoise(mean(defined, MetricResult::noise))
					.withGroups(groups)
					.withNote(note));
		}
		return means;
	}

	private static String join(final String note, final String more) {
		return note.isEmpty() ? more.startsWith("in the first") ? "" : more : note + " (" + more + ")";
	}

	private static double mean(final List<MetricResult> results,
		final java.util.function.ToDoubleFunction<MetricResult> number)
	{
		return Statistics.mean(results.stream().mapToDouble(number).toArray());
	}

	/** The standard deviation of a metric over folds; NaN where fewer than two define it. */
	static double deviation(final List<Map<String, MetricResult>> folds, final String metric) {
		return Statistics.moments(values(folds, metric))[1];
	}

	/** Values of a metric in each fold, NaN where undefined. */
	static double[] values(final List<Map<String, MetricResult>> folds, final String metric) {
		return folds.stream().mapToDouble(f -> f.get(metric).value()).toArray();
	}
}
