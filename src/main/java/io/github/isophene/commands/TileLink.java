// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.awt.Component;
import java.awt.event.KeyAdapter;
import java.awt.event.KeyEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.List;

import ij.ImagePlus;
import ij.gui.ImageCanvas;
import ij.gui.Roi;
import ij.text.TextPanel;
import io.github.isophene.embedding.ImagePlusPlanes;

/**
 * Link between the rows of a table and the tiles on an image: a selected row selects its tile, and a click on a tile
 * selects its row. Needs a display.
 */
final class TileLink {

	private final TextPanel table;
	private final ImagePlus image;
	private final List<Roi> tiles;

	private TileLink(final TextPanel table, final ImagePlus image, final List<Roi> tiles) {
		this.table = table;
		this.image = image;
		this.tiles = tiles;
	}

	/**
	 * Links a table with an image that is shown.
	 *
	 * @param tiles one per row of the table
	 */
	static void of(final TextPanel table, final ImagePlus image, final List<Roi> tiles) {
		final TileLink link = new TileLink(table, image, tiles);
		final MouseAdapter mouse = new MouseAdapter() {

			@Override
			public void mouseReleased(final MouseEvent event) {
				link.toImage();
			}
		};
		for (final Component part : table.getComponents()) {
			part.addMouseListener(mouse);
			part.addKeyListener(new KeyAdapter() {

				@Override
				public void keyReleased(final KeyEvent event) {
					link.toImage();
				}
			});
		}
		final ImageCanvas canvas = image.getCanvas();
		if (canvas != null) canvas.addMouseListener(new MouseAdapter() {

			@Override
			public void mouseClicked(final MouseEvent event) {
				link.toTable(canvas.offScreenX(event.getX()), canvas.offScreenY(event.getY()));
			}
		});
	}

	/** Selects the tile of the selected row. */
	private void toImage() {
		final int row = table.getSelectionStart();
		if (row >= 0 && row < tiles.size()) select(image, tiles.get(row));
	}

	/** Shows the plane of a tile and selects it. */
	static void select(final ImagePlus image, final Roi tile) {
		if (tile.getZPosition() > 0 || tile.getTPosition() > 0)
			image.setPosition(image.getC(), Math.max(1, tile.getZPosition()), Math.max(1, tile.getTPosition()));
		else if (tile.getPosition() > 0) image.setSlice(tile.getPosition());
		// In ImageJ's color of selections, not in that of the overlay.
		image.setRoi(ImagePlusPlanes.mark(tile.getBounds()));
	}

	/** Selects the row of the tile at a place of the image. */
	private void toTable(final int x, final int y) {
		final int row = row(image, tiles, x, y);
		if (row < 0) return;
		table.setSelection(row, row);
		image.setRoi(ImagePlusPlanes.mark(tiles.get(row).getBounds()));
	}

	/** Returns the first tile at a place of the shown plane; -1 if there is none. */
	static int row(final ImagePlus image, final List<Roi> tiles, final int x, final int y) {
		for (int row = 0; row < tiles.size(); row++) {
			final Roi tile = tiles.get(row);
			final boolean here = tile.getZPosition() > 0 || tile.getTPosition() > 0
				? (tile.getZPosition() == 0 || tile.getZPosition() == image.getZ()) &&
					(tile.getTPosition() == 0 || tile.getTPosition() == image.getT())
				: tile.getPosition() == 0 || tile.getPosition() == image.getCurrentSlice();
			if (here && tile.getBounds().contains(x, y)) return row;
		}
		return -1;
	}
}
