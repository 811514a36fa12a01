// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;

import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;

/**
 * The house style: what all plots have in common. The colors are those of Okabe and Ito
 * (2008), which people with any common color-vision deficiency tell apart; their yellow
 * is left out, as it can't be read on white; a gray is added.
 */
public final class PlotStyle {

	/** For what isn't data: axes and their text. */
	static final Color INK = new Color(0x33, 0x33, 0x33);
	/** For lines behind the data. */
	static final Color GRID = new Color(0xE6, 0xE6, 0xE6);

	static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 14);
	static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
	static final Font TICK = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

	private static final Color[] COLORS = {new Color(0x00, 0x72, 0xB2), new Color(0xD5, 0x5E, 0x00),
		new Color(0x00, 0x9E, 0x73), new Color(0xCC, 0x79, 0xA7), new Color(0xE6, 0x9F, 0x00),
		new Color(0x56, 0xB4, 0xE9), new Color(0, 0, 0), new Color(0x8C, 0x8C, 0x8C)};

	private PlotStyle() {}

	/** The color of the i-th thing, counted from 0; they repeat after eight. */
	public static Color color(final int i) {
		return COLORS[i % COLORS.length];
	}

	/** The same color as light as an area behind a line should be. */
	static Color pale(final Color color) {
		return new Color(color.getRed(), color.getGreen(), color.getBlue(), 48);
	}

	/** A line of the data. */
	static BasicStroke line() {
		return new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
	}

	/** A line that isn't data but to compare with. */
	static BasicStroke dashes() {
		return new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10f, new float[]{5f, 4f}, 0f);
	}

	/** A chart of a plot, dressed. */
	static JFreeChart chart(final String title, final Plot plot) {
		final JFreeChart chart = new JFreeChart(title.isEmpty() ? null : title, TITLE, plot, false);
		chart.setBackgroundPaint(Color.WHITE);
		chart.setPadding(new RectangleInsets(8, 8, 8, 8));
		if (chart.getTitle() != null) chart.getTitle().setPaint(INK);
		plot.setBackgroundPaint(Color.WHITE);
		plot.setOutlineVisible(false);
		if (plot instanceof XYPlot xy) {
			xy.setDomainGridlinesVisible(false);
			xy.setRangeGridlinePaint(GRID);
			xy.setRangeGridlineStroke(new BasicStroke(1f));
			xy.setAxisOffset(new RectangleInsets(0, 0, 0, 0));
			dress(xy.getDomainAxis());
			dress(xy.getRangeAxis());
		}
		return chart;
	}

	static void dress(final ValueAxis axis) {
		axis.setLabelFont(LABEL);
		axis.setLabelPaint(INK);
		axis.setTickLabelFont(TICK);
		axis.setTickLabelPaint(INK);
		axis.setAxisLinePaint(INK);
		axis.setTickMarkPaint(INK);
	}
}
