// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.plots;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gray pictures in rows and columns with their names, for comparing rows: a column has one
 * range of gray, from the .5th to the 99.5th percentile of its first picture.
 */
public final class PictureGrid {

	/** A picture is as wide as this, roughly. */
	private static final int SIDE = 256;
	private static final int GAP = 8;
	private static final int LINE = 18;

	private final List<String> columns;
	private final int width;
	private final int height;
	private final List<List<String>> names = new ArrayList<>();
	private final List<float[][]> rows = new ArrayList<>();

	/**
	 * @param columns names of the columns
	 * @param width of a picture, pixels
	 * @param height of a picture, pixels
	 */
	public PictureGrid(final List<String> columns, final int width, final int height) {
		if (columns.isEmpty()) throw new IllegalArgumentException("There is nothing to draw: the grid has no columns");
		this.columns = List.copyOf(columns);
		this.width = width;
		this.height = height;
	}

	/**
	 * Adds a row.
	 *
	 * @param lines what stands above it
	 * @param pictures [columns][height x width]
	 */
	public PictureGrid row(final List<String> lines, final float[][] pictures) {
		names.add(List.copyOf(lines));
		rows.add(pictures);
		return this;
	}

	/** The picture of all. */
	public BufferedImage image() {
		final double zoom = width <= SIDE / 2 ? SIDE / width : Math.min(1, (double) SIDE / width);
		final int w = (int) Math.round(width * zoom);
		final int h = (int) Math.round(height * zoom);
		final int text = names.stream().mapToInt(List::size).max().orElse(0) * LINE;
		final BufferedImage image = new BufferedImage(GAP + columns.size() * (w + GAP),
			LINE + GAP + rows.size() * (text + h + GAP), BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = image.createGraphics();
		try {
			g.setColor(Color.WHITE);
			g.fillRect(0, 0, image.getWidth(), image.getHeight());
			g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
			g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, zoom < 1 ? RenderingHints.VALUE_INTERPOLATION_BILINEAR
				: RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
			g.setColor(PlotStyle.INK);
			g.setFont(PlotStyle.TITLE);
			for (int c = 0; c < columns.size(); c++) g.drawString(columns.get(c), GAP + c * (w + GAP), LINE);
			g.setFont(PlotStyle.TICK);
			for (int r = 0; r < rows.size(); r++) {
				final int top = LINE + GAP + r * (text + h + GAP);
				for (int l = 0; l < names.get(r).size(); l++)
					g.drawString(names.get(r).get(l), GAP, top + (l + 1) * LINE - 4);
				for (int c = 0; c < columns.size(); c++) {
					g.drawImage(gray(rows.get(r)[c], rows.get(0)[c]), GAP + c * (w + GAP), top + text, w, h, null);
				}
			}
		}
		finally {
			g.dispose();
		}
		return image;
	}

	private BufferedImage gray(final float[] values, final float[] range) {
		final float[] sorted = range.clone();
		Arrays.sort(sorted);
		final float low = sorted[(int) (.005 * (sorted.length - 1))];
		final float high = sorted[(int) (.995 * (sorted.length - 1))];
		final BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
		for (int i = 0; i < width * height; i++) {
			final float share = high > low ? (values[i] - low) / (high - low) : .5f;
			picture.setRGB(i % width, i / width, 0x010101 * (int) (255 * Math.max(0, Math.min(1, share))));
		}
		return picture;
	}
}
