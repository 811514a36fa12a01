// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.viewer;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.github.isophene.screen.Wells;

/** Drawing of one plate: wells with row and column labels, marks on the controls, and a legend of the colors. */
public final class PlatePicture {

	private static final Color INK = new Color(0x33, 0x33, 0x33);
	private static final Color EMPTY = new Color(0xF4, 0xF4, 0xF4);
	private static final int LEGEND = 190;
	private static final int MARGIN = 8;

	private final PlateWells wells;
	private final int rows;
	private final int columns;
	private final int side;
	private final int left;
	private final int top;
	private final Font font;

	/** @param side of a well, pixels, at least 3 */
	public PlatePicture(final PlateWells wells, final int side) {
		this.wells = wells;
		final int[] format = wells.format();
		rows = format[0];
		columns = format[1];
		this.side = Math.max(3, side);
		font = new Font(Font.SANS_SERIF, Font.PLAIN, Math.max(9, Math.min(16, 2 * this.side / 3)));
		left = MARGIN + 2 * font.getSize();
		top = MARGIN + 22 + font.getSize() + 6;
	}

	/** Returns the side of a well with which a picture fits into an area. */
	public static int side(final PlateWells wells, final Dimension area) {
		final int[] format = wells.format();
		return Math.max(3,
			Math.min((area.width - LEGEND - 3 * MARGIN - 30) / format[1], (area.height - 3 * MARGIN - 44) / format[0]));
	}

	/** Returns the size of the picture. */
	public Dimension size() {
		return new Dimension(left + columns * side + MARGIN + LEGEND, Math.max(top + rows * side + MARGIN, 240));
	}

	/** Returns the square of a well. */
	public Rectangle bounds(final int row, final int column) {
		return new Rectangle(left + (column - 1) * side, top + (row - 1) * side, side, side);
	}

	/** Returns the well at a place of the picture; {@code null} if there is none. */
	public ViewedWell at(final String plate, final Point p) {
		if (p.x < left || p.y < top) return null;
		return wells.well(plate, (p.y - top) / side + 1, (p.x - left) / side + 1);
	}

	/**
	 * Draws a plate.
	 *
	 * @param thumbnails small picture of a well, or {@code null} for its color
	 * @param selected wells that are outlined
	 */
	public void draw(final Graphics2D g, final String plate, final WellColors colors,
		final Function<ViewedWell, BufferedImage> thumbnails, final Set<ViewedWell> selected)
	{
		g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
		g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
		g.setColor(Color.WHITE);
		g.fillRect(0, 0, size().width, size().height);
		g.setColor(INK);
		g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
		g.drawString(plate + ", " + shortName(colors.column()), left, MARGIN + 14);
		labels(g);
		final int inner = side < 5 ? side : side - 1;
		for (int row = 1; row <= rows; row++) for (int column = 1; column <= columns; column++) {
			final Rectangle box = bounds(row, column);
			final ViewedWell well = wells.well(plate, row, column);
			g.setColor(well == null ? EMPTY : colors.color(well));
			g.fillRect(box.x, box.y, inner, inner);
			if (well == null) continue;
			final BufferedImage picture = thumbnails.apply(well);
			if (picture != null) {
				final int edge = Math.max(2, side / 14);
				g.drawImage(picture, box.x + edge, box.y + edge, inner - 2 * edge, inner - 2 * edge, null);
			}
			if (wells.isControl(well))
				mark(g, picture == null ? box : new Rectangle(box.x, box.y, inner / 2, inner / 2),
					picture == null ? inner : inner / 2);
			if (selected.contains(well)) {
				g.setColor(Color.BLACK);
				g.setStroke(new BasicStroke(Math.max(2f, side / 12f)));
				g.drawRect(box.x, box.y, inner - 1, inner - 1);
			}
		}
		legend(g, colors);
	}

	private void labels(final Graphics2D g) {
		g.setFont(font);
		final FontMetrics metrics = g.getFontMetrics();
		final int every = Math.max(1, (int) Math.ceil((metrics.stringWidth("00") + 3.0) / side));
		for (int column = 1; column <= columns; column++) {
			if (every > 1 && column % every != 0 && column != 1) continue;
			final String text = Integer.toString(column);
			final Rectangle box = bounds(1, column);
			g.drawString(text, box.x + (side - metrics.stringWidth(text)) / 2, top - 5);
		}
		final int everyRow = Math.max(1, (int) Math.ceil((double) font.getSize() / side));
		for (int row = 1; row <= rows; row++) {
			if ((row - 1) % everyRow != 0) continue;
			final String text = Wells.name(row, 1).replaceAll("\\d", "");
			final Rectangle box = bounds(row, 1);
			g.drawString(text, left - 5 - metrics.stringWidth(text),
				box.y + (side + metrics.getAscent() - metrics.getDescent()) / 2);
		}
	}

	/** Marks a control by a white ring with a dark edge, which shows on every color and on pictures. */
	private static void mark(final Graphics2D g, final Rectangle box, final int inner) {
		final double d = Math.max(3, inner * 0.42);
		final Ellipse2D ring = new Ellipse2D.Double(box.x + (inner - d) / 2, box.y + (inner - d) / 2, d, d);
		g.setStroke(new BasicStroke((float) Math.max(2, d / 4)));
		g.setColor(INK);
		g.draw(ring);
		g.setStroke(new BasicStroke((float) Math.max(1, d / 8)));
		g.setColor(Color.WHITE);
		g.draw(ring);
	}

	private void legend(final Graphics2D g, final WellColors colors) {
		final int x = left + columns * side + 2 * MARGIN;
		int y = top;
		g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
		final FontMetrics metrics = g.getFontMetrics();
		if (wells.plates().stream().flatMap(p -> wells.wells(p).stream()).anyMatch(wells::isControl)) {
			g.setColor(EMPTY);
			g.fillRect(x, y, 16, 16);
			mark(g, new Rectangle(x, y, 16, 16), 16);
			g.setColor(INK);
			g.drawString("negative control", x + 22, y + 13);
			y += 26;
		}
		g.setColor(INK);
		g.drawString(cut(shortName(colors.column()), metrics), x, y + 11);
		y += 18;
		final int bottom = size().height - MARGIN;
		if (colors.isNumber()) {
			final int height = Math.max(60, Math.min(200, bottom - y - 16));
			for (int i = 0; i < height; i++) {
				g.setColor(colors.scale()
					.color(colors.scale().high() - (colors.scale().high() - colors.scale().low()) * i / (height - 1)));
				g.fillRect(x, y + i, 18, 1);
			}
			g.setColor(INK);
			for (int i = 0; i <= 4; i++) {
				final double value = colors.scale().high() - (colors.scale().high() - colors.scale().low()) * i / 4;
				g.drawString("%.3g".formatted(value), x + 24, y + 4 + i * (height - 1) / 4);
			}
			return;
		}
		int shown = 0;
		for (final Map.Entry<String, Color> entry : colors.categories().entrySet()) {
			if (y + 32 > bottom && shown < colors.categories().size() - 1) {
				g.drawString("and " + (colors.categories().size() - shown) + " more", x, y + 11);
				return;
			}
			g.setColor(entry.getValue());
			g.fillRect(x, y, 14, 14);
			g.setColor(INK);
			g.drawString(cut(entry.getKey(), metrics), x + 20, y + 12);
			y += 18;
			shown++;
		}
	}

	private static String cut(final String text, final FontMetrics metrics) {
		String cut = text;
		while (metrics.stringWidth(cut) > LEGEND - 30 && cut.length() > 4)
			cut = cut.substring(0, cut.length() - 4) + "...";
		return cut;
	}

	static String shortName(final String column) {
		return column.startsWith("Metadata_") ? column.substring(9).replace('_', ' ') : column;
	}

	/** Draws plates below and beside each other into one image, as square as may be. */
	public static BufferedImage montage(final PlateWells wells, final List<String> plates, final WellColors colors,
		final int side)
	{
		final PlatePicture picture = new PlatePicture(wells, side);
		final Dimension one = picture.size();
		final int across = Math.max(1, (int) Math.round(Math.sqrt(plates.size() * (double) one.height / one.width)));
		final int down = (plates.size() + across - 1) / across;
		final BufferedImage image = new BufferedImage(across * one.width, down * one.height,
			BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = image.createGraphics();
		g.setColor(Color.WHITE);
		g.fillRect(0, 0, image.getWidth(), image.getHeight());
		for (int i = 0; i < plates.size(); i++) {
			final Graphics2D part = (Graphics2D) g.create(i % across * one.width, i / across * one.height, one.width,
				one.height);
			picture.draw(part, plates.get(i), colors, well -> null, Set.of());
			part.dispose();
		}
		g.dispose();
		return image;
	}
}
