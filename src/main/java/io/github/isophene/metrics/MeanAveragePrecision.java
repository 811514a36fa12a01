// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

import io.github.isophene.numerics.FalseDiscoveryRate;
import io.github.isophene.numerics.Parallel;

/**
 * The mean average precision of each group of rows, with its p-value and false discovery
 * rate (Kalinin et al. 2025, Nat Commun 16:5181). The null of a group is the mean over its
 * rows of random rankings with as many positives and negatives; rows with the same numbers
 * share their random rankings.
 */
public final class MeanAveragePrecision {

	/** How many random rankings a p-value stands on unless said otherwise. */
	public static final int NULL_SIZE = 10_000;

	/**
	 * A group of rows.
	 *
	 * @param name its value of the grouping column
	 * @param value the mean average precision
	 * @param rows how many rows have one
	 * @param chance the mean of the null
	 * @param p share of random rankings that are better, (better + 1)/(drawn + 1)
	 * @param q the false discovery rate (Benjamini-Hochberg)
	 */
	public record Group(String name, double value, int rows, double chance, double p, double q) {}

	private MeanAveragePrecision() {}

	/**
	 * The groups in alphabetical order; those without any row that has a positive are left out.
	 *
	 * @param names [rows], the value of the grouping column; rows without one (empty) are left out
	 * @param nullSize how many random rankings a p-value stands on
	 */
	public static List<Group> of(final AveragePrecision rows, final String[] names, final int nullSize, final long seed) {
		final Categories groups = Categories.of(names);
		final long[] kinds = kinds(rows);
		final float[][] nulls = new float[kinds.length][];
		final double[] means = new double[kinds.length];
		Parallel.run(kinds.length, k -> {
			nulls[k] = RandomAveragePrecision.draw((int) (kinds[k] >>> 32), (int) kinds[k], nullSize, seed);
			means[k] = RandomAveragePrecision.mean((int) (kinds[k] >>> 32), (int) kinds[k]);
		});
		final int[][] members = groups.rows();
		final Group[] found = new Group[members.length];
		Parallel.run(members.length, g -> found[g] = group(rows, members[g], groups.names().get(g), kinds, nulls, means,
			nullSize));
		final List<Group> all = new ArrayList<>(Arrays.asList(found));
		all.removeIf(group -> group == null);
		all.sort(Comparator.comparing(Group::name));
		final double[] q = FalseDiscoveryRate.adjust(all.stream().mapToDouble(Group::p).toArray());
		for (int i = 0; i < q.length; i++) {
			final Group g = all.get(i);
			all.set(i, new Group(g.name, g.value, g.rows, g.chance, g.p, q[i]));
		}
		return all;
	}

	private static Group group(final AveragePrecision rows, final int[] members, final String name, final long[] kinds,
		final float[][] nulls, final double[] means, final int nullSize)
	{
		final int[] weights = new int[kinds.length];
		final TreeSet<Integer> used = new TreeSet<>();
		double sum = 0;
		double chance = 0;
		int count = 0;
		for (final int row : members) {
			if (rows.positives()[row] == 0) continue;
			sum += rows.precision()[row];
			final int kind = Arrays.binarySearch(kinds, kind(rows, row));
			chance += means[kind];
			weights[kind]++;
			used.add(kind);
			count++;
		}
		if (count == 0) return null;
		final double value = sum / count;
		final double[] random = new double[nullSize];
		for (final int kind : used) {
			for (int i = 0; i < nullSize; i++) random[i] += (double) weights[kind] * nulls[kind][i];
		}
		int better = 0;
		for (final double r : random) if (r / count > value) better++;
		return new Group(name, value, count, chance / count, (better + 1.0) / (nullSize + 1.0), Double.NaN);
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
