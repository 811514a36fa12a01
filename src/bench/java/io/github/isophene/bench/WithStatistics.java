// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import java.nio.FloatBuffer;
import java.util.Arrays;

import io.github.isophene.embedding.ForwardingTileNetwork;
import io.github.isophene.embedding.PixelStatistics;
import io.github.isophene.embedding.TileNetwork;

/** A network with the statistics of the tile's pixels beside its features, or in place of them. */
final class WithStatistics extends ForwardingTileNetwork {

	private final boolean alone;

	/**
	 * @param network closed with this
	 * @param alone whether its own features are left out
	 */
	WithStatistics(final TileNetwork network, final boolean alone) {
		super(network);
		this.alone = alone;
	}

	@Override
	public float[][] embed(final FloatBuffer tiles, final int n, final int channels, final int side) {
		final float[][] rows = alone ? new float[n][0] : network.embed(tiles, n, channels, side);
		final float[] pixels = new float[channels * side * side];
		for (int i = 0; i < n; i++) {
			tiles.get(tiles.position() + i * pixels.length, pixels);
			final float[] statistics = PixelStatistics.detailed(pixels, channels, side, side);
			final int d = rows[i].length;
			rows[i] = Arrays.copyOf(rows[i], d + statistics.length);
			System.arraycopy(statistics, 0, rows[i], d, statistics.length);
		}
		return rows;
	}

	@Override
	public void close() {
		network.close();
	}
}
