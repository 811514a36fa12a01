// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** By loops that the compiler turns into vector instructions: the same bits on every machine. */
public final class JavaProducts implements MatrixProducts {

	/** Factors below it (shares of clusters, mostly) are left out: together, they are a few millionths of a row. */
	private static final float TINY = 1e-8f;

	@Override
	public void multiply(final float[] a, final float[] b, final float[] c, final int m, final int inner, final int n) {
		for (int i = 0; i < m; i++) {
			Arrays.fill(c, i * n, (i + 1) * n, 0);
			int j = 0;
			for (; j + 3 < inner; j += 4) {
				final int at = i * inner + j;
				if (Math.abs(a[at]) + Math.abs(a[at + 1]) + Math.abs(a[at + 2]) + Math.abs(a[at + 3]) < TINY) continue;
				add(c, i * n, b, j * n, n, a[at], a[at + 1], a[at + 2], a[at + 3]);
			}
			for (; j < inner; j++) add(c, i * n, b, j * n, n, a[i * inner + j]);
		}
	}

	@Override
	public void multiplyTransposed(final float[] a, final float[] b, final float[] c, final int m, final int inner,
		final int n)
	{
		Arrays.fill(c, 0, m * n, 0);
		for (int i = 0; i < inner; i++) {
			for (int k = 0; k < m; k++) {
				if (Math.abs(a[i * m + k]) >= TINY) add(c, k * n, b, i * n, n, a[i * m + k]);
			}
		}
	}

	private static void add(final float[] c, final int to, final float[] b, final int from, final int n, final float w,
		final float x, final float y, final float z)
	{
		for (int k = 0; k < n; k++) {
			c[to + k] += w * b[from + k] + x * b[from + n + k] + (y * b[from + 2 * n + k] + z * b[from + 3 * n + k]);
		}
	}

	private static void add(final float[] c, final int to, final float[] b, final int from, final int n,
		final float w)
	{
		for (int k = 0; k < n; k++) c[to + k] += w * b[from + k];
	}

	@Override
	public void run(final int n, final IntConsumer task) {
		IntStream.range(0, n).parallel().forEach(task);
	}

	@Override
	public void close() {
		// nothing to close
	}
}
