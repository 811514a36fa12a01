// SPDX-License-Identifier: BSD-2-Clause
package com.example.isophene;

import java.util.Arrays;

import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.metrics.Categories;
import io.github.isophene.metrics.Direction;
import io.github.isophene.metrics.Metric;
import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.metrics.UndefinedMetricException;
import io.github.isophene.numerics.Neighbors;
import org.scijava.plugin.Plugin;

/** Share of rows whose nearest row of another batch has their label. */
@Plugin(type = Metric.class)
public class NearestLabel implements Metric {

	@Override
	public MetricInfo info() {
		return new MetricInfo("nearest-label", "Nearest label", MetricGroup.BIOLOGY, Direction.HIGHER, false,
			"Share of rows whose nearest row by cosine, in another batch, has their label.", "this example");
	}

	@Override
	public MetricResult measure(final AssessedProfiles profiles) {
		final AssessedProfiles rows = profiles.labeled().withBatch().sample();
		final Categories labels = rows.labels();
		final int[] batches = rows.batches().of();
		if (labels.size() < 2) throw new UndefinedMetricException("there is one label only");
		final int[][] nearest = Neighbors.cosine(rows.unit(), 1, (a, b) -> batches[a] != batches[b]).of();
		int right = 0;
		int asked = 0;
		for (int i = 0; i < nearest.length; i++) {
			if (nearest[i].length == 0) continue;
			asked++;
			if (labels.of()[nearest[i][0]] == labels.of()[i]) right++;
		}
		if (asked == 0) throw new UndefinedMetricException("there is one batch only");
		final double n = labels.of().length;
		final double chance = Arrays.stream(labels.counts()).mapToDouble(count -> count / n * (count / n)).sum();
		return MetricResult.of((double) right / asked, chance);
	}
}
