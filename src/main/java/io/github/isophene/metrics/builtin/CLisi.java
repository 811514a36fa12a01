// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics.builtin;

import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.metrics.Categories;
import io.github.isophene.metrics.Direction;
import io.github.isophene.metrics.Lisi;
import io.github.isophene.metrics.Metric;
import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.numerics.Statistics;
import org.scijava.plugin.Plugin;

/** cLISI: how few labels a row sees among its neighbors, from 0 (all) to 1 (its own). */
@Plugin(type = Metric.class, priority = 40)
public final class CLisi implements Metric {

	@Override
	public MetricInfo info() {
		return new MetricInfo("clisi", "cLISI (labels)", MetricGroup.BIOLOGY, Direction.HIGHER, true,
			"How few labels are among a row's " + (Lisi.NEIGHBORHOOD - 1) +
				" nearest neighbors: 1 its own only, 0 all. " + "Without controls.",
			"Korsunsky 2019, Nat Methods 16:1289; scaled as in Luecken 2022, Nat Methods 19:41");
	}

	@Override
	public MetricResult measure(final AssessedProfiles all) {
		final AssessedProfiles profiles = all.replicated().sample();
		final Categories labels = profiles.severalLabels();
		final Lisi lisi = new Lisi(profiles);
		final double[] indices = lisi.indices(labels.of(), labels.size());
		final double chance = Statistics.permuted(labels.of(), profiles.seed(),
			l -> scale(lisi.indices(l, labels.size()), labels.size()));
		return MetricResult.of(scale(indices, labels.size()), chance)
			.withRows(profiles.spread(indices))
			.withNote(all.replicatedNote());
	}

	private static double scale(final double[] indices, final int labels) {
		return (labels - Statistics.median(indices)) / (labels - 1);
	}
}
