// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.gui.TextRoi;
import io.github.isophene.plots.PlotStyle;

/** Tiles drawn on an image, colored by group; those of an earlier run are replaced, other things on the image stay. */
final class TileOverlay {

	private static final String MARK = "isophene.tile";

	private final ImagePlus image;
	private final Overlay overlay;
	private final List<Roi> tiles = new ArrayList<>();

	TileOverlay(final ImagePlus image) {
		this.image = image;
		this.overlay = image.getOverlay() == null ? new Overlay() : image.getOverlay().duplicate();
		for (int i = overlay.size() - 1; i >= 0; i--) if (overlay.get(i).getProperty(MARK) != null) overlay.remove(i);
	}

	/**
	 * Adds a tile.
	 *
	 * @param slice, frame where it lies, from 1; 0: on all of them
	 * @param group decides the color
	 */
	void add(final int x, final int y, final int side, final int slice, final int frame, final int group,
		final String name)
	{
		final Color color = PlotStyle.color(group);
		// One pixel of image between neighbors, so that each keeps its own edge.
		final Roi roi = new Roi(x + 1, y + 1, side - 2, side - 2);
		roi.setStrokeColor(color);
		roi.setStrokeWidth(Math.max(1, side / 64.0));
		roi.setName(name);
		roi.setProperty(MARK, "true");
		if (image.isHyperStack()) roi.setPosition(0, slice, frame);
		else if (image.getStackSize() > 1) roi.setPosition(image.getNChannels() > 1 ? 0 : Math.max(slice, frame));
		overlay.add(roi);
		tiles.add((Roi) roi.clone());
	}

	/** Returns the tiles in the order in which they were added, with their names. */
	List<Roi> tiles() {
		return tiles;
	}

	/**
	 * Puts the tiles on the image, with their names. Where names of classes don't fit into a tile it has the
	 * number of its
	 * class, and a list of those that occur stands in the corner.
	 *
	 * @param classes what the groups are, in their order; empty: their names are short
	 */
	void show(final int side, final List<String> classes) {
		final Font font = new Font(Font.SANS_SERIF, Font.BOLD, Math.max(9, Math.min(18, side / 8)));
		final FontMetrics metrics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics()
			.getFontMetrics(font);
		final SortedSet<Integer> found = new TreeSet<>();
		for (final Roi roi : overlay) if (roi.getProperty(MARK) != null) found.add(classes.indexOf(roi.getName()));
		if (found.stream().anyMatch(group -> group >= 0 && metrics.stringWidth(classes.get(group)) > side - 2)) {
			for (final Roi roi : overlay) {
				if (roi.getProperty(MARK) != null) roi.setName(Integer.toString(classes.indexOf(roi.getName()) + 1));
			}
			int line = 0;
			for (final int group : found) {
				final TextRoi entry = new TextRoi(1, 1 + line++ * metrics.getHeight(),
					(group + 1) + " " + classes.get(group), font);
				entry.setStrokeColor(PlotStyle.color(group));
				entry.setFillColor(Color.BLACK);
				// Its name would be drawn over it.
				entry.setName("");
				entry.setProperty(MARK, "true");
				overlay.add(entry);
			}
		}
		overlay.drawNames(true);
		overlay.drawLabels(true);
		overlay.drawBackgrounds(true);
		overlay.setLabelColor(Color.WHITE);
		overlay.setLabelFont(font, true);
		image.setOverlay(overlay);
	}
}
