// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;

import io.github.isophene.numerics.RandomStream;
import io.github.isophene.pixels.TileSource;

/** Tiles that tell when one is read. */
public record Watched(TileSource tiles, Runnable onRead) implements TileSource {

	@Override
	public int channels() {
		return tiles.channels();
	}

	@Override
	public int size() {
		return tiles.size();
	}

	@Override
	public int count() {
		return tiles.count();
	}

	@Override
	public int field(final int tile) {
		return tiles.field(tile);
	}

	@Override
	public void read(final int tile, final RandomStream random, final FloatBuffer into) throws IOException {
		try {
			onRead.run();
		}
		catch (final UncheckedIOException e) {
			throw e.getCause();
		}
		tiles.read(tile, into);
	}
}
