// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.util.Arrays;

import io.github.isophene.pixels.file.Depth;

/**
 * Finite floats by rank, exactly, without sorting: a histogram of the keys' upper
 * halves says in which bin a rank lies, a second one of the lower halves which
 * value of that bin it is.
 */
final class FloatRanks implements Ranks {

	private final float[] values;
	private final Histogram histogram = new Histogram(Depth.FLOAT32);
	private int size;

	private FloatRanks(final int capacity) {
		values = new float[capacity];
	}

	static FloatRanks of(final PixelBlocks blocks, final int channel) {
		final FloatRanks ranks = new FloatRanks(Math.toIntExact(blocks.width() * blocks.height()));
		Histogram.forEachChunk(blocks, channel, ranks::add);
		ranks.histogram.add(ranks.values, 0, ranks.size);
		return ranks;
	}

	/** The finite values, in no particular order. */
	float[] values() {
		return Arrays.copyOf(values, size);
	}

	@Override
	public long count() {
		return size;
	}

	@Override
	public double at(final long rank) {
		final int bin = histogram.bin(rank);
		final int[] counts = new int[1 << 16];
		for (int i = 0; i < size; i++) {
			final int key = FloatOrder.key(values[i]);
			if (key >>> 16 == bin) counts[key & 0xffff]++;
		}
		long below = histogram.below(bin);
		int low = 0;
		while ((below += counts[low]) <= rank) low++;
		return FloatOrder.value(bin << 16 | low);
	}

	private void add(final Object chunk, final int from, final int n) {
		final float[] floats = (float[]) chunk;
		for (int i = from; i < from + n; i++) {
			if (Float.isFinite(floats[i])) values[size++] = floats[i];
		}
	}
}
