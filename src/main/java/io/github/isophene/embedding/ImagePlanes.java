// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.util.Map;

import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;

/** The planes of an open image, a stack perhaps, that are embedded one after the other, and which part of each. */
public interface ImagePlanes {

	/** Returns the number of planes. */
	int size();

	/** The i-th plane with all its channels, [X, Y] or [X, Y, C]; asked for once. */
	RandomAccessibleInterval<?> plane(int i);

	/**
	 * Returns the metadata that distinguish the i-th plane, as {@code Metadata_*} column and value; the same
	 * columns for all.
	 */
	default Map<String, String> metadata(final int i) {
		return Map.of();
	}

	/**
	 * Returns the interval in which tiles are cut, [X, Y] in pixels; {@code null}: everywhere. Intensities are
	 * those of the whole plane in any case.
	 */
	default Interval bounds() {
		return null;
	}

	/** Returns whether a tile is wanted, by the pixel in its middle. */
	default boolean holds(final long x, final long y) {
		return true;
	}
}
