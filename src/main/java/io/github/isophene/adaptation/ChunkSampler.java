// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.isophene.numerics.RandomStream;

/**
 * Draws chunks of queries, each with controls, as CS-ARM-BN's published evaluation does: the
 * queries in random order, each once; the controls at random, without repetition within a
 * chunk if there are more of them than wanted, otherwise with repetition. The same seed and
 * plate give the same chunks on every machine and Java; they don't depend on other plates.
 */
final class ChunkSampler {

	/**
	 * A chunk.
	 *
	 * @param queries which queries, counted from 0
	 * @param controls which controls, counted from 0
	 */
	record Chunk(int[] queries, int[] controls) {}

	private final RandomStream random;

	ChunkSampler(final long seed, final String plate) {
		random = RandomStream.of(seed, "chunks of " + plate);
	}

	/**
	 * @param queries how many queries there are
	 * @param perChunk how many are in a chunk, the last excepted
	 * @param controls how many controls there are; 0 only if none are wanted
	 * @param wanted how many of them go into each chunk
	 */
	List<Chunk> chunks(final int queries, final int perChunk, final int controls, final int wanted) {
		final int[] order = shuffled(queries, queries);
		final List<Chunk> chunks = new ArrayList<>();
		for (int from = 0; from < queries; from += perChunk) {
			final int[] part = Arrays.copyOfRange(order, from, Math.min(queries, from + perChunk));
			chunks.add(new Chunk(part, controls > wanted ? shuffled(controls, wanted) : repeated(controls, wanted)));
		}
		return chunks;
	}

	/** The first n of the numbers below total in random order (Fisher and Yates). */
	private int[] shuffled(final int total, final int n) {
		final int[] all = new int[total];
		for (int i = 0; i < total; i++) all[i] = i;
		for (int i = 0; i < n; i++) {
			final int j = i + random.nextInt(total - i);
			final int swap = all[i];
			all[i] = all[j];
			all[j] = swap;
		}
		return Arrays.copyOf(all, n);
	}

	private int[] repeated(final int total, final int n) {
		final int[] drawn = new int[n];
		for (int i = 0; i < n; i++) drawn[i] = random.nextInt(total);
		return drawn;
	}
}
