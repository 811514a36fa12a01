// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles.correction;

import java.util.Arrays;

/**
 * Sums of rows, each weighted by its share of every cluster. A few hundred rows are summed in
 * float32, which the compiler turns into vector instructions, and those sums in float64.
 */
final class WeightedSums {

	/** Shares below it are left out: together, they are a few millionths of a row. */
	static final float TINY = 1e-8f;
	private static final int ROWS = 256;

	private final float[][] recent;
	private final double[][] sums;
	private int pending;

	WeightedSums(final int clusters, final int features) {
		recent = new float[clusters][features];
		sums = new double[clusters][features];
	}

	/** @param shares [clusters] */
	void add(final float[] shares, final float[] row) {
		for (int k = 0; k < shares.length; k++) {
			if (shares[k] >= TINY) add(shares[k], row, recent[k]);
		}
		if (++pending == ROWS) flush();
	}

	/** The sums so far, [clusters][features]. */
	double[][] get() {
		flush();
		return sums;
	}

	/** Adds a multiple of a row. */
	static void add(final float share, final float[] row, final float[] sum) {
		for (int j = 0; j < row.length; j++) sum[j] += share * row[j];
	}

	private void flush() {
		for (int k = 0; k < sums.length; k++) {
			for (int j = 0; j < sums[k].length; j++) sums[k][j] += recent[k][j];
			Arrays.fill(recent[k], 0);
		}
		pending = 0;
	}
}
