// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

import java.io.IOException;
import java.nio.FloatBuffer;

import io.github.isophene.numerics.RandomStream;

/** Source of training images: all of one shape [C, H, W], ready for the network. */
public interface TileSource {

	/**
	 * Says which images these are and what is done to them, as far as it is known: two sources
	 * with different texts give different images. A training is resumed only if it is the same.
	 */
	default String identity() {
		return "";
	}

	/** Returns whether an image that is read with a random stream differs from that without. */
	default boolean isRandom() {
		return true;
	}

	/** Number of channels C. */
	int channels();

	/** Height and width of what {@link #read} gives, pixels. */
	int size();

	/**
	 * Writes one image. Called by several threads at once, each with its own buffer.
	 *
	 * @param sample index of the sample
	 * @param augmentation for random crops, flips and the like; the same stream gives the same
	 *          image. {@code null} = none: the centre, as it is
	 * @param out takes C x H x W values from its position on, in this order
	 * @throws IOException if the image can't be read; the message names the file
	 */
	void read(int sample, RandomStream augmentation, FloatBuffer out) throws IOException;
}
