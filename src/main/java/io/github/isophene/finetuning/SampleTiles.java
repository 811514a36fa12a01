// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.finetuning;

import java.io.IOException;
import java.nio.FloatBuffer;

import io.github.isophene.numerics.RandomStream;
import io.github.isophene.pixels.TileSource;

/**
 * Some of the images of a training set, unaugmented, as prediction wants them: each is a
 * field of its own.
 *
 * @param source all images
 * @param chosen which of them, in the order in which they are counted here
 */
public record SampleTiles(TileSource source, int[] chosen) implements TileSource {

	@Override
	public int channels() {
		return source.channels();
	}

	@Override
	public int size() {
		return source.size();
	}

	@Override
	public int count() {
		return chosen.length;
	}

	@Override
	public void read(final int tile, final RandomStream random, final FloatBuffer out) throws IOException {
		source.read(chosen[tile], null, out);
	}
}
