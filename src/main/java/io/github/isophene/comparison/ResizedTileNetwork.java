// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.nio.FloatBuffer;

import io.github.isophene.embedding.ForwardingTileNetwork;
import io.github.isophene.embedding.TileNetwork;
import io.github.isophene.pixels.Downscale;

/** Encoder that gets the tiles that the trained networks of a comparison see, in its own intensity. */
final class ResizedTileNetwork extends ForwardingTileNetwork {

	private final Downscale downscale;
	private final int tile;

	/**
	 * @param network the encoder; stays open
	 * @param tile side of a tile after downscaling, pixels
	 */
	ResizedTileNetwork(final TileNetwork network, final Downscale downscale, final int tile) {
		super(network);
		this.downscale = downscale;
		this.tile = tile;
	}

	@Override
	public int tileSize() {
		return tile;
	}

	@Override
	public String downscale() {
		return downscale.spec();
	}

	@Override
	public int lanes() {
		return network.lanes();
	}

	@Override
	public float[][] embed(final FloatBuffer tiles, final int n, final int channelCount, final int side) {
		return network.embed(tiles, n, channelCount, side);
	}

	@Override
	public void close() {}
}
