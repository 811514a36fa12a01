// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.github.isophene.numerics.HolmCorrection;
import io.github.isophene.numerics.Statistics;
import io.github.isophene.numerics.StudentT;

/**
 * Differences of all methods from one on new batches, paired by seed: mean, standard deviation, the 95 % confidence
 * interval of the mean (of each method by itself) and the p-value of a
 * two-sided paired t-test, corrected for the number of methods by Holm's procedure.
 */
final class Differences {

	/** Method that others are compared with, where it is among them. */
	private static final String REFERENCE = "erm";

	private Differences() {}

	/** Returns a table; empty for fewer than two methods or seeds. */
	static String markdown(final Collection<ResultRow> results) {
		final Map<Method, Map<Long, double[]>> seeds = new TreeMap<>();
		for (final ResultRow r : results) {
			if (!r.condition().equals(Condition.HELD_OUT)) continue;
			final double[] of = seeds.computeIfAbsent(r.method(), m -> new TreeMap<>())
				.computeIfAbsent(r.seed(), s -> new double[2]);
			of[0] += r.correct();
			of[1] += r.queries();
		}
		if (seeds.size() < 2) return "";
		final Method reference = seeds.keySet()
			.stream()
			.filter(m -> m.label().equals(REFERENCE))
			.findFirst()
			.orElse(seeds.keySet().iterator().next());
		final List<Method> others = new ArrayList<>(seeds.keySet());
		others.remove(reference);
		final double[][] paired = others.stream()
			.map(m -> seeds.get(m)
				.keySet()
				.stream()
				.filter(seeds.get(reference)::containsKey)
				.mapToDouble(s -> share(seeds.get(m).get(s)) - share(seeds.get(reference).get(s)))
				.toArray())
			.toArray(double[][]::new);
		if (paired[0].length < 2) return "";
		final double[] p = new double[paired.length];
		for (int i = 0; i < p.length; i++) p[i] = StudentT.pairedP(paired[i]);
		final double[] corrected = HolmCorrection.adjust(p);
		final StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
			"%nDifferences from %s on new batches, paired by seed (two-sided t-test over %d seeds; Holm's correction " +
				"for %d methods). A claim needs the corrected p:%n%n",
			reference.title(), paired[0].length, p.length).replace("\r", ""))
			.append("| method | difference | 95 % interval | p | corrected p |\n| --- | --: | --- | --: | --: |\n");
		for (int i = 0; i < p.length; i++) {
			final double[] moments = Statistics.moments(paired[i]);
			final double half = StudentT.halfWidth(paired[i]);
			text.append(String.format(Locale.ROOT, "| %s | %+.3f ± %.3f | %+.3f to %+.3f | %.3g | %.3g |",
				others.get(i).title(), moments[0], moments[1], moments[0] - half, moments[0] + half, p[i],
				corrected[i])).append('\n');
		}
		return text.toString();
	}

	private static double share(final double[] of) {
		return of[0] / of[1];
	}
}
