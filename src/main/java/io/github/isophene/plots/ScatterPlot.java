// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.text.NumberFormat;
import java.util.Locale;

import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.xy.DefaultXYDataset;

/**
 * Points in groups, each with a mark of its own: seven colors in four shapes. Names of the
 * groups stand beside the plot, not in it; {@link #MARKS} says how many can be told apart.
 */
public final class ScatterPlot {

	/** Number of groups with different marks. */
	public static final int MARKS = 28;

	/** For points in the background. */
	public static final Color BACKGROUND = new Color(0xB8, 0xB8, 0xB8);

	private static final int COLORS = 7;

	private final String title;
	private final String xLabel;
	private final String yLabel;
	private final XYPlot plot = new XYPlot();
	private final double size;
	private int layers;

	/**
	 * @param title may be empty
	 * @param size of a mark, in units
	 */
	public ScatterPlot(final String title, final String xLabel, final String yLabel, final double size) {
		this.title = title;
		this.xLabel = xLabel;
		this.yLabel = yLabel;
		this.size = size;
	}

	/** Adds a group above those before, with the mark of this number. */
	public ScatterPlot points(final String name, final double[] x, final double[] y, final int mark) {
		return add(name, x, y, PlotStyle.color(mark % COLORS), shape(mark, size));
	}

	/** Adds a group in gray. */
	public ScatterPlot background(final String name, final double[] x, final double[] y) {
		return add(name, x, y, BACKGROUND, shape(0, size * 0.8));
	}

	/** The shape of a mark around the origin: a circle, triangle, square or diamond. */
	public static Shape shape(final int mark, final double size) {
		final double r = size / 2;
		return switch (mark / COLORS % 4) {
			case 0 -> new Ellipse2D.Double(-r, -r, size, size);
			case 1 -> polygon(0, -1.2 * r, 1.15 * r, 0.9 * r, -1.15 * r, 0.9 * r);
			case 2 -> new Rectangle2D.Double(-0.9 * r, -0.9 * r, 0.9 * size, 0.9 * size);
			default -> polygon(0, -1.3 * r, 1.3 * r, 0, 0, 1.3 * r, -1.3 * r, 0);
		};
	}

	/** The color of a mark. */
	public static Color color(final int mark) {
		return PlotStyle.color(mark % COLORS);
	}

	/** The chart, for {@link Png} and {@link PlotWindow}. */
	public JFreeChart chart() {
		plot.setDomainAxis(axis(xLabel));
		plot.setRangeAxis(axis(yLabel));
		final JFreeChart chart = PlotStyle.chart(title, plot);
		plot.setRangeGridlinesVisible(false);
		// The last group lies on top.
		plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
		return chart;
	}

	/** The chart with the groups' names below it, for windows. */
	public JFreeChart chartWithNames() {
		final JFreeChart chart = chart();
		final LegendTitle names = new LegendTitle(plot);
		names.setPosition(RectangleEdge.BOTTOM);
		names.setFrame(BlockBorder.NONE);
		names.setItemFont(PlotStyle.TICK);
		chart.addSubtitle(names);
		return chart;
	}

	private ScatterPlot add(final String name, final double[] x, final double[] y, final Color color,
		final Shape shape)
	{
		if (x.length != y.length)
			throw new IllegalArgumentException("'" + name + "' has " + x.length + " x, but " + y.length + " y");
		final DefaultXYDataset data = new DefaultXYDataset();
		data.addSeries(name, new double[][]{x, y});
		final XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
		renderer.setSeriesPaint(0, new Color(color.getRed(), color.getGreen(), color.getBlue(), 200));
		renderer.setSeriesShape(0, shape);
		renderer.setDrawOutlines(true);
		renderer.setUseOutlinePaint(true);
		renderer.setSeriesOutlinePaint(0, new Color(255, 255, 255, 160));
		renderer.setSeriesOutlineStroke(0, new BasicStroke(0.4f));
		plot.setDataset(layers, data);
		plot.setRenderer(layers++, renderer);
		return this;
	}

	private static NumberAxis axis(final String label) {
		final NumberAxis axis = new NumberAxis(label);
		axis.setAutoRangeIncludesZero(false);
		axis.setNumberFormatOverride(NumberFormat.getNumberInstance(Locale.ROOT));
		return axis;
	}

	private static Shape polygon(final double... xy) {
		final Path2D path = new Path2D.Double();
		path.moveTo(xy[0], xy[1]);
		for (int i = 2; i < xy.length; i += 2) path.lineTo(xy[i], xy[i + 1]);
		path.closePath();
		return path;
	}
}
