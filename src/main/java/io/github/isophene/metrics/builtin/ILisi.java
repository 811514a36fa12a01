// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics.builtin;

import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.metrics.Categories;
import io.github.isophene.metrics.Direction;
import io.github.isophene.metrics.DrawnBatches;
import io.github.isophene.metrics.Lisi;
import io.github.isophene.metrics.Metric;
import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.metrics.SpanningLabels;
import io.github.isophene.numerics.Statistics;
import org.scijava.plugin.Plugin;

/** iLISI: how many batches a row sees among its neighbors, from 0 (its own) to 1 (all). */
@Plugin(type = Metric.class, priority = 90)
public final class ILisi implements Metric {

	@Override
	public MetricInfo info() {
		return new MetricInfo("ilisi", "iLISI (batches)", MetricGroup.BATCH, Direction.HIGHER, true,
			"How many batches are among a row's " + (Lisi.NEIGHBORHOOD - 1) +
				" nearest neighbors: 0 its own only, 1 all. Rows of labels that lie in one batch are left out; " +
				"chance: batches drawn within labels.",
			"Korsunsky 2019, Nat Methods 16:1289; scaled as in Luecken 2022, Nat Methods 19:41");
	}

	@Override
	public MetricResult measure(final AssessedProfiles all) {
		final AssessedProfiles profiles = SpanningLabels.rows(all.sample().withBatch());
		final Categories batches = profiles.severalBatches();
		final Lisi lisi = new Lisi(profiles);
		final double[] indices = lisi.indices(batches.of(), batches.size());
		final double[] chance = new DrawnBatches(profiles, SpanningLabels.groups(profiles))
			.moments(b -> scale(lisi.indices(b, batches.size()), batches.size()));
		return MetricResult.of(scale(indices, batches.size()), chance[0])
			.withNoise(chance[1])
			.withRows(profiles.spread(indices))
			.withNote(all.sampleNote());
	}

	private static double scale(final double[] indices, final int batches) {
		return (Statistics.median(indices) - 1) / (batches - 1);
	}
}
