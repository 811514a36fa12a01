// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene;

import java.io.IOException;
import java.nio.FloatBuffer;

import io.github.isophene.adaptation.Tiles;
import io.github.isophene.training.TileSource;

/** Some samples of a training, each its centre crop, as adaptation takes images. */
record SampleTiles(TileSource source, int[] samples) implements Tiles {

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
		return samples.length;
	}

	@Override
	public int field(final int tile) {
		return tile;
	}

	@Override
	public void read(final int tile, final FloatBuffer into) throws IOException {
		source.read(samples[tile], null, into);
	}
}
