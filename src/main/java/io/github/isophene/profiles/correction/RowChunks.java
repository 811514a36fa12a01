// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles.correction;

/** Work on rows, dealt out to threads in a fixed number of chunks, so that sums don't depend on the number of threads. */
final class RowChunks {

	static final int COUNT = 16;

	/** Work on the rows from one to before another. */
	interface Work {

		void on(int chunk, int first, int end);
	}

	private RowChunks() {}

	static void parallel(final MatrixProducts products, final int first, final int end, final Work work) {
		products.run(COUNT, c -> work.on(c, at(first, end, c), at(first, end, c + 1)));
	}

	private static int at(final int first, final int end, final int chunk) {
		return first + (int) ((long) (end - first) * chunk / COUNT);
	}
}
