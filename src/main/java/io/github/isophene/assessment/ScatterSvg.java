// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.PathIterator;
import java.util.List;
import java.util.Locale;

/** Points in a plane as a vector drawing of some kilobytes, without a canvas. */
final class ScatterSvg {

	private static final int WIDTH = 440;
	private static final int HEIGHT = 380;
	private static final int LEFT = 52;
	private static final int BOTTOM = 44;
	private static final int MARGIN = 12;
	private static final int TICKS = 5;

	private final StringBuilder svg = new StringBuilder();
	private final double[][] points;
	private final double[] low = new double[2];
	private final double[] high = new double[2];

	/** @param drawn which of the points give the axes their ranges */
	ScatterSvg(final String title, final String xLabel, final String yLabel, final double[][] points,
		final int[] drawn)
	{
		this.points = points;
		for (int c = 0; c < 2; c++) {
			low[c] = Double.POSITIVE_INFINITY;
			high[c] = Double.NEGATIVE_INFINITY;
			for (final int i : drawn) {
				low[c] = Math.min(low[c], points[c][i]);
				high[c] = Math.max(high[c], points[c][i]);
			}
			final double margin = high[c] > low[c] ? .04 * (high[c] - low[c]) : 1;
			low[c] -= margin;
			high[c] += margin;
		}
		svg.append("<svg class=\"map\" viewBox=\"0 0 ")
			.append(WIDTH)
			.append(' ')
			.append(HEIGHT)
			.append("\" role=\"img\" aria-label=\"")
			.append(Html.escape(title))
			.append("\">");
		svg.append(String.format(Locale.ROOT, "<path class=\"frame\" d=\"M%d %dV%dH%d\"/>", LEFT, MARGIN,
			HEIGHT - BOTTOM, WIDTH - MARGIN));
		for (final double tick : ticks(0)) text(x(tick), HEIGHT - BOTTOM + 16, "middle", Html.tick(tick), "");
		for (final double tick : ticks(1)) text(LEFT - 6, y(tick) + 4, "end", Html.tick(tick), "");
		text((LEFT + WIDTH - MARGIN) / 2.0, HEIGHT - 8, "middle", Html.escape(xLabel), "");
		final double middle = (MARGIN + HEIGHT - BOTTOM) / 2.0;
		text(12, middle, "middle", Html.escape(yLabel),
			String.format(Locale.ROOT, " transform=\"rotate(-90 12 %.0f)\"", middle));
	}

	/** Adds points with one mark, above those before. */
	void points(final List<Integer> members, final Shape shape, final Color color) {
		if (members.isEmpty()) return;
		final String mark = relative(shape);
		svg.append(String.format(Locale.ROOT, "<path fill=\"#%06x\" d=\"", color.getRGB() & 0xFFFFFF));
		for (final int i : members)
			svg.append('M').append(number(x(points[0][i]))).append(' ').append(number(y(points[1][i]))).append(mark);
		svg.append("\"/>");
	}

	String render() {
		return svg + "</svg>";
	}

	private void text(final double x, final double y, final String anchor, final String text, final String more) {
		svg.append(String.format(Locale.ROOT, "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"%s\"%s>%s</text>", x, y,
			anchor, more, text));
	}

	private double x(final double value) {
		return LEFT + (value - low[0]) / (high[0] - low[0]) * (WIDTH - MARGIN - LEFT);
	}

	private double y(final double value) {
		return HEIGHT - BOTTOM - (value - low[1]) / (high[1] - low[1]) * (HEIGHT - BOTTOM - MARGIN);
	}

	/** Round numbers along an axis. */
	private double[] ticks(final int axis) {
		final double rough = (high[axis] - low[axis]) / TICKS;
		final double power = Math.pow(10, Math.floor(Math.log10(rough)));
		final double step = power * (rough / power < 1.5 ? 1 : rough / power < 3.5 ? 2 : rough / power < 7.5 ? 5 : 10);
		final double first = Math.ceil(low[axis] / step);
		final double[] ticks = new double[(int) (Math.floor(high[axis] / step) - first) + 1];
		for (int i = 0; i < ticks.length; i++) ticks[i] = (first + i) * step;
		return ticks;
	}

	/** A number with one digit after the point, as short as it gets. */
	private static String number(final double value) {
		final long tenths = Math.round(10 * value);
		return tenths % 10 == 0 ? Long.toString(tenths / 10)
			: (tenths < 0 ? "-" : "") + (Math.abs(tenths) < 10 ? "" : Long.toString(Math.abs(tenths) / 10)) + "." +
				Math.abs(tenths) % 10;
	}

	/** A mark around the current point: circles as arcs, polygons as steps. */
	private static String relative(final Shape shape) {
		if (shape instanceof java.awt.geom.Ellipse2D ellipse) {
			final String r = number(ellipse.getWidth() / 2);
			final String d = number(ellipse.getWidth());
			return "m-" + r + " 0a" + r + " " + r + " 0 1 0 " + d + " 0a" + r + " " + r + " 0 1 0-" + d + " 0";
		}
		final StringBuilder path = new StringBuilder();
		final double[] c = new double[6];
		double x = 0;
		double y = 0;
		for (final PathIterator it = shape.getPathIterator(null, .2); !it.isDone(); it.next()) {
			if (it.currentSegment(c) == PathIterator.SEG_CLOSE) continue;
			path.append(path.isEmpty() ? 'm' : 'l').append(number(c[0] - x)).append(' ').append(number(c[1] - y));
			x = c[0];
			y = c[1];
		}
		return path.append('z').toString();
	}

	/** A shape around the origin. */
	static String path(final Shape shape) {
		return "M0 0" + relative(shape);
	}
}
