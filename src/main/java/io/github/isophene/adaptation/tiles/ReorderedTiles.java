// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.tiles;

import java.io.IOException;
import java.nio.FloatBuffer;

/** Tiles with some of their channels, in another order. */
final class ReorderedTiles implements Tiles {

	private final Tiles tiles;
	private final int[] order;
	private final FloatBuffer whole;

	/** @param order for each channel wanted, which of the tiles' it is */
	ReorderedTiles(final Tiles tiles, final int[] order) {
		this.tiles = tiles;
		this.order = order;
		whole = FloatBuffer.allocate(tiles.values());
	}

	@Override
	public int channels() {
		return order.length;
	}

	@Override
	public int height() {
		return tiles.height();
	}

	@Override
	public int width() {
		return tiles.width();
	}

	@Override
	public int size() {
		return tiles.size();
	}

	@Override
	public int field(final int tile) {
		return tiles.field(tile);
	}

	@Override
	public void read(final int tile, final FloatBuffer into) throws IOException {
		tiles.read(tile, whole.clear());
		final int plane = height() * width();
		for (final int c : order) into.put(whole.array(), c * plane, plane);
	}
}
