// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

import io.github.isophene.messages.Count;

/**
 * Buffers of a run for batches of tiles, [N, C, H, W] each, that one plate after the other uses: to clear new memory
 * for every plate takes longer than to embed some tiles. Thread-safe.
 */
final class TileBuffers {

	private final int bytes;
	private final Deque<FloatBuffer> free = new ArrayDeque<>();

	/**
	 * @param capacity tiles per batch
	 * @param channels channels per tile
	 * @param tile side of a tile in pixels
	 * @throws IllegalArgumentException if a batch doesn't fit in one buffer
	 */
	TileBuffers(final int capacity, final int channels, final int tile) {
		final int samplePixels = Math.multiplyExact(channels, Math.multiplyExact(tile, tile));
		final long size = 4L * capacity * samplePixels;
		if (size > Integer.MAX_VALUE) {
			throw new IllegalArgumentException(Count.of(capacity, "tile") + " of " + tile + " x " + tile +
				" pixels and " +
				Count.of(channels, "channel is", "channels are") +
				" too large for one batch: choose a smaller batch or tile");
		}
		bytes = (int) size;
	}

	/** Returns a buffer that nobody uses, of any content. */
	FloatBuffer take() {
		synchronized (free) {
			final FloatBuffer buffer = free.poll();
			if (buffer != null) return buffer.clear();
		}
		return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
	}

	/** Gives a buffer back that nobody uses any more. */
	void giveBack(final FloatBuffer buffer) {
		synchronized (free) {
			free.push(buffer);
		}
	}
}
