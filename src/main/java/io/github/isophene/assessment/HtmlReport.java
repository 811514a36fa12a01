// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

import io.github.isophene.metrics.Direction;
import io.github.isophene.metrics.MetricInfo;

/** The report as one HTML page that needs nothing else: no network, no script. */
final class HtmlReport {

	private HtmlReport() {}

	static String render(final Assessment assessment) {
		final List<AssessedMethod> methods = assessment.methods();
		final MethodNames names = new MethodNames(assessment.methods());
		final StringBuilder html = new StringBuilder(
			"""
				<!DOCTYPE html>
				<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><meta \
				name="viewport" content="width=device-width, initial-scale=1">
				<title>Batch effects and biology: report</title>
				<style>
				""")
			.append(ReportStyle.CSS)
			.append("</style></head>\n<body><main>\n<header><h1>Is the batch effect gone, is the biology still " +
				"there?</h1>\n");
		html.append(facts(assessment))
			.append("<nav><a href=\"#metrics\">Metrics</a><a href=\"#maps\">Maps</a><a href=\"#drift\">Controls by " +
				"batch</a>" + "<a href=\"#plates\">Plates</a><a href=\"#wells\">Wells to look at</a>" +
				DownstreamSection.links(assessment) + "<a href=\"#definitions\">Definitions</a></nav></header>\n");
		html.append(names.key());
		html.append("<div class=\"verdict\">");
		for (final String sentence : Verdict.sentences(assessment)) html.append("<p>").append(sentence).append("</p>");
		html.append("</div>\n");
		html.append(notes(assessment));
		html.append(Html.section("metrics", "Metrics",
			"The bar goes from 0 to 1; the orange mark is chance, what profiles without " +
				"information would give. &plusmn; is the standard deviation over folds. Metrics marked * enter the " +
				"scores" +
				(assessment.scored().size() ==
					assessment.metrics().stream().filter(MetricInfo::overall).count()
						? "."
						: ": those that are defined for every method that can have the score" +
							(assessment.scored().isEmpty() ? ", which is none."
								: " (" + Html.escape(
									String.join(", ", assessment.scored().stream().map(MetricInfo::title).toList())) +
									").")),
			MetricTable.render(assessment)));
		html.append(maps(assessment));
		html.append(Html.section("drift", "Controls by batch",
			"How far the mean control of a batch lies from the mean of all controls, " +
				"in units of the controls' spread within batches. The orange mark is what a random choice of " +
				"controls would give.",
			DriftTable.render(methods)));
		final StringBuilder plates = new StringBuilder();
		final StringBuilder wells = new StringBuilder();
		for (final AssessedMethod method : assessment.shown()) {
			plates.append(Html.details(names.withLetter(method), method == assessment.shown().get(0),
				PlateFigures.render(method, assessment.metrics())));
			wells.append(Html.details(names.withLetter(method), method == assessment.best(), wells(method)));
		}
		html.append(Html.section("plates", "Plates",
			"Patterns within a plate, such as edges, rows or columns, are batch effects, too." +
				(methods.size() > assessment.shown().size()
					? " Shown for the first and the best method, as in wells.csv."
					: ""),
			plates.toString()));
		html.append(Html.section("wells", "Wells to look at",
			"Look at their images before you trust or drop them. Robust SD: deviations from the median in units of " +
				"1.4826 times the " + "median absolute deviation.",
			wells.toString()));
		html.append(DownstreamSection.render(assessment));
		html.append(Html.section("definitions", "Definitions", "", definitions(assessment)));
		html.append("<footer class=\"small\"><h3>What was asked for</h3><p><code>")
			.append(Html.escape(assessment.settings()))
			.append("</code></p><p>The numbers are in metrics.csv, groups.csv, drift.csv, wells.csv, distances.csv, " +
				"curves.csv, activity.csv and mechanisms.csv beside this page.</p></footer>\n");
		return html.append("</main></body></html>\n").toString();
	}

	private static String facts(final Assessment assessment) {
		final StringBuilder html = new StringBuilder("<ul class=\"facts\">");
		fact(html, assessment, "rows", AssessedMethod::rows);
		fact(html, assessment, "features", AssessedMethod::features);
		fact(html, assessment, "plates", m -> distinct(m, m.roles().plate(), row -> true));
		fact(html, assessment, "batches", m -> distinct(m, m.roles().batch(), row -> true));
		fact(html, assessment, "labels", m -> distinct(m, m.roles().label(), row -> !m.isControl(row)));
		fact(html, assessment, "negative controls",
			m -> (int) IntStream.range(0, m.metadata().rowCount()).filter(m::isControl).count());
		return html.append("</ul>\n").toString();
	}

	/** Corrections may drop rows and features, and tables may differ: from the fewest to the most. */
	private static void fact(final StringBuilder html, final Assessment assessment, final String what,
		final ToIntFunction<AssessedMethod> count)
	{
		final int[] counts = assessment.methods()
			.stream()
			.filter(AssessedMethod::isMeasured)
			.mapToInt(count)
			.sorted()
			.toArray();
		final int fewest = counts.length == 0 ? 0 : counts[0];
		final int most = counts.length == 0 ? 0 : counts[counts.length - 1];
		html.append("<li><b>")
			.append(fewest == most ? "" + most : fewest + "&ndash;" + most)
			.append("</b> ")
			.append(what)
			.append("</li>");
	}

	private static int distinct(final AssessedMethod method, final String column, final IntPredicate which) {
		return (int) IntStream.range(0, method.metadata().rowCount())
			.filter(which)
			.mapToObj(row -> method.value(column, row))
			.filter(value -> !value.isEmpty())
			.distinct()
			.count();
	}

	private static String notes(final Assessment assessment) {
		final StringBuilder html = new StringBuilder();
		for (final String note : assessment.notes()) html.append("<li>").append(Html.escape(note)).append("</li>");
		methodNotes(assessment).forEach((note,
			methods) -> html.append("<li>").append(methods).append(": ").append(Html.escape(note)).append("</li>"));
		return html.isEmpty() ? ""
			: Html.details("How the table was read", false, "<ul class=\"small\">" + html + "</ul>");
	}

	/** Each note once, with the methods of which it is true, as HTML. */
	private static Map<String, String> methodNotes(final Assessment assessment) {
		final MethodNames names = new MethodNames(assessment.methods());
		final Map<String, List<String>> as = new LinkedHashMap<>();
		final Map<String, List<String>> before = new LinkedHashMap<>();
		for (final AssessedMethod method : assessment.methods()) {
			for (final String note : method.notes()) {
				final boolean first = note.startsWith(AssessedMethod.BEFORE);
				final String text = first ? note.substring(AssessedMethod.BEFORE.length()) : note;
				as.computeIfAbsent(text, t -> new ArrayList<>());
				(first ? before : as).computeIfAbsent(text, t -> new ArrayList<>()).add(names.of(method));
			}
		}
		final Map<String, String> notes = new LinkedHashMap<>();
		as.forEach((text, methods) -> {
			final String all = methods.size() == assessment.methods().size() && methods.size() > 1 ? "all methods"
				: String.join("; ", methods);
			final String others = before.containsKey(text) ? AssessedMethod.BEFORE + String.join("; ", before.get(text))
				: "";
			notes.put(text, all.isEmpty() ? others : others.isEmpty() ? all : all + " (" + others + ")");
		});
		return notes;
	}

	private static String maps(final Assessment assessment) {
		final MethodNames names = new MethodNames(assessment.methods());
		final StringBuilder html = new StringBuilder();
		for (final AssessedMethod method : assessment.methods()) {
			if (!method.isMeasured()) continue;
			html.append(
				Html.details(names.withLetter(method), assessment.shown().contains(method), MapFigures.render(method)));
		}
		return Html.section("maps", "Maps",
			"One point per row of a random sample, of all rows corrected by one fit, as Correct Profiles gives them. " +
				"Where batches form islands of their own, they differ. In t-SNE, which is drawn of the first and the " +
				"best method, " + "neighbors mean something; distances between islands don't.",
			html.toString());
	}

	private static String wells(final AssessedMethod method) {
		if (method.worst().isEmpty()) return "<p>None is conspicuous.</p>\n";
		final StringBuilder html = new StringBuilder(
			"<table class=\"cards\"><thead><tr><th>Plate</th><th>Well</th><th>Batch</th><th>Treatment</th><th>Why</" +
				"th><th>How much</th></tr></thead><tbody>\n");
		for (final FlaggedWell well : method.worst()) {
			html.append("<tr>");
			td(html, "Plate", method.value(method.roles().plate(), well.row()));
			td(html, "Well", method.value(method.roles().well(), well.row()));
			td(html, "Batch", method.value(method.roles().batch(), well.row()));
			td(html, "Treatment", method.treatment(well.row()));
			td(html, "Why", well.reason());
			td(html, "How much", well.unit() == FlaggedWell.Unit.PRECISION ? Html.plain(well.value())
				: Html.plain(well.value()) + " robust SD");
			html.append("</tr>\n");
		}
		return html.append("</tbody></table>\n").toString();
	}

	private static void td(final StringBuilder html, final String name, final String value) {
		html.append("<td data-name=\"")
			.append(name)
			.append("\"><span>")
			.append(Html.escape(value))
			.append("</span></td>");
	}

	private static String definitions(final Assessment assessment) {
		final MethodNames names = new MethodNames(assessment.methods());
		final StringBuilder html = new StringBuilder("<dl>\n");
		for (final MetricInfo metric : assessment.metrics()) {
			html.append("<dt>")
				.append(Html.escape(metric.title()))
				.append(" <span class=\"small\">")
				.append(metric.direction() == Direction.HIGHER ? "&uarr; high is good" : "&darr; low is good")
				.append("</span></dt><dd>")
				.append(Html.escape(metric.explanation()))
				.append(" <span class=\"small\">")
				.append(Html.escape(metric.source()))
				.append(".</span>");
			for (final AssessedMethod method : assessment.methods()) {
				final String note = method.results().get(metric.name()).note();
				if (!note.isEmpty())
					html.append("<br><span class=\"small\">")
						.append(names.of(method))
						.append(": ")
						.append(Html.escape(note))
						.append(".</span>");
			}
			html.append("</dd>\n");
		}
		html.append("<dt>Scores</dt><dd>Means of the metrics marked *, as they are; overall: .4 batch + .6 biology. " +
			"<span class=\"small\">Luecken 2022, Nat Methods 19:41; Arevalo 2024, Nat Commun 15:6516. Which metrics " +
			"enter is our choice.</span></dd>\n");
		return html.append("</dl>\n").toString();
	}
}
