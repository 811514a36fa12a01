// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.tiles;

import java.io.IOException;
import java.nio.FloatBuffer;

import io.github.isophene.numerics.RandomStream;
import io.github.isophene.pixels.TileSource;

/**
 * Tiles of another source, mirrored.
 *
 * @param source the tiles
 * @param rows whether the order of the rows is reversed (top and bottom change places)
 * @param columns whether the order of the columns is reversed (left and right change places)
 */
public record FlippedTiles(TileSource source, boolean rows, boolean columns) implements TileSource {

	@Override
	public int count() {
		return source.count();
	}

	@Override
	public int channels() {
		return source.channels();
	}

	@Override
	public int size() {
		return source.size();
	}

	@Override
	public int field(final int tile) {
		return source.field(tile);
	}

	@Override
	public void read(final int tile, final RandomStream random, final FloatBuffer out) throws IOException {
		final int side = size();
		final FloatBuffer plain = FloatBuffer.allocate(values());
		source.read(tile, random, plain);
		for (int c = 0; c < channels(); c++) {
			for (int y = 0; y < side; y++) {
				for (int x = 0; x < side; x++)
					out.put(plain.get(
						(c * side + (rows ? side - 1 - y : y)) * side + (columns ? side - 1 - x : x)));
			}
		}
	}
}
