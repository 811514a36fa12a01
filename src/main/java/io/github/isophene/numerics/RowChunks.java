// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

/**
 * Work on rows, dealt out to threads in a fixed number of chunks, so that sums don't depend on the number of
 * threads.
 */
public final class RowChunks {

	public static final int COUNT = 16;

	/** Work on the rows from one to before another. */
	public interface ChunkWork {

		void on(int chunk, int first, int end);
	}

	private RowChunks() {}

	public static void parallel(final MatrixProducts products, final int first, final int end, final ChunkWork work) {
		products.run(COUNT, c -> work.on(c, at(first, end, c), at(first, end, c + 1)));
	}

	private static int at(final int first, final int end, final int chunk) {
		return first + (int) ((long) (end - first) * chunk / COUNT);
	}
}
