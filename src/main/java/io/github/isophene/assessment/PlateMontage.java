// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

import io.github.isophene.plots.ColourScale;
import io.github.isophene.plots.HeatMap;

/** All plates of a table as heat maps in one picture, in which each well can be found again. */
public final class PlateMontage {

	private static final int SIDE = 12;
	private static final int TITLE = 16;
	private static final int GAP = 12;

	private final List<PlateWells> plates;
	private final double[] values;
	private final int columns;
	private final int cellWidth;
	private final int cellHeight;

	/**
	 * Lays out the plates.
	 *
	 * @param values [rows of the table], what is shown; NaN where there is none
	 * @throws IllegalArgumentException if no row has the name of a well
	 */
	public PlateMontage(final AssessedMethod method, final double[] values) {
		plates = PlateWells.of(method);
		if (plates.isEmpty()) {
			throw new IllegalArgumentException("The table has no column " + method.roles().well() +
				" with names of wells such as A01: name it with the key wells");
		}
		this.values = values.clone();
		columns = (int) Math.ceil(Math.sqrt(plates.size()));
		cellWidth = plates.stream().mapToInt(PlateWells::width).max().orElseThrow() * SIDE + GAP;
		cellHeight = plates.stream().mapToInt(PlateWells::height).max().orElseThrow() * SIDE + TITLE + GAP;
	}

	/** The picture. */
	public BufferedImage image() {
		final int lines = (plates.size() + columns - 1) / columns;
		final BufferedImage image = new BufferedImage(columns * cellWidth + GAP, lines * cellHeight + GAP,
			BufferedImage.TYPE_INT_RGB);
		final ColourScale scale = scale(values);
		final Graphics2D g = image.createGraphics();
		try {
			g.setColor(Color.WHITE);
			g.fillRect(0, 0, image.getWidth(), image.getHeight());
			g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
			g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
			g.setColor(Color.DARK_GRAY);
			for (int p = 0; p < plates.size(); p++) {
				g.drawString(plates.get(p).name(), left(p), top(p) - 4);
				g.drawImage(HeatMap.image(plates.get(p).grid(values), scale, SIDE), left(p), top(p), null);
			}
		}
		finally {
			g.dispose();
		}
		return image;
	}

	/** The table's row whose well is at a place of the picture (the first of several); empty beside wells. */
	public OptionalInt row(final int x, final int y) {
		for (int p = 0; p < plates.size(); p++) {
			final int column = Math.floorDiv(x - left(p), SIDE);
			final int row = Math.floorDiv(y - top(p), SIDE);
			final PlateWells plate = plates.get(p);
			for (int i = 0; i < plate.rows().length; i++) {
				if (plate.x()[i] == column && plate.y()[i] == row) return OptionalInt.of(plate.rows()[i]);
			}
		}
		return OptionalInt.empty();
	}

	/** From the 1st to the 99th percentile: a few extreme wells shall not make all others one colour. */
	static ColourScale scale(final double[] values) {
		final double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
		if (sorted.length == 0) return new ColourScale(0, 1);
		return new ColourScale(sorted[(int) (0.01 * (sorted.length - 1))], sorted[(int) (0.99 * (sorted.length - 1))]);
	}

	private int left(final int plate) {
		return GAP + plate % columns * cellWidth;
	}

	private int top(final int plate) {
		return GAP + plate / columns * cellHeight + TITLE;
	}
}
