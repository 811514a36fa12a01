// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.isophene.files.ScratchFile;
import io.github.isophene.pixels.file.Depth;

/**
 * Tiles of fields for what reads them several times: each field is decoded once, and its
 * tiles are kept in memory up to a budget, then in a scratch file up to that file's
 * capacity. What fits in neither is decoded again whenever it is read. What it gives
 * doesn't depend on any of this.
 *
 * <pre>
 * CachedTiles tiles = new CachedTiles(fields, Tiling.grid(256), 1L &lt;&lt; 30, scratch);
 * for (int f = 0; f &lt; fields.size(); f++) tiles.load(f);
 * for (int t = 0; t &lt; tiles.count(f); t++) tiles.read(f, t, buffer);
 * </pre>
 */
public final class CachedTiles {

	/** A tile whose pixels are in the scratch file. */
	private record OnDisk(long position) {}

	/** Cached tiles of a field: a {@link RawTile}, an {@link OnDisk} or {@code null} for each tile. */
	private record Kept(List<Tile> tiles, ChannelScale[] scales, Depth depth, Object[] pixels) {}

	/** Default number of bytes of pixels kept in memory: 1 GiB, or a quarter of the heap (our choice). */
	public static final long MEMORY = Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 4);

	private final ScreenFields fields;
	private final Tiling tiling;
	private final Background background;
	private final long memory;
	private final AtomicLong memoryLeft;
	private final ScratchFile scratch;
	private final Kept[] kept;
	private final AtomicInteger decoded = new AtomicInteger();
	private final TileCopier copier = new TileCopier();
	private ScaledField last;
	private int lastField = -1;

	/** All tiles of a tiling. */
	public CachedTiles(final ScreenFields fields, final Tiling tiling, final long memory, final ScratchFile scratch) {
		this(fields, tiling, Background.off(), memory, scratch);
	}

	/**
	 * No tiles yet.
	 *
	 * @param background which tiles are left out
	 * @param memory bytes of pixels to keep in memory at most
	 * @param scratch where further ones go; stays open
	 */
	public CachedTiles(final ScreenFields fields, final Tiling tiling, final Background background, final long memory,
		final ScratchFile scratch)
	{
		this.fields = fields;
		this.tiling = tiling;
		this.background = background;
		this.scratch = scratch;
		this.memory = memory;
		memoryLeft = new AtomicLong(memory);
		kept = new Kept[fields.size()];
	}

	/**
	 * Decodes a field and keeps its tiles. To be called once for each field, by several threads
	 * at once if you like.
	 *
	 * @throws IOException if the field can't be read, or the scratch file fails
	 * @throws IllegalArgumentException if the field is smaller than a tile, or its intensity doesn't fit
	 */
	public void load(final int field) throws IOException {
		final ScaledField image = decode(field);
		final List<Tile> tiles = background.keep(image.image(),
			tiling.tiles(fields.field(field), image.width(), image.height()));
		final PixelBlocks blocks = PixelBlocks.of(image.image());
		final Object[] pixels = new Object[tiles.size()];
		final int bytes = RawTile.bytes(blocks.channels(), blocks.depth(), tiling.size());
		boolean room = true;
		for (int t = 0; t < pixels.length && room; t++) {
			if (memoryLeft.addAndGet(-bytes) >= 0) {
				pixels[t] = RawTile.of(blocks, tiles.get(t));
				continue;
			}
			memoryLeft.addAndGet(bytes);
			final long position = scratch.write(RawTile.of(blocks, tiles.get(t)).toBytes());
			room = position >= 0;
			if (room) pixels[t] = new OnDisk(position);
		}
		final Kept all = new Kept(tiles, image.scales(), blocks.depth(), pixels);
		synchronized (this) {
			kept[field] = all;
		}
	}

	/** Returns the number of tiles of a field; 0 if it hasn't been loaded. */
	public synchronized int count(final int field) {
		return kept[field] == null ? 0 : kept[field].tiles.size();
	}

	/** Number of channels of a tile. */
	public int channels() {
		return fields.channels().size();
	}

	/** Height and width of a tile, pixels. */
	public int size() {
		return tiling.size();
	}

	/**
	 * Reads a tile, scaled.
	 *
	 * @param field one that has been loaded
	 * @param tile which of its tiles, counted from 0
	 * @param into gets C * size * size values in the order [C, H, W] from its position on, which moves
	 * @throws IOException if the field has to be decoded again and can't be, or the scratch file fails
	 */
	public synchronized void read(final int field, final int tile, final FloatBuffer into) throws IOException {
		final Kept of = kept[field];
		final Object pixels = of.pixels[tile];
		if (pixels == null) {
			if (lastField != field) {
				last = decode(field);
				lastField = field;
			}
			copier.copy(last.image(), of.tiles.get(tile), of.scales, Layout.NCHW, into);
			return;
		}
		final RawTile raw;
		if (pixels instanceof OnDisk place) {
			final ByteBuffer bytes = ByteBuffer.allocate(RawTile.bytes(channels(), of.depth, size()));
			scratch.read(place.position, bytes);
			raw = RawTile.of(bytes.flip(), channels(), of.depth, size());
		}
		else raw = (RawTile) pixels;
		copier.copy(raw.image(), new Tile(0, 0, size()), of.scales, Layout.NCHW, into);
	}

	/** Returns the number of bytes of pixels in memory. */
	public long inMemory() {
		return memory - memoryLeft.get();
	}

	/** Returns the number of times a field has been decoded. */
	public int decoded() {
		return decoded.get();
	}

	private ScaledField decode(final int field) throws IOException {
		decoded.incrementAndGet();
		return fields.read(field);
	}
}
