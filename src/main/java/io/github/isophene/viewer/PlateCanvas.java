// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.viewer;

import java.awt.Cursor;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import javax.swing.JPanel;

/** Plate on the screen, as large as its window: hovering names a well, a click opens it, dragging selects wells. */
final class PlateCanvas extends JPanel {

	private static final long serialVersionUID = 1L;

	private final transient PlateWells wells;
	private final transient Consumer<ViewedWell> hover;
	private final transient Consumer<ViewedWell> click;
	private final transient Function<ViewedWell, BufferedImage> thumbnails;
	private transient PlatePicture picture;
	private transient WellColors colors;
	private String plate;
	private Point pressed;
	private Rectangle band;
	private transient Runnable selectionListener = () -> {};

	PlateCanvas(final PlateWells wells, final Consumer<ViewedWell> hover, final Consumer<ViewedWell> click,
		final Function<ViewedWell, BufferedImage> thumbnails)
	{
		this.wells = wells;
		this.hover = hover;
		this.click = click;
		this.thumbnails = thumbnails;
		setName("isophene.plate");
		addComponentListener(new ComponentAdapter() {

			@Override
			public void componentResized(final ComponentEvent event) {
				fit();
			}
		});
		final Mouse mouse = new Mouse();
		addMouseListener(mouse);
		addMouseMotionListener(mouse);
		WellSelection.listen(this, () -> {
			repaint();
			selectionListener.run();
		});
		fit();
	}

	private void fit() {
		final Dimension area = getWidth() == 0 ? new Dimension(900, 560) : getSize();
		picture = new PlatePicture(wells, Math.min(120, PlatePicture.side(wells, area)));
		repaint();
	}

	/** Returns the side of a well, pixels. */
	int side() {
		return picture.bounds(1, 1).width;
	}

	PlatePicture picture() {
		return picture;
	}

	/** Returns the selected wells of all plates. */
	List<ViewedWell> selected() {
		return WellSelection.of(wells);
	}

	void onSelection(final Runnable listener) {
		selectionListener = listener;
	}

	void show(final String name, final WellColors now) {
		plate = name;
		colors = now;
		repaint();
	}

	@Override
	protected void paintComponent(final Graphics g) {
		super.paintComponent(g);
		if (colors == null) return;
		final Graphics2D g2 = (Graphics2D) g.create();
		setBackground(java.awt.Color.WHITE);
		picture.draw(g2, plate, colors, thumbnails, Set.copyOf(selected()));
		if (band != null) {
			g2.setColor(java.awt.Color.BLACK);
			g2.draw(band);
		}
		g2.dispose();
	}

	private final class Mouse extends MouseAdapter {

		@Override
		public void mouseMoved(final MouseEvent event) {
			final ViewedWell well = picture.at(plate, event.getPoint());
			setCursor(Cursor.getPredefinedCursor(well == null ? Cursor.DEFAULT_CURSOR : Cursor.HAND_CURSOR));
			setToolTipText(well == null ? null : well.name());
			hover.accept(well);
		}

		@Override
		public void mousePressed(final MouseEvent event) {
			pressed = event.getPoint();
			band = null;
		}

		@Override
		public void mouseDragged(final MouseEvent event) {
			if (pressed == null || pressed.distance(event.getPoint()) < 4) return;
			band = new Rectangle(pressed);
			band.add(event.getPoint());
			repaint();
		}

		@Override
		public void mouseReleased(final MouseEvent event) {
			if (pressed == null) return;
			final ViewedWell well = picture.at(plate, event.getPoint());
			final Rectangle dragged = band;
			band = null;
			pressed = null;
			if (dragged != null) WellSelection.select(inside(dragged), event.isShiftDown());
			else if (event.isShiftDown() && well != null) WellSelection.toggle(well);
			else {
				WellSelection.select(well == null ? List.of() : List.of(well), false);
				if (well != null) click.accept(well);
			}
		}
	}

	private List<ViewedWell> inside(final Rectangle area) {
		final List<ViewedWell> inside = new ArrayList<>();
		for (final ViewedWell well : wells.wells(plate))
			if (picture.bounds(well.row(), well.column()).intersects(area)) inside.add(well);
		return inside;
	}
}
