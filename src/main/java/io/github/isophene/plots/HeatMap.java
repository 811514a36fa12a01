// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.plots;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** A grid of numbers, such as a plate of wells, as a picture: one square per number. */
public final class HeatMap {

	private HeatMap() {}

	/**
	 * Draws a grid.
	 *
	 * @param values [rows][columns]; NaN where there is none
	 * @param side of a square, pixels; from 4 on a white line runs between squares
	 */
	public static BufferedImage image(final double[][] values, final ColorScale scale, final int side) {
		final int columns = values.length == 0 ? 0 : values[0].length;
		if (columns == 0) throw new IllegalArgumentException("There is nothing to draw: the grid is empty");
		final BufferedImage image = new BufferedImage(columns * side, values.length * side, BufferedImage.TYPE_INT_RGB);
		final int inner = side < 4 ? side : side - 1;
		final Graphics2D g = image.createGraphics();
		try {
			g.setColor(Color.WHITE);
			g.fillRect(0, 0, image.getWidth(), image.getHeight());
			for (int row = 0; row < values.length; row++) {
				for (int column = 0; column < columns; column++) {
					g.setColor(scale.color(values[row][column]));
					g.fillRect(column * side, row * side, inner, inner);
				}
			}
		}
		finally {
			g.dispose();
		}
		return image;
	}
}
