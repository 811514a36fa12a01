// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Adjusts p-values for many tests (Benjamini and Hochberg 1995). */
public final class FalseDiscoveryRate {

	private FalseDiscoveryRate() {}

	/** The smallest false discovery rate at which each test would be called significant, in the order given. */
	public static double[] adjust(final double[] p) {
		final int[] descending = IntStream.range(0, p.length)
			.boxed()
			.sorted(Comparator.comparingDouble((Integer i) -> p[i]).reversed())
			.mapToInt(Integer::intValue)
			.toArray();
		final double[] adjusted = new double[p.length];
		double least = 1;
		for (int i = 0; i < p.length; i++) {
			final int rank = p.length - i;
			least = Math.min(least, p[descending[i]] * p.length / rank);
			adjusted[descending[i]] = least;
		}
		return adjusted;
	}
}
