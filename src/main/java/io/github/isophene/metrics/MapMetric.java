// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Base of the metrics that are a mean average precision: from rows to groups to one number. */
public final class MapMetric {

	private MapMetric() {}

	/**
	 * The mean over groups.
	 *
	 * @param names [rows], the group of each row; empty for none
	 * @param what the groups are called in the note
	 */
	public static MetricResult measure(final AveragePrecision rows, final String[] names, final String what,
		final long seed)
	{
		final List<MeanAveragePrecision.Group> groups = MeanAveragePrecision.of(rows, names,
			MeanAveragePrecision.NULL_SIZE, seed);
		if (groups.isEmpty())
			throw new UndefinedMetricException("no row has a partner to be similar to: there are no replicates");
		if (Arrays.equals(rows.positives(), rows.total())) {
			throw new UndefinedMetricException("no row has a partner to differ from");
		}
		final Map<String, Double> values = new LinkedHashMap<>();
		final Map<String, MetricResult.Test> tests = new LinkedHashMap<>();
		int near = 0;
		double sum = 0;
		double chance = 0;
		int significant = 0;
		for (final MeanAveragePrecision.Group group : groups) {
			values.put(group.name(), group.value());
			sum += group.value();
			chance += group.chance();
			if (group.q() < MeanAveragePrecision.SIGNIFICANT) significant++;
			if (group.qError() > 0 && Math.abs(group.q() - MeanAveragePrecision.SIGNIFICANT) < 2 * group.qError())
				near++;
			tests.put(group.name(), new MetricResult.Test(group.p(), group.q(), group.qError()));
		}
		final String note = String.format(Locale.ROOT, "%d of %d %s significant (false discovery rate < %s)%s",
			significant, groups.size(), what, MeanAveragePrecision.SIGNIFICANT,
			near == 0 ? "" : ", of which " + near + " lie within the Monte Carlo error of that");
		return MetricResult.of(sum / groups.size(), chance / groups.size())
			.withGroups(values)
			.withTests(tests)
			.withNote(note);
	}

	/** The name of each row. */
	public static String[] names(final Categories codes) {
		return Arrays.stream(codes.of())
			.mapToObj(code -> code < 0 ? "" : codes.names().get(code))
			.toArray(String[]::new);
	}
}
