// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.awt.Color;
import java.awt.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import io.github.isophene.metrics.ColumnRoles;
import io.github.isophene.plots.ScatterPlot;
import io.github.isophene.screen.NaturalOrder;
import org.jfree.chart.JFreeChart;

/** The maps of the report: profiles in a plane, colored by batch, by label and by control role. */
final class MapFigures {

	/** Points of a drawing. */
	private static final int MOST_POINTS = 700;
	private static final String CONTROL = "negative control";

	/** A way to color: its name, and the group of each row of the table; empty for no group. */
	private record Coloring(String name, IntFunction<String> group) {}

	/** A plane with its points. */
	private record Projection(String name, String xLabel, String yLabel, int[] rows, double[][] points) {}

	private MapFigures() {}

	static String render(final AssessedMethod method) {
		final StringBuilder html = new StringBuilder();
		for (final Coloring coloring : colorings(method)) {
			final Map<String, Integer> marks = marks(method, coloring);
			html.append("<h3>By ")
				.append(coloring.name())
				.append("</h3>\n<div class=\"chart\"><div class=\"grid\">\n");
			for (final Projection plane : planes(method)) {
				final int[] drawn = drawn(plane);
				html.append("<figure>")
					.append(svg(plane, drawn, coloring, marks))
					.append("<figcaption>")
					.append(Html.escape(plane.name()))
					.append(" of ")
					.append(plane.rows().length)
					.append(" rows")
					.append(drawn.length < plane.rows().length ? ", of which " + drawn.length + " are drawn" : "")
					.append("</figcaption></figure>\n");
			}
			html.append("</div>\n").append(legend(method, coloring, marks)).append("</div>\n");
		}
		return html.toString();
	}

	/** All charts of a method, for windows: planes by colorings. */
	static List<JFreeChart> charts(final AssessedMethod method) {
		final List<JFreeChart> charts = new ArrayList<>();
		for (final Projection plane : planes(method)) {
			for (final Coloring coloring : colorings(method))
				charts.add(plot("by " + coloring.name(), plane, coloring, marks(method, coloring)).chartWithNames());
		}
		return charts;
	}

	/** Points beyond these, evenly left out, would hide each other. */
	private static int[] drawn(final Projection plane) {
		final int n = plane.rows().length;
		final int count = Math.min(n, MOST_POINTS);
		return IntStream.range(0, count).map(i -> (int) ((long) i * n / count)).toArray();
	}

	private static String svg(final Projection plane, final int[] drawn, final Coloring coloring,
		final Map<String, Integer> marks)
	{
		final Map<String, List<Integer>> groups = new LinkedHashMap<>();
		groups.put("", new ArrayList<>());
		marks.keySet().forEach(name -> groups.put(name, new ArrayList<>()));
		for (final int i : drawn) groups.getOrDefault(coloring.group().apply(plane.rows()[i]), groups.get("")).add(i);
		final ScatterSvg svg = new ScatterSvg(plane.name() + " by " + coloring.name(), plane.xLabel(), plane.yLabel(),
			plane.points(), drawn);
		groups.forEach((name, members) -> svg.points(members,
			name.isEmpty() ? ScatterPlot.shape(0, 4) : ScatterPlot.shape(marks.get(name), drawn.length > 400 ? 5 : 6.5),
			name.isEmpty() ? ScatterPlot.BACKGROUND : ScatterPlot.color(marks.get(name))));
		return svg.render();
	}

	private static ScatterPlot plot(final String title, final Projection plane, final Coloring coloring,
		final Map<String, Integer> marks)
	{
		final int n = plane.rows().length;
		final ScatterPlot plot = new ScatterPlot(title, plane.xLabel(), plane.yLabel(),
			n > 2000 ? 3.5 : n > 500 ? 5 : 6.5);
		final Map<String, List<Integer>> groups = new LinkedHashMap<>();
		groups.put("", new ArrayList<>());
		marks.keySet().forEach(name -> groups.put(name, new ArrayList<>()));
		for (int i = 0; i < n; i++) {
			final String group = coloring.group().apply(plane.rows()[i]);
			groups.getOrDefault(group, groups.get("")).add(i);
		}
		groups.forEach((name, members) -> {
			if (members.isEmpty()) return;
			final double[] x = members.stream().mapToDouble(i -> plane.points()[0][i]).toArray();
			final double[] y = members.stream().mapToDouble(i -> plane.points()[1][i]).toArray();
			if (name.isEmpty()) plot.background("others", x, y);
			else plot.points(name, x, y, marks.get(name));
		});
		return plot;
	}

	private static List<Projection> planes(final AssessedMethod method) {
		final MapCoordinates map = method.map();
		final List<Projection> planes = new ArrayList<>();
		planes.add(new Projection("Principal components", axis(1, map.shares()[0]), axis(2, map.shares()[1]),
			map.rows(), map.components()));
		if (map.neighborRows().length > 0)
			planes.add(new Projection("t-SNE", "t-SNE 1", "t-SNE 2", map.neighborRows(), map.neighbors()));
		return planes;
	}

	private static String axis(final int component, final double share) {
		return String.format(Locale.ROOT, "Component %d (%.0f %% of the variance)", component, 100 * share);
	}

	private static List<Coloring> colorings(final AssessedMethod method) {
		final ColumnRoles roles = method.roles();
		final List<Coloring> all = new ArrayList<>();
		if (!roles.batch().isEmpty()) all.add(new Coloring("batch", row -> method.value(roles.batch(), row)));
		if (!roles.label().isEmpty()) {
			all.add(new Coloring("label", row -> method.isControl(row) ? "" : method.value(roles.label(), row)));
		}
		if (!roles.controlColumn().isEmpty()) {
			all.add(new Coloring("control role", row -> method.isControl(row) ? CONTROL : "treated"));
		}
		return all;
	}

	/** A mark for each group; where there are too many, for the most frequent. */
	private static Map<String, Integer> marks(final AssessedMethod method, final Coloring coloring) {
		final Map<String, Integer> counts = new TreeMap<>();
		for (final int row : method.map().rows()) counts.merge(coloring.group().apply(row), 1, Integer::sum);
		counts.remove("");
		final List<String> names = new ArrayList<>(counts.keySet());
		names
			.sort(Comparator.comparingInt((String name) -> -counts.get(name)).thenComparing(Comparator.naturalOrder()));
		final List<String> shown = new ArrayList<>(names.subList(0, Math.min(names.size(), ScatterPlot.MARKS)));
		shown.sort(NaturalOrder.COMPARATOR);
		final Map<String, Integer> marks = new LinkedHashMap<>();
		for (final String name : shown) marks.put(name, marks.size());
		if (shown.equals(Arrays.asList(CONTROL, "treated"))) {
			marks.clear();
			marks.put("treated", 5);
			marks.put(CONTROL, 1);
		}
		return marks;
	}

	private static String legend(final AssessedMethod method, final Coloring coloring,
		final Map<String, Integer> marks)
	{
		final StringBuilder html = new StringBuilder("<ul class=\"legend\">");
		marks.forEach((name, mark) -> html.append("<li>")
			.append(svg(ScatterPlot.shape(mark, 10), ScatterPlot.color(mark)))
			.append(Html.escape(name))
			.append("</li>"));
		boolean others = false;
		for (final int row : method.map().rows()) others |= !marks.containsKey(coloring.group().apply(row));
		if (others)
			html.append("<li>")
				.append(svg(ScatterPlot.shape(0, 8), ScatterPlot.BACKGROUND))
				.append(coloring.name().equals("label") ? "negative controls and others" : "others")
				.append("</li>");
		return html.append("</ul>\n").toString();
	}

	private static String svg(final Shape shape, final Color color) {
		return String.format(Locale.ROOT,
			"<svg viewBox=\"-7 -7 14 14\" aria-hidden=\"true\"><path d=\"%s\" fill=\"#%06x\"/></svg>",
			ScatterSvg.path(shape), color.getRGB() & 0xFFFFFF);
	}
}
