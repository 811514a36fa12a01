// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

import io.github.isophene.files.ScratchFile;

/**
 * Decodes each tile once: keeps as many as a budget allows in memory and writes the others
 * to a scratch file, from which they come back much faster than from a compressed image.
 * The first come stay in memory; as an epoch asks for all images alike, no other choice
 * would find more. What it gives doesn't depend on the budget.
 */
public final class TileCache implements TileStore, AutoCloseable {

	/** A tile whose pixels are in the scratch file. */
	private record OnDisk(long position, int height, int width, float[] scale, float[] offset) {}

	private static final int STRIPES = 64;

	private final TileStore decoder;
	/** By sample: {@code null} = not decoded yet, a {@link PackedTile}, or an {@link OnDisk}. */
	private final AtomicReferenceArray<Object> entries;
	private final Object[] stripes = new Object[STRIPES];
	private final AtomicLong memoryLeft;
	private final ScratchFile scratch;

	/**
	 * @param decoder where tiles come from when they are asked for first
	 * @param samples how many there are
	 * @param memory bytes of pixels to keep in memory at most
	 * @param output what the scratch file goes beside; it is deleted at the end
	 * @throws IOException if the scratch file can't be made
	 */
	public TileCache(final TileStore decoder, final int samples, final long memory, final Path output)
		throws IOException
	{
		this.decoder = Objects.requireNonNull(decoder, "decoder");
		entries = new AtomicReferenceArray<>(samples);
		for (int i = 0; i < STRIPES; i++) stripes[i] = new Object();
		memoryLeft = new AtomicLong(memory);
		scratch = new ScratchFile(output, Long.MAX_VALUE);
	}

	@Override
	public PackedTile tile(final int sample) throws IOException {
		Object entry = entries.get(sample);
		if (entry == null) {
			// Two threads may want it at once: the second waits for the first to decode it.
			synchronized (stripes[sample % STRIPES]) {
				entry = entries.get(sample);
				if (entry == null) {
					final PackedTile tile = decoder.tile(sample);
					entries.set(sample, keep(tile));
					return tile;
				}
			}
		}
		return entry instanceof PackedTile tile ? tile : read((OnDisk) entry);
	}

	/** The tile itself if there is memory left, otherwise its place on disk. */
	private Object keep(final PackedTile tile) throws IOException {
		final long bytes = 2L * tile.values().length;
		if (memoryLeft.addAndGet(-bytes) >= 0) return tile;
		memoryLeft.addAndGet(bytes);
		final ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
		buffer.asShortBuffer().put(tile.values());
		return new OnDisk(scratch.write(buffer), tile.height(), tile.width(), tile.scale(), tile.offset());
	}

	private PackedTile read(final OnDisk entry) throws IOException {
		final short[] values = new short[entry.scale().length * entry.height() * entry.width()];
		final ByteBuffer buffer = ByteBuffer.allocate(2 * values.length).order(ByteOrder.nativeOrder());
		scratch.read(entry.position(), buffer);
		buffer.flip().asShortBuffer().get(values);
		return new PackedTile(entry.height(), entry.width(), values, entry.scale(), entry.offset());
	}

	/** Deletes the scratch file. */
	@Override
	public void close() throws IOException {
		scratch.close();
	}
}
