// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Mean and standard deviation over seeds. The seed is the unit, as plates of one seed share
 * the weights.
 *
 * @param rows by method, then by condition
 */
public record Summary(List<SummaryRow> rows) {

	static final String HEADER = "method,condition,mean,sd,n,worst_plate";

	/** Sums, per seed and plate. */
	private static final class Counts {

		private long correct;
		private long queries;
		private final Map<String, long[]> plates = new TreeMap<>();

		void add(final ResultRow r) {
			correct += r.correct();
			queries += r.queries();
			final long[] of = plates.computeIfAbsent(r.plate(), p -> new long[2]);
			of[0] += r.correct();
			of[1] += r.queries();
		}

		double accuracy() {
			return (double) correct / queries;
		}

		double worst() {
			return plates.values().stream().mapToDouble(p -> (double) p[0] / p[1]).min().orElse(Double.NaN);
		}
	}

	public Summary {
		rows = List.copyOf(rows);
	}

	/** Of all results. */
	public static Summary of(final Collection<ResultRow> results) {
		final Map<Method, Map<Condition, Map<Long, Counts>>> all = new TreeMap<>();
		for (final ResultRow r : results) {
			all.computeIfAbsent(r.method(), m -> new TreeMap<>())
				.computeIfAbsent(r.condition(), c -> new TreeMap<>())
				.computeIfAbsent(r.seed(), s -> new Counts())
				.add(r);
		}
		final List<SummaryRow> rows = new ArrayList<>();
		all.forEach((method, conditions) -> conditions
			.forEach((condition, seeds) -> rows.add(row(method, condition, seeds.values()))));
		return new Summary(rows);
	}

	private static SummaryRow row(final Method method, final Condition condition, final Collection<Counts> seeds) {
		final int n = seeds.size();
		final double mean = seeds.stream().mapToDouble(Counts::accuracy).sum() / n;
		final double squares = seeds.stream().mapToDouble(s -> (s.accuracy() - mean) * (s.accuracy() - mean)).sum();
		return new SummaryRow(method, condition, mean, n > 1 ? Math.sqrt(squares / (n - 1)) : Double.NaN, n,
			seeds.stream().mapToDouble(Counts::worst).sum() / n);
	}

	/** The row of a method and a condition, or {@code null}. */
	public SummaryRow row(final Method method, final Condition condition) {
		return rows.stream()
			.filter(r -> r.method().equals(method) && r.condition().equals(condition))
			.findFirst()
			.orElse(null);
	}

	/** The mean accuracy of a method under a condition, if it was tested. */
	public OptionalDouble mean(final Method method, final Condition condition) {
		final SummaryRow row = row(method, condition);
		return row == null ? OptionalDouble.empty() : OptionalDouble.of(row.mean());
	}

	/** The methods that were tested, in the order of the table. */
	public SortedSet<Method> methods() {
		final SortedSet<Method> methods = new TreeSet<>();
		for (final SummaryRow r : rows) methods.add(r.method());
		return methods;
	}

	/** The conditions of some kind, sorted. */
	public List<Condition> conditions(final Condition.Kind kind) {
		return rows.stream().map(SummaryRow::condition).filter(c -> c.kind() == kind).distinct().sorted().toList();
	}

	/** Returns it as CSV. */
	String csv() {
		final StringBuilder text = new StringBuilder(HEADER).append('\n');
		for (final SummaryRow r : rows) {
			text.append(String.join(",", r.method().label(), r.condition().label(), ReportNumbers.share(r.mean()),
				Double.isNaN(r.sd()) ? "" : ReportNumbers.share(r.sd()), Integer.toString(r.n()),
				ReportNumbers.share(r.worst()))).append('\n');
		}
		return text.toString();
	}
}
