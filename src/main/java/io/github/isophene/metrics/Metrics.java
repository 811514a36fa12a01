// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.List;

import org.scijava.plugin.PluginService;

/** Finds metrics. */
public final class Metrics {

	private Metrics() {}

	/** A new instance of every metric there is, in the order of their priorities. */
	public static List<Metric> all(final PluginService plugins) {
		return List.copyOf(plugins.createInstancesOfType(Metric.class));
	}
}
