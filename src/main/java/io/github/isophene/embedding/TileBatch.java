// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

import io.github.isophene.pixels.Tile;
import io.github.isophene.run.Failure;
import io.github.isophene.screen.Field;

/**
 * Tiles that go through the network together, [N, C, H, W], and where each came from.
 * A batch is filled from consecutive fields of a plate, so that what shares a batch, and
 * with it the last bits of every result, depends on the screen alone and not on timing.
 */
final class TileBatch {

	/**
	 * One sample of the batch, or (tile {@code null}) a field that has none, with its reason.
	 * Flat: no channel has two different values.
	 */
	record TileSample(Field field, Tile tile, boolean flat, boolean lastOfField, Failure failure) {}

	final FloatBuffer pixels;
	final List<TileSample> samples = new ArrayList<>();
	int size;

	TileBatch(final FloatBuffer pixels) {
		this.pixels = pixels;
	}

	void clear() {
		pixels.clear();
		samples.clear();
		size = 0;
	}
}
