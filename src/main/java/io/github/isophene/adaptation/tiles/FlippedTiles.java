// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.tiles;

import java.io.IOException;
import java.nio.FloatBuffer;

/**
 * Tiles of another source, mirrored.
 *
 * @param source the tiles
 * @param rows whether the order of the rows is reversed (top and bottom change places)
 * @param columns whether the order of the columns is reversed (left and right change places)
 */
public record FlippedTiles(Tiles source, boolean rows, boolean columns) implements Tiles {

	@Override
	public int channels() {
		return source.channels();
	}

	@Override
	public int height() {
		return source.height();
	}

	@Override
	public int width() {
		return source.width();
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
	public void read(final int tile, final FloatBuffer into) throws IOException {
		final int h = height();
		final int w = width();
		final FloatBuffer plain = FloatBuffer.allocate(values());
		source.read(tile, plain);
		for (int c = 0; c < channels(); c++) {
			for (int y = 0; y < h; y++) {
				for (int x = 0; x < w; x++)
					into.put(plain.get((c * h + (rows ? h - 1 - y : y)) * w + (columns ? w - 1 - x : x)));
			}
		}
	}
}
