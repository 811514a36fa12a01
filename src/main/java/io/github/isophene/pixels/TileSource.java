// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.io.IOException;
import java.nio.FloatBuffer;

import io.github.isophene.numerics.RandomStream;

/**
 * Images [C, S, S] of one size, ready for the network, by number: what trainings, predictions and calibrations read.
 * Augmentation, a choice of tiles and an order of channels are sources around other sources. A tile can be read as
 * often as needed; most are read in ascending order, or nearly so, and an implementation may keep the field that it has
 * decoded last. Read by several threads at once, each with a buffer of its own.
 */
public interface TileSource {

	/** Returns the number of tiles. */
	int count();

	/** Number of channels C. */
	int channels();

	/** Height and width S, pixels. */
	int size();

	/**
	 * Reads a tile.
	 *
	 * @param tile counted from 0
	 * @param random source of crops, flips and the like where the tiles {@linkplain #isRandom are random}; the same
	 *          stream gives the same values. {@code null} = none: the middle, as it is
	 * @param out takes C * S * S values in the order [C, H, W] from its position on, which moves by as many
	 * @throws IOException if it can't be read; the message names the file
	 */
	void read(int tile, RandomStream random, FloatBuffer out) throws IOException;

	/** Reads a tile as it is. */
	default void read(final int tile, final FloatBuffer out) throws IOException {
		read(tile, null, out);
	}

	/** Returns whether a tile that is read with a random stream differs from that without. */
	default boolean isRandom() {
		return false;
	}

	/**
	 * Returns a text on which images these are and what is done to them, as far as it is known: two sources with
	 * different texts give different images. A training is resumed only if it is the same.
	 */
	default String identity() {
		return "";
	}

	/** Returns the field that a tile belongs to, counted from 0: unless told otherwise each is of one of its own. */
	default int field(final int tile) {
		return tile;
	}

	/** Returns the number of values of a tile. */
	default int values() {
		return Math.multiplyExact(channels(), Math.multiplyExact(size(), size()));
	}
}
