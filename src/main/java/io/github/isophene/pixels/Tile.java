// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

/**
 * A square of a field, all channels.
 *
 * @param x left column, counted from the image's first, in pixels
 * @param y top row, counted from the image's first, in pixels
 * @param size pixels per side
 */
public record Tile(long x, long y, int size) {

	public Tile {
		if (x < 0 || y < 0 || size < 1) {
			throw new IllegalArgumentException("A tile of " + size + " pixels at (" + x + ", " + y + ") is impossible");
		}
	}
}
