// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.util.ArrayList;
import java.util.List;

import net.imglib2.RandomAccessibleInterval;

/** Images as arrays, for those who write files. */
public final class PlaneArrays {

	private PlaneArrays() {}

	/**
	 * The channels of an image.
	 *
	 * @param image [X, Y, C] of real numbers
	 * @return one {@code byte[]} or {@code short[]} (unsigned) or {@code float[]} per channel, row by row; copies
	 */
	public static List<Object> of(final RandomAccessibleInterval<?> image) {
		final PixelBlocks blocks = PixelBlocks.of(image);
		final int width = Math.toIntExact(blocks.width());
		final int height = Math.toIntExact(blocks.height());
		final List<Object> planes = new ArrayList<>();
		for (int c = 0; c < blocks.channels(); c++) {
			final Object plane = blocks.array(Math.multiplyExact(width, height));
			blocks.copy(0, 0, c, width, height, plane);
			planes.add(plane);
		}
		return planes;
	}
}
