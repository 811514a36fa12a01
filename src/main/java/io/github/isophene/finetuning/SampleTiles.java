// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.finetuning;

import java.io.IOException;
import java.nio.FloatBuffer;

import io.github.isophene.adaptation.tiles.Tiles;
import io.github.isophene.training.data.TileSource;

/**
 * Some of the images of a training set, unaugmented, as prediction wants them: each is a
 * field of its own.
 *
 * @param source all images
 * @param chosen which of them, in the order in which they are counted here
 */
public record SampleTiles(TileSource source, int[] chosen) implements Tiles {

	@Override
	public int channels() {
		return source.channels();
	}

	@Override
	public int height() {
		return source.size();
	}

	@Override
	public int width() {
		return source.size();
	}

	@Override
	public int size() {
		return chosen.length;
	}

	@Override
	public int field(final int tile) {
		return tile;
	}

	@Override
	public void read(final int tile, final FloatBuffer into) throws IOException {
		final int values = values();
		source.read(chosen[tile], null, into.slice(into.position(), values));
		into.position(into.position() + values);
	}
}
