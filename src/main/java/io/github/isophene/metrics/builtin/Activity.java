// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics.builtin;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.metrics.AveragePrecision;
import io.github.isophene.metrics.Categories;
import io.github.isophene.metrics.Direction;
import io.github.isophene.metrics.MapMetric;
import io.github.isophene.metrics.Metric;
import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.metrics.PairRule;
import org.scijava.plugin.Plugin;

/**
 * mAP, activity: whether a treatment's replicates are more similar to each other than to
 * the negative controls, all of them.
 */
@Plugin(type = Metric.class, priority = 49)
public final class Activity implements Metric {

	@Override
	public MetricInfo info() {
		return new MetricInfo("map-activity", "mAP, activity", MetricGroup.BIOLOGY, Direction.HIGHER, true,
			"Whether replicates of a treatment are more similar to each other than to negative controls.",
			"Kalinin 2025, Nat Commun 16:5181")
			.withSentence("Replicates find each other among the controls with a mean average precision of %s");
	}

	@Override
	public MetricResult measure(final AssessedProfiles profiles) {
		final AveragePrecision rows = rows(profiles);
		return MapMetric.measure(rows, names(profiles), "treatments", profiles.seed())
			.withRows(profiles.spread(rows.precision()));
	}

	/** The average precision of every row, NaN for controls. */
	public static AveragePrecision rows(final AssessedProfiles profiles) {
		profiles.controls();
		final String[] names = names(profiles);
		// Controls are no replicates of each other: each has a reference of its own; treated rows share one.
		final String[] reference = new String[names.length];
		for (int i = 0; i < names.length; i++) {
			final boolean control = profiles.isControl(i);
			reference[i] = control ? String.format(Locale.ROOT, "%010d", i + 1) : "0";
			if (control) names[i] = "negative control";
		}
		final Map<String,
			Categories> columns = Map.of("treatment", Categories.of(names), "reference", Categories.of(reference));
		return AveragePrecision.of(profiles.unit(), columns::get, PairRule.same("treatment", "reference"),
			new PairRule(List.of(), List.of("reference", "treatment")));
	}

	/** The treatment of each row, empty for controls. */
	private static String[] names(final AssessedProfiles profiles) {
		final String[] names = MapMetric.names(profiles.treatments());
		for (int i = 0; i < names.length; i++) if (profiles.isControl(i)) names[i] = "";
		return names;
	}
}
