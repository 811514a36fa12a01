// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

/**
 * Description of a metric for readers of the report.
 *
 * @param name its name in tables and files, lower-case: {@code map-activity}
 * @param title its name in a report
 * @param group which question it answers
 * @param direction which values are good
 * @param overall whether it enters the overall score; its values must lie in [0, 1] then
 * @param alone whether a score may rest on it alone; false for one that can be good or bad whatever its group
 * asks about
 * @param explanation one line: what is counted
 * @param source the publication that defines it
 */
public record MetricInfo(String name, String title, MetricGroup group, Direction direction, boolean overall,
	boolean alone, String explanation, String source)
{

	/** A metric that a score may rest on alone. */
	public MetricInfo(final String name, final String title, final MetricGroup group, final Direction direction,
		final boolean overall, final String explanation, final String source)
	{
		this(name, title, group, direction, overall, true, explanation, source);
	}
}
