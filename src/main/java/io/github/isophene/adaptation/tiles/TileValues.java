// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.tiles;

import java.io.IOException;
import java.nio.FloatBuffer;

import io.github.isophene.pixels.TileSource;

/** Values of several tiles in one buffer, for an array. */
public final class TileValues {

	private TileValues() {}

	/**
	 * Reads tiles one after the other.
	 *
	 * @param chosen numbers of tiles, in the buffer's order
	 * @return values in the order [N, C, S, S], from the buffer's position to its limit
	 * @throws IOException if a tile can't be read; the message names the file
	 */
	public static FloatBuffer read(final TileSource tiles, final int... chosen) throws IOException {
		final FloatBuffer values = FloatBuffer.allocate(Math.multiplyExact(chosen.length, tiles.values()));
		for (final int tile : chosen) tiles.read(tile, values);
		return values.flip();
	}
}
