// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.github.isophene.files.AtomicFile;
import io.github.isophene.files.CsvCell;
import io.github.isophene.files.FileSet;
import io.github.isophene.metrics.ColumnRoles;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;

/**
 * Writes an assessment into a folder: {@code report.html}, one page that needs nothing else, and
 * the numbers as {@code metrics.csv}, {@code groups.csv}, {@code drift.csv}, {@code wells.csv}, {@code distances.csv},
 * {@code curves.csv}, {@code activity.csv} and {@code mechanisms.csv}.
 */
public final class AssessmentReport {

	private AssessmentReport() {}

	/**
	 * Writes the files, or replaces them, all or none; the page last.
	 *
	 * @throws IOException naming the file, if one can't be written
	 */
	public static void write(final Assessment assessment, final Path folder) throws IOException {
		new FileSet().with(folder.resolve("metrics.csv"), csv(metrics(assessment)))
			.with(folder.resolve("groups.csv"), csv(groups(assessment)))
			.with(folder.resolve("drift.csv"), csv(drift(assessment)))
			.with(folder.resolve("wells.csv"), csv(wells(assessment)))
			.with(folder.resolve("distances.csv"), csv(DownstreamTables.distances(assessment)))
			.with(folder.resolve("curves.csv"), csv(DownstreamTables.curves(assessment)))
			.with(folder.resolve("activity.csv"), csv(DownstreamTables.activity(assessment)))
			.with(folder.resolve("mechanisms.csv"), csv(DownstreamTables.mechanisms(assessment)))
			.with(folder.resolve("report.html"), HtmlReport.render(assessment))
			.write();
	}

	private static List<List<String>> metrics(final Assessment assessment) {
		final List<List<String>> lines = new ArrayList<>();
		lines.add(List.of("method", "metric", "title", "group", "direction", "value", "sd_over_folds", "folds",
			"chance", "chance_sd", "judged_on", "value_on_own_rows", "in_overall_score", "undefined_because", "note",
			"source"));
		final List<MetricInfo> scored = assessment.scored();
		for (final AssessedMethod method : assessment.methods()) {
			for (final MetricInfo info : assessment.metrics()) {
				final MetricResult r = method.results().get(info.name());
				final Evidence evidence = method.evidence();
				final boolean folded = !evidence.folds().isEmpty();
				lines
					.add(List.of(method.name(), info.name(), info.title(), lower(info.group()), lower(info.direction()),
						number(r.value()), folded ? number(CrossFit.deviation(evidence.folds(), info.name())) : "",
						folded ? String.valueOf(evidence.folds().size()) : "", number(r.chance()), number(r.noise()),
						lower(evidence.kind()).replace('_', ' '), number(evidence.own().get(info.name()).value()),
						String.valueOf(scored.contains(info)), r.undefined(), r.note(), info.source()));
			}
			score(lines, method.name(), "score-batch", method.score().batch());
			score(lines, method.name(), "score-biology", method.score().biology());
			score(lines, method.name(), "score-overall", method.score().overall());
		}
		return lines;
	}

	private static void score(final List<List<String>> lines, final String method, final String name,
		final double value)
	{
		lines.add(List.of(method, name, name.replace("score-", "") + " score", "score", "higher", number(value), "", "",
			"", "", "", "", "false", Double.isNaN(value) ? "no metric that it could rest on is defined" : "", "",
			"Luecken 2022, Nat Methods 19:41"));
	}

	private static List<List<String>> groups(final Assessment assessment) {
		final List<List<String>> lines = new ArrayList<>();
		lines.add(List.of("method", "metric", "group", "value", "value_on_all_rows", "p_on_all_rows", "q_on_all_rows",
			"q_monte_carlo_error"));
		for (final AssessedMethod method : assessment.methods()) {
			method.results().forEach((metric, result) -> result.groups().forEach((group, value) -> {
				final MetricResult own = method.evidence().own().get(metric);
				final MetricResult.Test test = own.tests().get(group);
				lines.add(List.of(method.name(), metric, group, number(value),
					number(own.groups().getOrDefault(group, Double.NaN)), test == null ? "" : number(test.p()),
					test == null ? "" : number(test.q()), test == null ? "" : number(test.qError())));
			}));
		}
		return lines;
	}

	private static List<List<String>> drift(final Assessment assessment) {
		final List<List<String>> lines = new ArrayList<>();
		lines.add(List.of("method", "batch", "controls", "drift", "chance"));
		for (final AssessedMethod method : assessment.methods()) {
			for (final ControlDrift d : method.drift()) {
				lines.add(List.of(method.name(), d.batch(), String.valueOf(d.controls()), number(d.value()),
					number(d.chance())));
			}
		}
		return lines;
	}

	/**
	 * A line per row of the first and the best method, the others being hundreds of megabytes on large screens:
	 * which well, its part, its place on the maps, its numbers, and what is wrong with it.
	 */
	private static List<List<String>> wells(final Assessment assessment) {
		final List<String> metrics = assessment.metrics()
			.stream()
			.map(MetricInfo::name)
			.filter(name -> assessment.shown().stream().anyMatch(m -> m.evidence().own().get(name).rows().length > 0))
			.toList();
		final List<String> header = new ArrayList<>(List.of("method", "plate", "well", "batch", "label", "treatment",
			"role", "norm", "pca1", "pca2", "tsne1", "tsne2"));
		header.addAll(metrics);
		header.add("look_at");
		final List<List<String>> lines = new ArrayList<>();
		lines.add(header);
		for (final AssessedMethod method : assessment.shown()) {
			final ColumnRoles roles = method.roles();
			final int rows = method.metadata().rowCount();
			final String[][] places = places(method.map(), rows);
			final String[] why = new String[rows];
			Arrays.fill(why, "");
			for (final FlaggedWell well : method.worst())
				why[well.row()] += (why[well.row()].isEmpty() ? "" : "; ") + well.reason();
			for (int row = 0; row < rows; row++) {
				final List<String> line = new ArrayList<>(
					List.of(method.name(), method.value(roles.plate(), row), method.value(roles.well(), row),
						method.value(roles.batch(), row), method.value(roles.label(), row), method.treatment(row),
						method.isControl(row) ? "negative control" : "treated", number(method.norms()[row])));
				for (final String[] place : places) line.add(place[row]);
				for (final String metric : metrics) {
					final double[] values = method.evidence().own().get(metric).rows();
					line.add(values.length == 0 ? "" : number(values[row]));
				}
				line.add(why[row]);
				lines.add(line);
			}
		}
		return lines;
	}

	private static String[][] places(final MapCoordinates map, final int rows) {
		final String[][] places = new String[4][rows];
		for (final String[] column : places) Arrays.fill(column, "");
		for (int i = 0; i < map.rows().length; i++) {
			for (int c = 0; c < 2; c++) places[c][map.rows()[i]] = number(map.components()[c][i]);
		}
		for (int i = 0; i < map.neighborRows().length; i++) {
			for (int c = 0; c < 2; c++) places[2 + c][map.neighborRows()[i]] = number(map.neighbors()[c][i]);
		}
		return places;
	}

	private static AtomicFile.Content csv(final List<List<String>> lines) {
		return temporary -> {
			try (Writer out = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8);
				CsvWriter csv = CsvWriter.builder().build(out))
			{
				lines.forEach(line -> csv.writeRecord(line.stream().map(CsvCell::written).toList()));
			}
		};
	}

	static String number(final double value) {
		return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.6g", value);
	}

	private static String lower(final Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}
}
