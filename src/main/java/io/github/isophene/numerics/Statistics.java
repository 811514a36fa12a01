// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** Small statistics. Values that are NaN are left out. */
public final class Statistics {

	private static final int PERMUTATIONS = 5;

	private Statistics() {}

	public static double mean(final double[] values) {
		return Arrays.stream(values).filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN);
	}

	public static double median(final double[] values) {
		final double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
		if (sorted.length == 0) return Double.NaN;
		final int middle = sorted.length / 2;
		return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

	/** The share of the most common class. */
	static double mostCommonRate(final int[] codes) {
		final int[] counts = new int[Arrays.stream(codes).max().orElse(0) + 1];
		for (final int code : codes) counts[code]++;
		return Arrays.stream(counts).max().orElse(0) / (double) codes.length;
	}

	/** The mean of a metric over some random orders of the codes: what it gives if they mean nothing. */
	public static double permuted(final int[] codes, final long seed, final ToDoubleFunction<int[]> metric) {
		double sum = 0;
		for (int p = 0; p < PERMUTATIONS; p++) sum += metric.applyAsDouble(permutation(codes, seed, p));
		return sum / PERMUTATIONS;
	}

	/** Mean and standard deviation (n - 1) of the values that are no NaN. */
	public static double[] moments(final double... values) {
		final double mean = mean(values);
		final double[] found = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
		double squares = 0;
		for (final double v : found) squares += (v - mean) * (v - mean);
		return new double[]{mean, found.length < 2 ? Double.NaN : Math.sqrt(squares / (found.length - 1))};
	}

	/** The codes in random orders, [permutations][rows]. */
	public static int[][] permutations(final int[] codes, final long seed) {
		final int[][] all = new int[PERMUTATIONS][];
		for (int p = 0; p < PERMUTATIONS; p++) all[p] = permutation(codes, seed, p);
		return all;
	}

	private static int[] permutation(final int[] codes, final long seed, final int number) {
		final RandomStream random = RandomStream.of(seed, "permutation", number);
		final int[] shuffled = codes.clone();
		for (int i = shuffled.length - 1; i > 0; i--) {
			final int j = random.nextInt(i + 1);
			final int v = shuffled[i];
			shuffled[i] = shuffled[j];
			shuffled[j] = v;
		}
		return shuffled;
	}
}
