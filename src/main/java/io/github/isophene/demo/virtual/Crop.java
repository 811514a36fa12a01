// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo.virtual;

import io.github.isophene.demo.DemoRandom;

/**
 * Square part of a field, turned or mirrored.
 *
 * @param x first column in the field
 * @param y first row in the field
 * @param symmetry 0 to 7, a sum: 1 mirrors columns, 2 mirrors rows, 4 exchanges rows and columns of the result first
 */
record Crop(int x, int y, int symmetry) {

	/** Draws a crop of a field of so many pixels. */
	static Crop draw(final DemoRandom random, final int width, final int height, final int size) {
		return new Crop(random.below(width - size + 1), random.below(height - size + 1), random.below(8));
	}

	/** Returns the field's column of a pixel of the crop. */
	int column(final int column, final int row, final int size) {
		final int c = (symmetry & 4) == 0 ? column : row;
		return x + ((symmetry & 1) == 0 ? c : size - 1 - c);
	}

	/** Returns the field's row of a pixel of the crop. */
	int row(final int column, final int row, final int size) {
		final int r = (symmetry & 4) == 0 ? row : column;
		return y + ((symmetry & 2) == 0 ? r : size - 1 - r);
	}
}
