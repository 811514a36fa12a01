// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.util.List;

/** Draws what one stain shows of the cells. Light is in counts of a perfect camera. */
interface CellPainter {

	/** The stain it draws. */
	DemoChannel channel();

	/**
	 * Adds the light of all cells.
	 *
	 * @param canvas where to
	 * @param cells all cells of the field, also those just outside
	 * @param territories which of them covers each pixel
	 * @param random for textures and small parts
	 */
	void paint(Canvas canvas, List<Cell> cells, Territories territories, DemoRandom random);
}
