// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

import java.io.IOException;

/** Tiles with each channel's mean subtracted and divided by its standard deviation; pixels are shared, not copied. */
final class StandardizedTiles implements TileStore {

	private final TileStore tiles;
	private final double[] means;
	private final double[] sds;

	StandardizedTiles(final TileStore tiles, final double[] means, final double[] sds) {
		this.tiles = tiles;
		this.means = means;
		this.sds = sds;
	}

	@Override
	public PackedTile tile(final int sample) throws IOException {
		final PackedTile tile = tiles.tile(sample);
		final float[] scale = new float[tile.channels()];
		final float[] offset = new float[tile.channels()];
		for (int c = 0; c < scale.length; c++) {
			scale[c] = (float) (tile.scale()[c] / sds[c]);
			offset[c] = (float) ((tile.offset()[c] - means[c]) / sds[c]);
		}
		return new PackedTile(tile.height(), tile.width(), tile.values(), scale, offset);
	}
}
