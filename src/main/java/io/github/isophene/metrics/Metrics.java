// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import org.scijava.plugin.PluginService;

/** Finds metrics. */
public final class Metrics {

	private Metrics() {}

	/** A new instance of every metric there is, by group; within a group in the order of their priorities. */
	public static List<Metric> all(final PluginService plugins) {
		return sorted(plugins.createInstancesOfType(Metric.class));
	}

	/** Sorts by group, so that a priority counts within a group only; keeps the order otherwise. */
	static List<Metric> sorted(final Collection<Metric> byPriority) {
		return byPriority.stream().sorted(Comparator.comparing((Metric metric) -> metric.info().group())).toList();
	}
}
