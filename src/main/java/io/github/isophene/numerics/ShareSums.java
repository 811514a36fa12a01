// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

import java.util.Arrays;

/**
 * Sums of shares of clusters, by batch. A few hundred rows are summed in float32, which the
 * compiler turns into vector instructions, and those sums in float64.
 */
public final class ShareSums {

	private static final int ROWS = 256;

	private final int clusters;
	/** {@code null} for a batch that no row was of. */
	private final float[][] recent;
	private final double[][] sums;
	private final int[] pending;

	public ShareSums(final int batches, final int clusters) {
		this.clusters = clusters;
		recent = new float[batches][];
		sums = new double[batches][];
		pending = new int[batches];
	}

	/** @param shares [clusters] */
	public void add(final int batch, final float[] shares) {
		if (recent[batch] == null) recent[batch] = new float[clusters];
		final float[] sum = recent[batch];
		for (int k = 0; k < clusters; k++) sum[k] += shares[k];
		if (++pending[batch] == ROWS) flush(batch);
	}

	/** Adds the sums, times a sign, to others, [batches][clusters]. */
	public void addTo(final double[][] others, final int sign) {
		for (int b = 0; b < sums.length; b++) {
			if (recent[b] == null) continue;
			flush(b);
			for (int k = 0; k < clusters; k++) others[b][k] += sign * sums[b][k];
		}
	}

	private void flush(final int batch) {
		if (sums[batch] == null) sums[batch] = new double[clusters];
		for (int k = 0; k < clusters; k++) sums[batch][k] += recent[batch][k];
		Arrays.fill(recent[batch], 0);
		pending[batch] = 0;
	}
}
