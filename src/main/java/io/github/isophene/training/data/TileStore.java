// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

import java.io.IOException;
import java.util.List;

/** Decoded images by the index of their sample: from memory, from a cache, from files. */
@FunctionalInterface
public interface TileStore {

	/**
	 * The image of a sample. Called by several threads at once.
	 *
	 * @throws IOException if it can't be read; the message names the file
	 */
	PackedTile tile(int sample) throws IOException;

	/** Returns the name of a sample's image for messages. */
	default String name(final int sample) {
		return "The image of sample " + sample;
	}

	/** Images that are in memory. */
	static TileStore of(final List<PackedTile> tiles) {
		final List<PackedTile> copy = List.copyOf(tiles);
		return copy::get;
	}
}
