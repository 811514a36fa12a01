// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.plots;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;
import org.jfree.data.xy.XYDataset;

/** Writes the names of lines at their right ends, in their colors, so that none lies on another. */
final class LineNames {

	/** Least distance of two names, as a share of the axis. */
	private static final double APART = 0.065;
	/** Room for a letter to the right of the lines, as a share of their width. */
	private static final double LETTER = 0.026;

	/** A name, and where it should be. */
	private record End(String name, int line, double x, double y) {}

	private final XYPlot plot;
	private final boolean logX;

	/** @param logX whether the horizontal axis is logarithmic */
	LineNames(final XYPlot plot, final boolean logX) {
		this.plot = plot;
		this.logX = logX;
	}

	/** @param names one per data set of the plot */
	void write(final List<String> names) {
		final List<End> ends = new ArrayList<>();
		for (int i = 0; i < names.size(); i++) {
			final XYDataset data = plot.getDataset(i);
			final int n = data.getItemCount(0);
			if (n > 0) ends.add(new End(names.get(i), i, data.getXValue(0, n - 1), data.getYValue(0, n - 1)));
		}
		if (ends.isEmpty()) return;
		final double right = makeRoom(names.stream().mapToInt(String::length).max().orElse(0));
		ends.sort(Comparator.comparingDouble(End::y));
		final double[] y = spread(ends.stream().mapToDouble(End::y).toArray(), plot.getRangeAxis().getRange());
		for (int i = 0; i < y.length; i++) {
			final XYTextAnnotation text = new XYTextAnnotation(ends.get(i).name(), right, y[i]);
			text.setTextAnchor(TextAnchor.CENTER_LEFT);
			text.setFont(PlotStyle.TICK);
			text.setPaint(PlotStyle.color(ends.get(i).line()));
			plot.addAnnotation(text);
		}
	}

	/** Widens the horizontal axis to the right and gives where the names begin. */
	private double makeRoom(final int letters) {
		final ValueAxis axis = plot.getDomainAxis();
		final Range range = axis.getRange();
		final double low = logX ? Math.log(range.getLowerBound()) : range.getLowerBound();
		final double high = logX ? Math.log(range.getUpperBound()) : range.getUpperBound();
		final double width = high - low;
		final double end = high + width * LETTER * letters;
		axis.setRange(range.getLowerBound(), logX ? Math.exp(end) : end);
		if (axis instanceof NumberAxis numbers)
			numbers.setNumberFormatOverride(new AxisLabels(numbers.getNumberFormatOverride(), range.getUpperBound()));
		else
			if (axis instanceof LogAxis log)
				log.setNumberFormatOverride(new AxisLabels(log.getNumberFormatOverride(), range.getUpperBound()));
		final double begin = high - width * LETTER;
		return logX ? Math.exp(begin) : begin;
	}

	/** Moves ascending places apart, and as little as that needs. */
	static double[] spread(final double[] places, final Range range) {
		final double gap = range.getLength() * APART;
		final double[] y = places.clone();
		for (int i = 1; i < y.length; i++) y[i] = Math.max(y[i], y[i - 1] + gap);
		final double top = range.getUpperBound() - gap / 2;
		if (y.length > 0 && y[y.length - 1] > top) y[y.length - 1] = Math.max(top, places[0]);
		for (int i = y.length - 2; i >= 0; i--) y[i] = Math.min(y[i], y[i + 1] - gap);
		return y;
	}
}
