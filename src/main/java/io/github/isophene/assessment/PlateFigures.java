// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.plots.ColorScale;
import io.github.isophene.plots.HeatMap;

/** The plate heat maps of the report: where on the plates a number is high or low. */
final class PlateFigures {

	/** Plates beyond this are in the table of wells only. */
	private static final int MOST_PLATES = 24;

	private PlateFigures() {}

	static String render(final AssessedMethod method, final List<MetricInfo> metrics) {
		final List<PlateRows> plates = PlateRows.of(method);
		if (plates.isEmpty()) {
			return "<p class=\"na\">No plate heat maps: the table has no column " + Html.escape(method.roles().well()) +
				" with names of wells such as A01.</p>\n";
		}
		final StringBuilder html = new StringBuilder(
			numbers("Length of the profiles (Euclidean norm)", method.norms(), plates, true));
		for (final MetricInfo metric : metrics) {
			final MetricResult result = method.evidence().own().get(metric.name());
			if (result.isDefined() && result.rows().length > 0) {
				html.append(numbers(metric.title(), result.rows(), plates, false));
			}
		}
		return html.toString();
	}

	/** From the 1st to the 99th percentile: a few extreme wells shall not make all others one color. */
	private static ColorScale scale(final double[] values) {
		final double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
		if (sorted.length == 0) return new ColorScale(0, 1);
		return new ColorScale(sorted[(int) (0.01 * (sorted.length - 1))], sorted[(int) (0.99 * (sorted.length - 1))]);
	}

	private static String numbers(final String title, final double[] values, final List<PlateRows> plates,
		final boolean open)
	{
		final List<PlateRows> shown = plates.stream()
			.filter(p -> IntStream.of(p.rows()).anyMatch(r -> !Double.isNaN(values[r])))
			.toList();
		if (shown.isEmpty()) return "";
		final ColorScale scale = scale(values);
		final StringBuilder html = new StringBuilder("<p class=\"small\">").append(Html.plain(scale.low()))
			.append("<img class=\"scale\" alt=\"color scale\" src=\"")
			.append(Html.dataUri(HeatMap.image(new double[][]{IntStream.range(0, 64)
				.mapToDouble(i -> scale.low() + (scale.high() - scale.low()) * i / 63.0)
				.toArray()}, scale, 1)))
			.append("\">")
			.append(Html.plain(scale.high()))
			.append(" &nbsp; gray: no value; A1 is at the top left</p>\n<div class=\"plates\">\n");
		for (final PlateRows plate : shown.subList(0, Math.min(MOST_PLATES, shown.size()))) {
			html.append("<figure><img alt=\"plate ")
				.append(Html.escape(plate.name()))
				.append("\" src=\"")
				.append(Html.dataUri(HeatMap.image(plate.grid(values), scale, 1)))
				.append("\"><figcaption>")
				.append(Html.escape(plate.name()))
				.append("</figcaption></figure>\n");
		}
		html.append("</div>\n");
		if (shown.size() > MOST_PLATES) {
			html.append("<p class=\"small\">")
				.append(shown.size() - MOST_PLATES)
				.append(" further plates are in wells.csv.</p>\n");
		}
		return Html.details(Html.escape(title), open, html.toString());
	}
}
