// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import io.github.isophene.numerics.FalseDiscoveryRate;
import io.github.isophene.numerics.Parallel;

/**
 * The mean average precision of each group of rows, with its p-value and false discovery
 * rate (Kalinin et al. 2025, Nat Commun 16:5181). The null of a group is the mean over its
 * rows of random rankings with as many positives and negatives; rows with the same numbers
 * share their random rankings.
 * <p>
 * Where a group's rows all have the same numbers and these allow no more than {@value #EXACT} rankings, all are
 * counted and
 * the p-value is exact. Elsewhere rankings are drawn, once for all groups with the same numbers, and drawn on for the
 * groups whose p-value lies within three standard errors of the false discovery rate's threshold, {@value
 * #MOST} at most.
 * </p>
 */
public final class MeanAveragePrecision {

	/** Default minimal number of random rankings behind a p-value. */
	public static final int NULL_SIZE = 10_000;

	/** Rankings that are counted rather than drawn. */
	static final int EXACT = 200_000;
	/** Random rankings that a p-value stands on at most. */
	static final int MOST = 1_000_000;
	/** The false discovery rate at which a group is called significant. */
	static final double SIGNIFICANT = 0.05;
	/** Places that may be drawn to settle groups near the threshold. */
	private static final double WORK = 4e8;
	private static final int ERRORS = 3;
	/** Rankings are kept as floats: what is as good may differ in the last digit. */
	private static final double SAME = 1e-6;

	/**
	 * A group of rows.
	 *
	 * @param name its value of the grouping column
	 * @param value the mean average precision
	 * @param rows how many rows have one
	 * @param chance the mean of the null
	 * @param p share of random rankings that are as good or better, (n + 1)/(drawn + 1); n/all where all were
	 * counted. (copairs
	 *          counts better ones only, so that a perfect score is more significant there than its rankings allow.)
	 * @param q the false discovery rate (Benjamini-Hochberg)
	 * @param qError Monte Carlo standard error of q; 0 where p is exact
	 * @param drawn random rankings that p stands on; 0 where all were counted
	 */
	public record Group(String name, double value, int rows, double chance, double p, double q, double qError,
		int drawn)
	{}

	private MeanAveragePrecision() {}

	/**
	 * The groups in alphabetical order; those without any row that has a positive are left out.
	 *
	 * @param names [rows], the value of the grouping column; rows without one (empty) are left out
	 * @param nullSize how many random rankings a p-value stands on at least
	 */
	public static List<Group> of(final AveragePrecision rows, final String[] names, final int nullSize,
		final long seed)
	{
		final Categories groups = Categories.of(names);
		final long[] kinds = kinds(rows);
		final int[][] members = groups.rows();
		final double[] means = new double[kinds.length];
		Parallel.run(kinds.length,
			k -> means[k] = RandomAveragePrecision.mean((int) (kinds[k] >>> 32), (int) kinds[k]));
		final List<Null> nulls = new ArrayList<>();
		for (int g = 0; g < members.length; g++) {
			final Null n = Null.of(rows, members[g], groups.names().get(g), kinds, means);
			if (n != null) nulls.add(n);
		}
		count(nulls, kinds);
		int drawn = 0;
		double work = 0;
		List<Null> open = nulls.stream().filter(n -> !n.exact).toList();
		for (int round = 0; !open.isEmpty() && drawn < MOST && (round == 0 || work < WORK); round++) {
			final int more = Math.max(nullSize, Math.min(drawn, MOST - drawn));
			work += draw(open, kinds, more, seed, round);
			drawn += more;
			open = undecided(nulls);
		}
		final double[] q = FalseDiscoveryRate.adjust(nulls.stream().mapToDouble(Null::p).toArray());
		final List<Group> all = new ArrayList<>();
		for (int i = 0; i < q.length; i++) all.add(nulls.get(i).group(q[i]));
		all.sort(Comparator.comparing(Group::name));
		return all;
	}

	/** Counts all rankings of the kinds that have few, for the groups of one such kind. */
	private static void count(final List<Null> nulls, final long[] kinds) {
		final Map<Integer, float[]> counted = new HashMap<>();
		for (final Null n : nulls) {
			if (n.kinds.length > 1) continue;
			final int kind = n.kinds[0];
			final float[] all = counted.computeIfAbsent(kind, k -> {
				final float[] rankings = RandomAveragePrecision.enumerate((int) (kinds[k] >>> 32), (int) kinds[k],
					EXACT);
				return rankings == null ? new float[0] : rankings;
			});
			if (all.length == 0) continue;
			n.exact = true;
			n.drawn = all.length;
			n.better = all.length - below(all, (float) (n.value - SAME));
		}
	}

	/**
	 * Draws rankings of the kinds that groups need, and counts those that are as good; gives the number of
	 * places drawn.
	 */
	private static double draw(final List<Null> open, final long[] kinds, final int count, final long seed,
		final int round)
	{
		final TreeSet<Integer> needed = new TreeSet<>();
		for (final Null n : open) for (final int kind : n.kinds) needed.add(kind);
		final Integer[] list = needed.toArray(Integer[]::new);
		final float[][] drawn = new float[kinds.length][];
		final float[][] sorted = new float[kinds.length][];
		Parallel.run(list.length, i -> {
			final int k = list[i];
			drawn[k] = RandomAveragePrecision.draw((int) (kinds[k] >>> 32), (int) kinds[k], count, seed, round);
			sorted[k] = drawn[k].clone();
			Arrays.sort(sorted[k]);
		});
		Parallel.run(open.size(), i -> open.get(i).add(drawn, sorted, count));
		return Arrays.stream(list).mapToDouble(k -> (double) (kinds[k] >>> 32) * count).sum();
	}

	/** Groups that may be on either side of the threshold of Benjamini and Hochberg, for all that was drawn. */
	private static List<Null> undecided(final List<Null> nulls) {
		final int significant = (int) Arrays
			.stream(FalseDiscoveryRate.adjust(nulls.stream().mapToDouble(Null::p).toArray()))
			.filter(q -> q < SIGNIFICANT)
			.count();
		final double low = SIGNIFICANT * Math.max(1, significant) / nulls.size();
		final double high = SIGNIFICANT * Math.min(nulls.size(), significant + 1) / nulls.size();
		return nulls.stream()
			.filter(n -> !n.exact && n.p() - ERRORS * n.error() <= high && n.p() + ERRORS * n.error() >= low)
			.toList();
	}

	/** Returns the number of ascending values that are lower. */
	private static int below(final float[] ascending, final float value) {
		int low = 0;
		int high = ascending.length;
		while (low < high) {
			final int middle = (low + high) >>> 1;
			if (ascending[middle] < value) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	/** A group's null as far as it has been drawn. */
	private static final class Null {

		private final String name;
		private final double value;
		private final double chance;
		private final int rows;
		private final int[] kinds;
		private final int[] weights;
		private long better;
		private int drawn;
		private boolean exact;

		private Null(final String name, final double value, final double chance, final int rows, final int[] kinds,
			final int[] weights)
		{
			this.name = name;
			this.value = value;
			this.chance = chance;
			this.rows = rows;
			this.kinds = kinds;
			this.weights = weights;
		}

		/** Of some rows; {@code null} where none has a positive. */
		static Null of(final AveragePrecision rows, final int[] members, final String name, final long[] all,
			final double[] means)
		{
			final TreeMap<Integer, Integer> weights = new TreeMap<>();
			double sum = 0;
			double chance = 0;
			int count = 0;
			for (final int row : members) {
				if (rows.positives()[row] == 0) continue;
				sum += rows.precision()[row];
				final int kind = Arrays.binarySearch(all, kind(rows, row));
				chance += means[kind];
				weights.merge(kind, 1, Integer::sum);
				count++;
			}
			if (count == 0) return null;
			return new Null(name, sum / count, chance / count, count,
				weights.keySet().stream().mapToInt(k -> k).toArray(),
				weights.values().stream().mapToInt(w -> w).toArray());
		}

		void add(final float[][] random, final float[][] sorted, final int count) {
			if (kinds.length == 1) better += count - below(sorted[kinds[0]], (float) (value - SAME));
			else {
				for (int i = 0; i < count; i++) {
					double sum = 0;
					for (int k = 0; k < kinds.length; k++) sum += (double) weights[k] * random[kinds[k]][i];
					if (sum / rows >= value - SAME) better++;
				}
			}
			drawn += count;
		}

		double p() {
			return exact ? Math.max(1, better) / (double) drawn : (better + 1.0) / (drawn + 1.0);
		}

		double error() {
			return exact ? 0 : Math.sqrt(p() * (1 - p()) / drawn);
		}

		Group group(final double q) {
			return new Group(name, value, rows, chance, p(), q, exact ? 0 : q * error() / p(), exact ? 0 : drawn);
		}
	}

	/** The different numbers of positives and of all, ascending. */
	private static long[] kinds(final AveragePrecision rows) {
		final TreeSet<Long> kinds = new TreeSet<>();
		for (int row = 0; row < rows.positives().length; row++) {
			if (rows.positives()[row] > 0) kinds.add(kind(rows, row));
		}
		return kinds.stream().mapToLong(Long::longValue).toArray();
	}

	private static long kind(final AveragePrecision rows, final int row) {
		return (long) rows.positives()[row] << 32 | rows.total()[row];
	}
}
