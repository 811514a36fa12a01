// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Corrects p-values for several tests so that the probability of any false claim is bounded (Holm 1979). */
public final class HolmCorrection {

	private HolmCorrection() {}

	/**
	 * Returns the smallest level at which Holm's step-down procedure rejects each hypothesis, in the order given: the
	 * largest of min(1, (m - j + 1) p_(j)) over all j up to its rank.
	 */
	public static double[] adjust(final double[] p) {
		final int[] ascending = IntStream.range(0, p.length)
			.boxed()
			.sorted(Comparator.comparingDouble((Integer i) -> p[i]))
			.mapToInt(Integer::intValue)
			.toArray();
		final double[] adjusted = new double[p.length];
		double most = 0;
		for (int i = 0; i < p.length; i++) {
			most = Math.max(most, Math.min(1, (p.length - i) * p[ascending[i]]));
			adjusted[ascending[i]] = most;
		}
		return adjusted;
	}
}
