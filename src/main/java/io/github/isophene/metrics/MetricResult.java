// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Result of a metric.
 *
 * @param value the number; NaN where it isn't defined
 * @param chance what profiles without any information would give; NaN where unknown
 * @param noise standard deviation of the chance level, from one random assignment to the next; NaN where unknown
 * @param undefined why there is no number; empty where there is one
 * @param note what a reader should know about this number, such as how many rows were left out; may be empty
 * @param groups the number of each group (label, treatment, batch), where the metric has such
 * @param tests of these groups, where they are tested
 * @param rows [rows of the table], the number of each row, NaN where it has none; empty where the metric has
 * none at all
 */
public record MetricResult(double value, double chance, double noise, String undefined, String note,
	Map<String, Double> groups, Map<String, Test> tests, double[] rows)
{

	/**
	 * Test of a group against chance.
	 *
	 * @param p the p-value
	 * @param q the false discovery rate
	 * @param qError Monte Carlo standard error of q; 0 where p is exact
	 */
	public record Test(double p, double q, double qError) {}

	/** Copies the groups. */
	public MetricResult {
		tests = Map.copyOf(tests);
		groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
	}

	/** A number and its chance level. */
	public static MetricResult of(final double value, final double chance) {
		return new MetricResult(value, chance, Double.NaN, "", "", Map.of(), Map.of(), new double[0]);
	}

	/** No number, and why: completes "not defined because ...". */
	public static MetricResult undefined(final String reason) {
		return new MetricResult(Double.NaN, Double.NaN, Double.NaN, reason, "", Map.of(), Map.of(), new double[0]);
	}

	/** The same with another chance level. */
	public MetricResult withChance(final double level) {
		return new MetricResult(value, level, noise, undefined, note, groups, tests, rows);
	}

	/** The same with how much its chance level varies. */
	public MetricResult withNoise(final double deviation) {
		return new MetricResult(value, chance, deviation, undefined, note, groups, tests, rows);
	}

	/** The same with a remark. */
	public MetricResult withNote(final String text) {
		return new MetricResult(value, chance, noise, undefined, text, groups, tests, rows);
	}

	/** The same with the numbers of groups. */
	public MetricResult withGroups(final Map<String, Double> values) {
		return new MetricResult(value, chance, noise, undefined, note, values, tests, rows);
	}

	/** The same with tests of its groups. */
	MetricResult withTests(final Map<String, Test> values) {
		return new MetricResult(value, chance, noise, undefined, note, groups, values, rows);
	}

	/** The same with the numbers of rows. */
	public MetricResult withRows(final double[] values) {
		return new MetricResult(value, chance, noise, undefined, note, groups, tests, values);
	}

	/** Returns whether there is a number. */
	public boolean isDefined() {
		return undefined.isEmpty();
	}

	/** Records compare arrays by identity; results are equal by content. */
	@Override
	public boolean equals(final Object other) {
		return other instanceof MetricResult r && Double.compare(value, r.value) == 0 &&
			Double.compare(chance, r.chance) == 0 && undefined.equals(r.undefined) && note.equals(r.note) &&
			groups.equals(r.groups) && Arrays.equals(rows, r.rows);
	}

	@Override
	public int hashCode() {
		return Double.hashCode(value) * 31 + Arrays.hashCode(rows);
	}
}
