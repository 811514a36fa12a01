// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

import io.github.isophene.numerics.RandomStream;
import io.github.isophene.pixels.TileSource;

/** Tiles that are held in memory. */
public final class MemoryTiles implements TileSource {

	private final int channels;
	private final int height;
	private final int width;
	private final List<float[]> tiles = new ArrayList<>();
	private final List<Integer> fields = new ArrayList<>();

	/** No tiles yet, of this size. */
	public MemoryTiles(final int channels, final int height, final int width) {
		this.channels = channels;
		this.height = height;
		this.width = width;
	}

	/**
	 * Adds a tile.
	 *
	 * @param field the field it belongs to, counted from 0
	 * @param values in the order [C, H, W]; not copied
	 * @return this
	 * @throws IllegalArgumentException if there are not C * H * W values, or the field is negative
	 */
	public MemoryTiles add(final int field, final float[] values) {
		if (values.length != values())
			throw new IllegalArgumentException("A tile [" + channels + ", " + height + ", " + width + "] has " +
				values() + " values, not " + values.length);
		if (field < 0) throw new IllegalArgumentException("Fields are counted from 0, not " + field);
		tiles.add(values);
		fields.add(field);
		return this;
	}

	@Override
	public int channels() {
		return channels;
	}

	@Override
	public int size() {
		return height;
	}

	@Override
	public int count() {
		return tiles.size();
	}

	@Override
	public int field(final int tile) {
		return fields.get(tile);
	}

	@Override
	public void read(final int tile, final RandomStream random, final FloatBuffer into) {
		into.put(tiles.get(tile));
	}
}
