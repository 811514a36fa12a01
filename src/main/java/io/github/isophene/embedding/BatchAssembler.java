// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.nio.FloatBuffer;
import java.util.Iterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.isophene.pixels.Layout;
import io.github.isophene.pixels.TileCopier;

/**
 * Fills the next batch of tiles while the network works on those before. Buffers take
 * turns: one that was handed out is refilled only after as many further calls of {@link
 * #next} as batches may be in use.
 */
final class BatchAssembler implements Iterator<TileBatch>, AutoCloseable {

	private final Iterator<PreparedField> fields;
	private final int capacity;
	private final int channels;
	private final int samplePixels;
	private final TileCopier copier = new TileCopier();
	private final TileBuffers buffers;
	private final TileBatch[] batches;
	private final ExecutorService thread;
	private Future<TileBatch> next;
	private int turn;

	// What is left of the field that the last batch had no room for.
	private PreparedField current;
	private int nextTile;

	/**
	 * @param fields fields in order
	 * @param capacity tiles per batch
	 * @param channels channels per tile
	 * @param tile side of a tile in pixels
	 * @param inUse how many batches are in use at once
	 * @param buffers gives the memory of batches of this size
	 */
	BatchAssembler(final Iterator<PreparedField> fields, final int capacity, final int channels, final int tile,
		final int inUse, final TileBuffers buffers)
	{
		this.fields = fields;
		this.capacity = capacity;
		this.channels = channels;
		this.buffers = buffers;
		samplePixels = Math.multiplyExact(channels, Math.multiplyExact(tile, tile));
		// One more: that which is being filled. A small plate doesn't need all of them.
		batches = new TileBatch[inUse + 1];
		thread = Executors.newSingleThreadExecutor(r -> {
			final Thread t = new Thread(r, "isophene-tiles");
			t.setDaemon(true);
			return t;
		});
		next = thread.submit(this::fill);
	}

	@Override
	public boolean hasNext() {
		return next != null;
	}

	/**
	 * The next batch, valid until the call after as many others as may be in use; the last
	 * one may have no tiles.
	 *
	 * @throws CancellationException if this thread was interrupted
	 */
	@Override
	public TileBatch next() {
		final TileBatch batch = Futures.of(next);
		final boolean more = current != null || fields.hasNext();
		next = more ? thread.submit(this::fill) : null;
		return batch;
	}

	private TileBatch fill() {
		if (batches[turn] == null) batches[turn] = new TileBatch(buffers.take());
		final TileBatch batch = batches[turn];
		turn = (turn + 1) % batches.length;
		batch.clear();
		while (batch.size < capacity) {
			if (current == null) {
				if (!fields.hasNext()) break;
				current = fields.next();
				nextTile = 0;
				if (current.tiles().isEmpty()) {
					batch.samples.add(new TileBatch.TileSample(current.field(), null, false, true, current.failure()));
					current = null;
					continue;
				}
			}
			final int last = current.tiles().size() - 1;
			batch.pixels.limit((batch.size + 1) * samplePixels).position(batch.size * samplePixels);
			copier.copy(current.image(), current.tiles().get(nextTile), current.scales(), Layout.NCHW, batch.pixels);
			batch.samples.add(new TileBatch.TileSample(current.field(), current.tiles().get(nextTile),
				isFlat(batch.pixels, batch.size * samplePixels), nextTile == last, null));
			batch.size++;
			if (nextTile++ == last) current = null;
		}
		batch.pixels.position(0).limit(batch.size * samplePixels);
		return batch;
	}

	/** Returns whether every channel of a sample has one value throughout; ends, as a rule, at the second pixel. */
	private boolean isFlat(final FloatBuffer pixels, final int from) {
		final int plane = samplePixels / channels;
		for (int at = from; at < from + samplePixels; at += plane) {
			final float first = pixels.get(at);
			for (int i = 1; i < plane; i++) {
				if (pixels.get(at + i) != first) return false;
			}
		}
		return true;
	}

	/** Gives the memory of the batches back, when the last has been handed out and none is in use. */
	void recycle() {
		if (next != null) throw new IllegalStateException("There are further batches");
		for (int i = 0; i < batches.length; i++) {
			if (batches[i] != null) buffers.giveBack(batches[i].pixels);
			batches[i] = null;
		}
	}

	@Override
	public void close() {
		thread.shutdownNow();
	}
}
