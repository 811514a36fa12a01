// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Rectangle;
import java.util.List;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Roi;
import org.junit.jupiter.api.Test;

class TileLinkTest {

	@Test
	void rowsAndTilesSelectEachOtherOnTheirPlane() {
		final ImagePlus image = IJ.createHyperStack("stack", 64, 32, 2, 3, 1, 16);
		final TileOverlay drawn = new TileOverlay(image);
		for (int slice = 1; slice <= 3; slice++)
			for (int x = 0; x < 64; x += 32) drawn.add(x, 0, 32, slice, 1, 0, "tile");
		final List<Roi> tiles = drawn.tiles();
		image.setPosition(1, 2, 1);
		assertEquals(2, TileLink.row(image, tiles, 10, 10));
		assertEquals(3, TileLink.row(image, tiles, 40, 10));
		assertEquals(-1, TileLink.row(image, tiles, 0, 0), "between tiles");
		TileLink.select(image, tiles.get(5));
		assertEquals(3, image.getZ());
		assertEquals(new Rectangle(33, 1, 30, 30), image.getRoi().getBounds());
		assertEquals(5, TileLink.row(image, tiles, 40, 10));
	}
}
