// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.github.isophene.plots.ColourScale;
import io.github.isophene.plots.HeatMap;
import io.github.isophene.screen.Wells;

/** The plate heat maps of the report: where on the plates a number is high or low. */
final class PlateFigures {

	/** Plates beyond this are in the table of wells only. */
	private static final int MOST_PLATES = 24;

	/** A plate's wells: the table's row of each, and where it is, counted from 0. */
	private record Plate(String name, int[] rows, int[] y, int[] x) {}

	private PlateFigures() {}

	static String render(final AssessedMethod method, final List<MetricInfo> metrics) {
		final List<Plate> plates = plates(method);
		if (plates.isEmpty()) {
			return "<p class=\"na\">No plate heat maps: the table has no column " + Html.escape(method.roles().well()) +
				" with names of wells such as A01.</p>\n";
		}
		final StringBuilder html = new StringBuilder(numbers("Length of the profiles (Euclidean norm)", method.norms(), plates,
			true));
		for (final MetricInfo metric : metrics) {
			final MetricResult result = method.results().get(metric.name());
			if (result.isDefined() && result.rows().length > 0) {
				html.append(numbers(metric.title(), result.rows(), plates, false));
			}
		}
		return html.toString();
	}

	private static String numbers(final String title, final double[] values, final List<Plate> plates, final boolean open) {
		final List<Plate> shown = plates.stream().filter(p -> IntStream.of(p.rows).anyMatch(r -> !Double.isNaN(values[r]))).toList();
		final double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
		if (shown.isEmpty() || sorted.length == 0) return "";
		// A few extreme wells shall not make all others one colour.
		final ColourScale scale = new ColourScale(sorted[(int) (0.01 * (sorted.length - 1))], sorted[(int) (0.99 * (sorted.length -
			1))]);
		final StringBuilder html = new StringBuilder("<p class=\"small\">").append(Html.plain(scale.low())).append(
			"<img class=\"scale\" alt=\"colour scale\" src=\"").append(Html.dataUri(HeatMap.image(new double[][] { IntStream.range(
				0, 64).mapToDouble(i -> scale.low() + (scale.high() - scale.low()) * i / 63.0).toArray() }, scale, 1))).append("\">")
			.append(Html.plain(scale.high())).append(" &nbsp; grey: no value; A1 is at the top left</p>\n<div class=\"plates\">\n");
		for (final Plate plate : shown.subList(0, Math.min(MOST_PLATES, shown.size()))) {
			html.append("<figure><img alt=\"plate ").append(Html.escape(plate.name)).append("\" src=\"").append(Html.dataUri(HeatMap
				.image(grid(plate, values), scale, 1))).append("\"><figcaption>").append(Html.escape(plate.name)).append(
					"</figcaption></figure>\n");
		}
		html.append("</div>\n");
		if (shown.size() > MOST_PLATES) {
			html.append("<p class=\"small\">").append(shown.size() - MOST_PLATES).append(" further plates are in wells.csv.</p>\n");
		}
		return Html.details(Html.escape(title), open, html.toString());
	}

	private static double[][] grid(final Plate plate, final double[] values) {
		final double[][] grid = new double[format(plate.y, 8, 16, 32)][format(plate.x, 12, 24, 48)];
		for (final double[] row : grid) Arrays.fill(row, Double.NaN);
		final int[][] counts = new int[grid.length][grid[0].length];
		for (int i = 0; i < plate.rows.length; i++) {
			final double value = values[plate.rows[i]];
			if (Double.isNaN(value)) continue;
			// Several rows of a well (its fields): their mean.
			final int n = counts[plate.y[i]][plate.x[i]]++;
			final double before = n == 0 ? 0 : grid[plate.y[i]][plate.x[i]];
			grid[plate.y[i]][plate.x[i]] = (before * n + value) / (n + 1);
		}
		return grid;
	}

	/** The smallest plate format that has room. */
	private static int format(final int[] places, final int... formats) {
		final int needed = Arrays.stream(places).max().orElse(0) + 1;
		return Arrays.stream(formats).filter(f -> f >= needed).min().orElse(needed);
	}

	/** Plates by name; rows whose well has no name of a well are left out. */
	private static List<Plate> plates(final AssessedMethod method) {
		final Map<String, List<int[]>> wells = new TreeMap<>(new NaturalNames());
		for (int row = 0; row < method.metadata().rowCount(); row++) {
			final String well = normalized(method.value(method.roles().well(), row));
			if (well.isEmpty()) continue;
			wells.computeIfAbsent(method.value(method.roles().plate(), row), k -> new ArrayList<>()).add(new int[] { row, Wells.row(
				well) - 1, Wells.column(well) - 1 });
		}
		final Map<String, Plate> plates = new LinkedHashMap<>();
		wells.forEach((name, list) -> plates.put(name, new Plate(name, column(list, 0), column(list, 1), column(list, 2))));
		return List.copyOf(plates.values());
	}

	private static int[] column(final List<int[]> list, final int index) {
		return list.stream().mapToInt(item -> item[index]).toArray();
	}

	private static String normalized(final String well) {
		try {
			return well.isBlank() ? "" : Wells.normalize(well);
		}
		catch (final IllegalArgumentException e) {
			return "";
		}
	}
}
