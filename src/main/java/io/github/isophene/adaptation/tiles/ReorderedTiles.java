// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.tiles;

import java.io.IOException;
import java.nio.FloatBuffer;

import io.github.isophene.numerics.RandomStream;
import io.github.isophene.pixels.TileSource;

/** Tiles with some of their channels, in another order. */
final class ReorderedTiles implements TileSource {

	private final TileSource tiles;
	private final int[] order;

	/** @param order for each channel wanted, which of the tiles' it is */
	ReorderedTiles(final TileSource tiles, final int[] order) {
		this.tiles = tiles;
		this.order = order;
	}

	@Override
	public int channels() {
		return order.length;
	}

	@Override
	public int size() {
		return tiles.size();
	}

	@Override
	public int count() {
		return tiles.count();
	}

	@Override
	public boolean isRandom() {
		return tiles.isRandom();
	}

	@Override
	public int field(final int tile) {
		return tiles.field(tile);
	}

	@Override
	public void read(final int tile, final RandomStream random, final FloatBuffer out) throws IOException {
		final FloatBuffer whole = FloatBuffer.allocate(tiles.values());
		tiles.read(tile, random, whole);
		final int plane = size() * size();
		for (final int c : order) out.put(whole.array(), c * plane, plane);
	}
}
