// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import org.scijava.plugin.SciJavaPlugin;

/**
 * A number that says how good profiles are. A plug-in type: a new metric is one class with
 * {@code @Plugin(type = Metric.class)} and its test; its place in
 * tables follows from its group, and within the group from the plug-in's priority. A metric has no state: the
 * same profiles give the same number, whatever the number of threads.
 */
public interface Metric extends SciJavaPlugin {

	/** Its name, direction, source. */
	MetricInfo info();

	/**
	 * Measures profiles.
	 *
	 * @throws UndefinedMetricException if the profiles don't have what the metric needs; the message says what
	 */
	MetricResult measure(AssessedProfiles profiles);
}
