// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.plots;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.isophene.messages.Count;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.NumberTickUnitSource;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.AbstractXYItemRenderer;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/**
 * Lines of numbers over numbers, each perhaps with a band or bars for its uncertainty, and
 * with its name at its end. Points that are not numbers leave a gap.
 */
public final class LinePlot {

	/** Style in which a line's uncertainty is drawn. */
	private enum Spread {
		NONE, BAND, BARS
	}

	/** A line; lower and upper are absolute values. */
	private record Line(String name, double[] x, double[] y, double[] lower, double[] upper, Spread spread) {}

	/** Up to this many points of a line are marked. */
	private static final int MARKED = 30;

	private final String title;
	private final String xLabel;
	private final String yLabel;
	private final List<Line> lines = new ArrayList<>();
	private double[] yRange;
	private boolean logX;
	private boolean wholeX;
	private List<NumberTick> xTicks;

	/**
	 * @param title may be empty
	 * @param xLabel with unit
	 * @param yLabel with unit
	 */
	public LinePlot(final String title, final String xLabel, final String yLabel) {
		this.title = title;
		this.xLabel = xLabel;
		this.yLabel = yLabel;
	}

	/** Adds a line. */
	public LinePlot line(final String name, final double[] x, final double[] y) {
		return add(new Line(name, x, y, y, y, Spread.NONE));
	}

	/** Adds a line with a pale band from {@code lower} to {@code upper}. */
	public LinePlot band(final String name, final double[] x, final double[] y, final double[] lower,
		final double[] upper)
	{
		return add(new Line(name, x, y, lower, upper, Spread.BAND));
	}

	/** Adds a line with error bars from {@code lower} to {@code upper}. */
	public LinePlot bars(final String name, final double[] x, final double[] y, final double[] lower,
		final double[] upper)
	{
		return add(new Line(name, x, y, lower, upper, Spread.BARS));
	}

	private LinePlot add(final Line line) {
		if (line.x.length != line.y.length || line.x.length != line.lower.length ||
			line.x.length != line.upper.length)
		{
			throw new IllegalArgumentException("The line '" + line.name + "' has " + line.x.length + " x, but " +
				line.y.length + " y, " + line.lower.length + " lower and " + line.upper.length + " upper values");
		}
		lines.add(line);
		return this;
	}

	/** Fixes the vertical axis; otherwise it fits the data. */
	public LinePlot yRange(final double from, final double to) {
		yRange = new double[]{from, to};
		return this;
	}

	/** Makes the horizontal axis logarithmic, base 2: for numbers of wells and the like. */
	public LinePlot logX() {
		logX = true;
		return this;
	}

	/** Horizontal values are whole numbers. */
	public LinePlot wholeX() {
		wholeX = true;
		return this;
	}

	/**
	 * Puts names to these places of the horizontal axis, and none to others.
	 *
	 * @param at ascending
	 * @param names as many
	 */
	public LinePlot xTicks(final double[] at, final List<String> names) {
		if (at.length != names.size())
			throw new IllegalArgumentException(Count.of(at.length, "place") + ", but " + names.size() + " names");
		xTicks = new ArrayList<>();
		for (int i = 0; i < at.length; i++) {
			xTicks.add(new NumberTick(at[i], names.get(i), TextAnchor.TOP_CENTER, TextAnchor.TOP_CENTER, 0));
		}
		return this;
	}

	/** The chart, for {@link Png} and {@link PlotWindow}. */
	public JFreeChart chart() {
		final XYPlot plot = new XYPlot();
		plot.setDomainAxis(xAxis());
		final NumberAxis yAxis = new NumberAxis(yLabel);
		yAxis.setNumberFormatOverride(NumberFormat.getNumberInstance(Locale.ROOT));
		yAxis.setAutoRangeIncludesZero(false);
		if (yRange != null) yAxis.setRange(yRange[0], yRange[1]);
		plot.setRangeAxis(yAxis);
		for (int i = 0; i < lines.size(); i++) {
			plot.setDataset(i, data(lines.get(i)));
			plot.setRenderer(i, renderer(lines.get(i), PlotStyle.color(i)));
		}
		final JFreeChart chart = PlotStyle.chart(title, plot);
		new LineNames(plot, logX).write(lines.stream().map(Line::name).toList());
		return chart;
	}

	private ValueAxis xAxis() {
		if (logX) {
			final LogAxis axis = xTicks == null ? new LogAxis(xLabel) : new LogAxis(xLabel) {

				@Override
				public List<NumberTick> refreshTicks(final Graphics2D g, final AxisState state, final Rectangle2D area,
					final RectangleEdge edge)
				{
					return xTicks;
				}
			};
			axis.setBase(2);
			axis.setTickUnit(new NumberTickUnit(1));
			axis.setNumberFormatOverride(NumberFormat.getIntegerInstance(Locale.ROOT));
			return axis;
		}
		final NumberAxis axis = xTicks == null ? new NumberAxis(xLabel) : new NumberAxis(xLabel) {

			@Override
			public List<NumberTick> refreshTicks(final Graphics2D g, final AxisState state, final Rectangle2D area,
				final RectangleEdge edge)
			{
				return xTicks;
			}
		};
		axis.setAutoRangeIncludesZero(false);
		axis.setNumberFormatOverride(NumberFormat.getNumberInstance(Locale.ROOT));
		if (wholeX) axis.setStandardTickUnits(new NumberTickUnitSource(true));
		return axis;
	}

	private static YIntervalSeriesCollection data(final Line line) {
		final YIntervalSeries series = new YIntervalSeries(line.name);
		for (int i = 0; i < line.x.length; i++) {
			if (Double.isFinite(line.y[i])) series.add(line.x[i], line.y[i], line.lower[i], line.upper[i]);
		}
		final YIntervalSeriesCollection data = new YIntervalSeriesCollection();
		data.addSeries(series);
		return data;
	}

	private static AbstractXYItemRenderer renderer(final Line line, final Color color) {
		final boolean marks = line.x.length <= MARKED;
		final AbstractXYItemRenderer renderer;
		if (line.spread == Spread.BARS) {
			final XYErrorRenderer bars = new XYErrorRenderer();
			bars.setDrawXError(false);
			bars.setErrorPaint(color);
			bars.setCapLength(6);
			bars.setSeriesLinesVisible(0, true);
			bars.setSeriesShapesVisible(0, true);
			renderer = bars;
		}
		else {
			final DeviationRenderer band = new DeviationRenderer(true, marks);
			band.setAlpha(1f);
			band.setSeriesFillPaint(0, line.spread == Spread.BAND ? PlotStyle.pale(color) : new Color(0, 0, 0, 0));
			renderer = band;
		}
		renderer.setSeriesPaint(0, color);
		renderer.setSeriesStroke(0, PlotStyle.line());
		renderer.setSeriesShape(0, new Ellipse2D.Double(-3, -3, 6, 6));
		return renderer;
	}
}
