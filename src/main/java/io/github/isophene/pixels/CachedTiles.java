// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;

import io.github.isophene.files.ScratchFile;

/**
 * Tiles of fields out of a {@link TileCache}, scaled when they are read.
 *
 * <pre>
 * CachedTiles tiles = new CachedTiles(fields, Tiling.grid(256), 1L &lt;&lt; 30, scratch);
 * for (int f = 0; f &lt; fields.size(); f++) tiles.load(f);
 * for (int t = 0; t &lt; tiles.count(f); t++) tiles.read(f, t, buffer);
 * </pre>
 */
public final class CachedTiles {

	private final ScreenFields fields;
	private final Tiling tiling;
	private final Background background;
	/** With the scales of each field. */
	private final TileCache<ChannelScale[]> cache;
	private final TileCopier copier = new TileCopier();

	/** All tiles of a tiling. */
	public CachedTiles(final ScreenFields fields, final Tiling tiling, final long memory, final ScratchFile scratch) {
		this(fields, tiling, Background.off(), memory, scratch);
	}

	/**
	 * No tiles yet.
	 *
	 * @param background rule for tiles that are left out
	 * @param memory bytes of pixels to keep in memory at most
	 * @param scratch receives further ones; stays open
	 */
	public CachedTiles(final ScreenFields fields, final Tiling tiling, final Background background, final long memory,
		final ScratchFile scratch)
	{
		this.fields = fields;
		this.tiling = tiling;
		this.background = background;
		cache = new TileCache<>(fields.size(), this::decode, memory, scratch);
	}

	private TileCache.DecodedField<ChannelScale[]> decode(final int field) throws IOException {
		final ScaledField image = fields.read(field);
		final List<Tile> tiles = background.keep(image.image(),
			tiling.tiles(fields.field(field), image.width(), image.height()));
		final PixelBlocks blocks = PixelBlocks.of(image.image());
		return new TileCache.DecodedField<>(image.scales(), tiles.size(), t -> RawPixels.of(blocks, tiles.get(t)));
	}

	/**
	 * Decodes a field and keeps its tiles. To be called once for each field, by several threads
	 * at once if you like.
	 *
	 * @throws IOException if the field can't be read, or the scratch file fails
	 * @throws IllegalArgumentException if the field is smaller than a tile, or its intensity doesn't fit
	 */
	public void load(final int field) throws IOException {
		cache.load(field);
	}

	/** Returns the number of tiles of a field; 0 if it hasn't been loaded. */
	public int count(final int field) {
		return cache.count(field);
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
		copier.copy(cache.pixels(field, tile).image(size()), new Tile(0, 0, size()), cache.layout(field), Layout.NCHW,
			into);
	}

	/** Returns the number of bytes of pixels in memory. */
	public long inMemory() {
		return cache.inMemory();
	}

	/** Returns the number of times a field has been decoded. */
	public int decoded() {
		return cache.decoded();
	}
}
