// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import io.github.isophene.pixels.file.Depth;

/**
 * Counts of the values of one channel, in bounded memory: 65,536 bins. Adding is
 * exact, so the order of pixels, images and threads never matters.
 * <p>
 * 8 and 16 bit: one bin per value, so everything derived is exact. Floating
 * point: one bin per upper half of the bits (sign, exponent, 7 bits of the
 * fraction), in the order of the numbers; a bin's value is its middle, within
 * 0.4 % of every number in it. What is not finite is not counted.
 * </p>
 */
final class Histogram implements Ranks {

	static final int BINS = 1 << 16;
	/** Pixels looked at in one go. */
	private static final int CHUNK = 1 << 14;

	private final long[] counts = new long[BINS];
	private final Depth depth;
	private long count;

	Histogram(final Depth depth) {
		this.depth = depth;
	}

	/** The histogram of one channel of an image. */
	static Histogram of(final PixelBlocks blocks, final int channel) {
		final Histogram histogram = new Histogram(blocks.depth());
		forEachChunk(blocks, channel, histogram::add);
		return histogram;
	}

	/** Takes all values of one channel: at once where they lie in an array, otherwise a few rows at a time. */
	static void forEachChunk(final PixelBlocks blocks, final int channel, final ChunkConsumer consumer) {
		final int width = Math.toIntExact(blocks.width());
		final Object plane = blocks.plane(channel);
		if (plane != null) {
			consumer.accept(plane, 0, Math.multiplyExact(width, Math.toIntExact(blocks.height())));
			return;
		}
		final int rows = Math.max(1, CHUNK / width);
		final Object chunk = blocks.array(rows * width);
		for (long y = 0; y < blocks.height(); y += rows) {
			final int n = (int) Math.min(rows, blocks.height() - y);
			blocks.copy(0, y, channel, width, n, chunk);
			consumer.accept(chunk, 0, n * width);
		}
	}

	/** Takes {@code n} values of an array from a place on; whole numbers are not to be changed. */
	interface ChunkConsumer {

		void accept(Object values, int from, int n);
	}

	Depth depth() {
		return depth;
	}

	/** Counts {@code n} values of an array of this depth's kind, from a place on. */
	void add(final Object values, final int from, final int n) {
		final int end = from + n;
		if (values instanceof byte[] bytes) for (int i = from; i < end; i++) counts[bytes[i] & 0xff]++;
		else if (values instanceof short[] shorts) for (int i = from; i < end; i++) counts[shorts[i] & 0xffff]++;
		else {
			final float[] floats = (float[]) values;
			int finite = 0;
			for (int i = from; i < end; i++) {
				if (!Float.isFinite(floats[i])) continue;
				counts[FloatOrder.key(floats[i]) >>> 16]++;
				finite++;
			}
			count += finite;
			return;
		}
		count += n;
	}

	/** Adds another histogram of the same depth. */
	void add(final Histogram other) {
		if (other.depth != depth) throw new IllegalArgumentException(other.depth + " cannot be added to " + depth);
		for (int i = 0; i < BINS; i++) counts[i] += other.counts[i];
		count += other.count;
	}

	/** Returns the number of values in a bin. */
	long count(final int bin) {
		return counts[bin];
	}

	@Override
	public long count() {
		return count;
	}

	@Override
	public double at(final long rank) {
		final int bin = bin(rank);
		return depth == Depth.FLOAT32 ? FloatOrder.value(bin << 16 | 1 << 15) : bin;
	}

	/** The bin that holds the value of a rank. */
	int bin(final long rank) {
		long below = 0;
		for (int bin = 0; bin < BINS; bin++) {
			below += counts[bin];
			if (below > rank) return bin;
		}
		throw new IndexOutOfBoundsException("Rank " + rank + " of " + count);
	}

	/** Returns the number of values in lower bins. */
	long below(final int bin) {
		long below = 0;
		for (int i = 0; i < bin; i++) below += counts[i];
		return below;
	}
}
