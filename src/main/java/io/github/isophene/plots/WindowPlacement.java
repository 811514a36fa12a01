// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.plots;

import java.awt.Dimension;
import java.awt.Frame;
import java.awt.GraphicsConfiguration;
import java.awt.Insets;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

import ij.IJ;
import ij.WindowManager;

/** Places for windows: inside the screen, and beside ImageJ's main window, never over it. */
public final class WindowPlacement {

	/** Name of the small windows of runs, whose Cancel must stay in reach. */
	public static final String RUN = "isophene.run";

	private static final int GAP = 8;

	/** Smallest width and height that a window is made, pixels. */
	private static final int LEAST = 200;

	private WindowPlacement() {}

	/** Moves a window of known size beside ImageJ's main window, and makes it smaller where the screen is. */
	public static void beside(final Window window) {
		final Window main = IJ.getInstance();
		final Rectangle screen = screen(main == null ? window : main);
		final Rectangle avoid = main == null || !main.isShowing() ? null : main.getBounds();
		final List<Rectangle> others = new ArrayList<>();
		for (final Window other : Window.getWindows()) {
			if (other != window && other != main && other.isShowing() && other.getWidth() > 0)
				others.add(other.getBounds());
		}
		final List<Rectangle> runs = Stream.of(Window.getWindows())
			.filter(other -> other != window && other.isShowing() && RUN.equals(other.getName()))
			.map(Window::getBounds)
			.toList();
		window.setBounds(place(window.getSize(), screen, avoid, others, runs));
	}

	/** Lists a window that stays in ImageJ's menu Window, where a user finds it below others, until it is closed. */
	public static void list(final Frame window) {
		if (IJ.getInstance() == null) return;
		WindowManager.addWindow(window);
		window.addWindowListener(new WindowAdapter() {

			@Override
			public void windowClosed(final WindowEvent event) {
				WindowManager.removeWindow(window);
			}
		});
	}

	/** Returns the part of a window's screen that no task bar covers. */
	public static Rectangle screen(final Window window) {
		final GraphicsConfiguration configuration = window.getGraphicsConfiguration();
		final Rectangle bounds = new Rectangle(configuration.getBounds());
		final Insets insets = Toolkit.getDefaultToolkit().getScreenInsets(configuration);
		bounds.x += insets.left;
		bounds.y += insets.top;
		bounds.width -= insets.left + insets.right;
		bounds.height -= insets.top + insets.bottom;
		return bounds;
	}

	/**
	 * Chooses the place of a window.
	 *
	 * @param avoid main window, which must stay visible; {@code null} if there is none
	 * @param others windows that are covered only if there is no other place
	 */
	static Rectangle place(final Dimension size, final Rectangle screen, final Rectangle avoid,
		final List<Rectangle> others)
	{
		return place(size, screen, avoid, others, List.of());
	}

	/**
	 * As above.
	 *
	 * @param runs windows of runs, which must stay visible, too
	 */
	static Rectangle place(final Dimension size, final Rectangle screen, final Rectangle avoid,
		final List<Rectangle> others, final List<Rectangle> runs)
	{
		if (avoid == null) {
			return clipped(screen.x + (screen.width - size.width) / 2, screen.y + (screen.height - size.height) / 2,
				size, screen);
		}
		final List<Point> corners = new ArrayList<>();
		corners.add(new Point(avoid.x, avoid.y + avoid.height + GAP));
		for (final Rectangle other : others) {
			corners.add(new Point(other.x + other.width + GAP, Math.max(other.y, screen.y)));
			corners.add(new Point(other.x, other.y + other.height + GAP));
		}
		corners.add(new Point(avoid.x + avoid.width + GAP, avoid.y));
		corners.add(new Point(avoid.x - size.width - GAP, avoid.y));
		corners.add(new Point(avoid.x, avoid.y - size.height - GAP));
		Rectangle best = null;
		long least = Long.MAX_VALUE;
		for (final Point corner : corners) {
			final Rectangle place = clipped(corner.x, corner.y, size, screen);
			long covered = 1000 * area(place.intersection(avoid));
			for (final Rectangle other : others) covered += area(place.intersection(other));
			for (final Rectangle run : runs) covered += 100 * area(place.intersection(run));
			if (covered < least) {
				least = covered;
				best = place;
			}
		}
		final List<Rectangle> kept = new ArrayList<>(runs);
		kept.add(avoid);
		return kept.stream().noneMatch(best::intersects) ? best : shrunk(best, screen, kept);
	}

	/**
	 * Returns the place beside windows that must stay visible that shows most of a window larger than any, or
	 * the window as it is if none shows enough.
	 */
	private static Rectangle shrunk(final Rectangle window, final Rectangle screen, final List<Rectangle> kept) {
		final TreeSet<Integer> x = new TreeSet<>(List.of(screen.x, screen.x + screen.width));
		final TreeSet<Integer> y = new TreeSet<>(List.of(screen.y, screen.y + screen.height));
		for (final Rectangle other : kept) {
			x.addAll(List.of(other.x - GAP, other.x + other.width + GAP));
			y.addAll(List.of(other.y - GAP, other.y + other.height + GAP));
		}
		Rectangle best = window;
		long most = 0;
		for (final int left : x) for (final int right : x.tailSet(left + LEAST)) {
			for (final int top : y) for (final int bottom : y.tailSet(top + LEAST)) {
				final Rectangle free = new Rectangle(left, top, right - left, bottom - top).intersection(screen);
				if (kept.stream().anyMatch(free::intersects)) continue;
				final Rectangle place = clipped(window.x, window.y, window.getSize(), free);
				if (place.width < LEAST || place.height < LEAST || area(place) <= most) continue;
				most = area(place);
				best = place;
			}
		}
		return best;
	}

	private static Rectangle clipped(final int x, final int y, final Dimension size, final Rectangle screen) {
		final int width = Math.min(size.width, screen.width);
		final int height = Math.min(size.height, screen.height);
		return new Rectangle(Math.max(screen.x, Math.min(x, screen.x + screen.width - width)),
			Math.max(screen.y, Math.min(y, screen.y + screen.height - height)), width, height);
	}

	private static long area(final Rectangle r) {
		return r.isEmpty() ? 0 : (long) r.width * r.height;
	}
}
