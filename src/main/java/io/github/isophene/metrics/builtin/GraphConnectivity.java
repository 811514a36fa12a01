// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics.builtin;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.isophene.messages.Count;
import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.metrics.Categories;
import io.github.isophene.metrics.Direction;
import io.github.isophene.metrics.Metric;
import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.metrics.UndefinedMetricException;
import io.github.isophene.numerics.ConnectedComponents;
import io.github.isophene.numerics.Statistics;
import org.scijava.plugin.Plugin;

/**
 * Connectivity of each label's rows in the graph of nearest neighbors: share of its largest component, mean
 * over labels.
 */
@Plugin(type = Metric.class, priority = 87)
public final class GraphConnectivity implements Metric {

	/** The row itself and its neighbors together. */
	static final int NEIGHBORHOOD = 15;

	/** It counts among the batch metrics, but looks at no batch: no batch score may rest on it alone. */
	@Override
	public MetricInfo info() {
		return new MetricInfo("graph-connectivity", "Graph connectivity", MetricGroup.BATCH, Direction.HIGHER, true,
			"Share of a label's rows that hang together through their " + (NEIGHBORHOOD - 1) +
				" nearest neighbors, mean over labels, controls being a label.",
			"Luecken 2022, Nat Methods 19:41").withAlone(false);
	}

	@Override
	public MetricResult measure(final AssessedProfiles all) {
		final AssessedProfiles profiles = all.sample().withBatch();
		final Categories labels = profiles.labelsAndControls();
		if (profiles.size() < NEIGHBORHOOD)
			throw new UndefinedMetricException("there are only " + Count.of(profiles.size(), "row"));
		final int[][] neighbors = profiles.neighbors(NEIGHBORHOOD - 1).of();
		final double[] shares = shares(neighbors, labels.of(), labels.size());
		final Map<String, Double> groups = new LinkedHashMap<>();
		for (int k = 0; k < shares.length; k++)
			if (!Double.isNaN(shares[k])) groups.put(labels.names().get(k), shares[k]);
		if (groups.isEmpty()) throw new UndefinedMetricException("no label has more than one row");
		final double chance = Statistics.permuted(labels.of(), profiles.seed(),
			l -> Statistics.mean(shares(neighbors, l, labels.size())));
		return MetricResult.of(Statistics.mean(shares), chance).withGroups(groups).withNote(all.sampleNote());
	}

	/**
	 * The share of each label; NaN for one with fewer than two rows. Rows without a label (-1) are no part of
	 * the graph.
	 */
	static double[] shares(final int[][] neighbors, final int[] labels, final int count) {
		final ConnectedComponents components = new ConnectedComponents(neighbors.length);
		for (int row = 0; row < neighbors.length; row++) {
			for (final int other : neighbors[row])
				if (labels[row] >= 0 && labels[row] == labels[other]) components.join(row, other);
		}
		final int[] rows = new int[count];
		final int[] largest = new int[count];
		for (int row = 0; row < labels.length; row++) {
			if (labels[row] < 0) continue;
			rows[labels[row]]++;
			largest[labels[row]] = Math.max(largest[labels[row]], components.size(row));
		}
		final double[] shares = new double[count];
		for (int k = 0; k < count; k++) shares[k] = rows[k] < 2 ? Double.NaN : largest[k] / (double) rows[k];
		return shares;
	}
}
