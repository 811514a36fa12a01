// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.plots;

import java.awt.Color;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.DefaultCategoryDataset;

/**
 * Horizontal bars: a group for each thing that is compared, named at its left, with a bar of
 * each series and its value at the end. A value that is not a number has no bar.
 */
public final class BarPlot {

	private final String title;
	private final String label;
	private final DefaultCategoryDataset data = new DefaultCategoryDataset();
	private double[] range;
	private double reference = Double.NaN;

	/**
	 * @param title may be empty
	 * @param label what the bars' length is, with unit
	 */
	public BarPlot(final String title, final String label) {
		this.title = title;
		this.label = label;
	}

	/** Adds a bar: groups and series stand in the order in which they first come. */
	public BarPlot bar(final String group, final String series, final double value) {
		data.addValue(Double.isNaN(value) ? null : (Double) value, series, group);
		return this;
	}

	/** Fixes the axis; otherwise it goes from 0 as far as the data. */
	public BarPlot range(final double from, final double to) {
		range = new double[]{from, to};
		return this;
	}

	/** Draws a dashed line at a value, chance for example. */
	public BarPlot reference(final double value) {
		reference = value;
		return this;
	}

	/** The chart, for {@link Png} and {@link PlotWindow}. */
	public JFreeChart chart() {
		final NumberAxis values = new NumberAxis(label);
		final DecimalFormat number = new DecimalFormat("0.00", DecimalFormatSymbols.getInstance(Locale.ROOT));
		values.setNumberFormatOverride(new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)));
		if (range != null) {
			// The number behind a bar of full length needs room.
			values.setRange(range[0], range[1] + 0.08 * (range[1] - range[0]));
			values.setTickUnit(new NumberTickUnit((range[1] - range[0]) / 5));
		}
		PlotStyle.dress(values);
		final CategoryAxis groups = new CategoryAxis();
		groups.setTickLabelFont(PlotStyle.LABEL);
		groups.setTickLabelPaint(PlotStyle.INK);
		groups.setMaximumCategoryLabelLines(2);
		groups.setMaximumCategoryLabelWidthRatio(0.4f);
		groups.setCategoryMargin(0.3);
		groups.setTickMarksVisible(false);
		groups.setAxisLineVisible(false);

		final BarRenderer bars = new BarRenderer();
		bars.setBarPainter(new StandardBarPainter());
		bars.setShadowVisible(false);
		bars.setItemMargin(0.06);
		bars.setMaximumBarWidth(0.12);
		bars.setDefaultItemLabelGenerator(new StandardCategoryItemLabelGenerator("{2}", number));
		bars.setDefaultItemLabelsVisible(true);
		bars.setDefaultItemLabelFont(PlotStyle.TICK);
		bars.setDefaultItemLabelPaint(PlotStyle.INK);
		bars.setDefaultPositiveItemLabelPosition(
			new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT));
		for (int s = 0; s < data.getRowCount(); s++) bars.setSeriesPaint(s, PlotStyle.color(s));

		final CategoryPlot plot = new CategoryPlot(data, groups, values, bars);
		plot.setOrientation(PlotOrientation.HORIZONTAL);
		plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
		plot.setRangeGridlinePaint(PlotStyle.GRID);
		if (!Double.isNaN(reference)) {
			final ValueMarker line = new ValueMarker(reference, PlotStyle.INK, PlotStyle.dashes());
			plot.addRangeMarker(line, Layer.FOREGROUND);
		}
		final JFreeChart chart = PlotStyle.chart(title, plot);
		if (data.getRowCount() > 1) chart.addSubtitle(legend(plot));
		return chart;
	}

	private static LegendTitle legend(final CategoryPlot plot) {
		final LegendTitle legend = new LegendTitle(plot);
		legend.setPosition(RectangleEdge.TOP);
		legend.setHorizontalAlignment(HorizontalAlignment.RIGHT);
		legend.setItemFont(PlotStyle.LABEL);
		legend.setItemPaint(PlotStyle.INK);
		legend.setBackgroundPaint(Color.WHITE);
		legend.setFrame(BlockBorder.NONE);
		return legend;
	}
}
