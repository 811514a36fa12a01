// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;

import io.github.isophene.adaptation.tiles.Tiles;

/** Tiles that tell when one is read. */
public record Watched(Tiles tiles, Runnable onRead) implements Tiles {

	@Override
	public int channels() {
		return tiles.channels();
	}

	@Override
	public int height() {
		return tiles.height();
	}

	@Override
	public int width() {
		return tiles.width();
	}

	@Override
	public int size() {
		return tiles.size();
	}

	@Override
	public int field(final int tile) {
		return tiles.field(tile);
	}

	@Override
	public void read(final int tile, final FloatBuffer into) throws IOException {
		try {
			onRead.run();
		}
		catch (final UncheckedIOException e) {
			throw e.getCause();
		}
		tiles.read(tile, into);
	}
}
