// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.tiles;

import java.io.IOException;
import java.nio.FloatBuffer;

/**
 * Images [C, H, W] of one size, ready for the network, each of them a part of a field.
 * They can be read as often as needed, because exact statistics may need several passes;
 * within a pass they are read in ascending order, or nearly so, so that an implementation
 * can keep the field that it has decoded last. Never read from two threads at once.
 */
public interface Tiles {

	/** Number of channels C. */
	int channels();

	/** Height H, pixels. */
	int height();

	/** Width W, pixels. */
	int width();

	/** Returns the number of tiles. */
	int size();

	/** The field that a tile belongs to, counted from 0. */
	int field(int tile);

	/**
	 * Reads a tile.
	 *
	 * @param tile counted from 0
	 * @param into gets C * H * W values in the order [C, H, W] from its position on, which moves by as many
	 * @throws IOException naming the file that can't be read
	 */
	void read(int tile, FloatBuffer into) throws IOException;

	/** Returns the number of values of one tile. */
	default int values() {
		return Math.multiplyExact(Math.multiplyExact(channels(), height()), width());
	}
}
