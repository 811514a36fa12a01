// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.metrics.ColumnRoles;
import io.github.isophene.metrics.Metric;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.metrics.SpanningLabels;
import io.github.isophene.metrics.UndefinedMetricException;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.progress.Progress;
import org.jfree.chart.JFreeChart;

/**
 * Metrics of one table under one correction.
 *
 * @param name how the reader knows it: the chain of corrections, with the file where there are several
 * @param rows how many rows were measured; 0 where the table could not be corrected this way
 * @param features how many features were measured
 * @param notes what was left out, in sentences
 * @param roles which column plays which part
 * @param metadata the table without its features: which well each row is
 * @param origin table and chain of corrections
 * @param results by metric name, on rows that no correction was fitted on where the evidence says so: means over folds
 * @param evidence what the results rest on
 * @param spanning labels that occur in several batches; {@code null} where the table names no batches
 * @param score the overall score
 * @param norms [rows of the table], the Euclidean length of each profile; NaN where it was left out
 * @param map profiles in a plane
 * @param drift of the batches' controls; empty where not defined
 * @param driftUndefined why there is no drift; empty where there is
 * @param worst wells to look at
 */
public record AssessedMethod(String name, Origin origin, int rows, int features, List<String> notes, ColumnRoles roles,
	ProfileTable metadata, Map<String, MetricResult> results, Evidence evidence, SpanningLabels spanning,
	OverallScore score, double[] norms, MapCoordinates map, List<ControlDrift> drift, String driftUndefined,
	List<FlaggedWell> worst)
{

	/**
	 * Table and chain of a method.
	 *
	 * @param table the file
	 * @param chain corrections, or {@value AssessmentOptions#NONE}
	 */
	public record Origin(String table, String chain) {

		/** Returns whether the profiles are assessed as the file has them. */
		boolean isAsGiven() {
			return chain.equals(AssessmentOptions.NONE);
		}
	}

	/** Begins a note on what was left out for a correction to be possible. */
	static final String BEFORE = "before the correction, which needs every value: ";

	/** Measures a table, all of its rows. */
	static AssessedMethod of(final String name, final Origin origin, final ProfileTable table, final ColumnRoles roles,
		final List<Metric> metrics, final long seed, final Progress progress)
	{
		return of(name, origin, table, roles, metrics, info -> true, seed, progress);
	}

	/** Measures a table, all of its rows, by some of the metrics; wells are looked at where all are asked for. */
	static AssessedMethod of(final String name, final Origin origin, final ProfileTable table, final ColumnRoles roles,
		final List<Metric> metrics, final Predicate<MetricInfo> asked, final long seed, final Progress progress)
	{
		final AssessedProfiles profiles = AssessedProfiles.of(table, roles, seed);
		final Map<String, MetricResult> results = new LinkedHashMap<>();
		for (int m = 0; m < metrics.size(); m++) {
			final MetricInfo info = metrics.get(m).info();
			progress.at(info.title(), m / (metrics.size() + 1.0));
			results.put(info.name(), asked.test(info) ? measure(metrics.get(m), profiles)
				: MetricResult.undefined("not measured on these rows"));
		}
		progress.at("maps", metrics.size() / (metrics.size() + 1.0));
		final double[] lengths = new double[profiles.size()];
		for (int i = 0; i < lengths.length; i++) lengths[i] = Math.sqrt(profiles.matrix().squaredLength(i));
		final double[] norms = profiles.spread(lengths);
		List<ControlDrift> drift = new ArrayList<>();
		String undefined = "";
		try {
			drift = ControlDrift.of(profiles);
		}
		catch (final UndefinedMetricException e) {
			undefined = e.getMessage();
		}
		final MetricResult activity = results.getOrDefault("map-activity", MetricResult.undefined("not measured"));
		return new AssessedMethod(name, origin, profiles.size(), profiles.featureCount(), profiles.notes(), roles,
			withoutFeatures(table), results, Evidence.uncorrected(results), spanning(profiles),
			OverallScore.of(metrics.stream().map(Metric::info).toList(), results), norms,
			MapCoordinates.of(profiles, metrics.stream().map(Metric::info).allMatch(asked)), drift, undefined,
			FlaggedWell.of(profiles, norms, activity));
	}

	/** The same with all that was measured on all rows, where only some was before. */
	AssessedMethod completed(final AssessedMethod whole) {
		return new AssessedMethod(name, origin, rows, features, notes, roles, metadata, results,
			new Evidence(evidence.kind(), evidence.reason(), whole.results, evidence.folds()), spanning, score, norms,
			whole.map, drift, driftUndefined, whole.worst);
	}

	private static SpanningLabels spanning(final AssessedProfiles profiles) {
		return profiles.roles().batch().isEmpty() ? null : SpanningLabels.of(profiles);
	}

	/** Returns the entry for a table that could not be corrected: every number undefined, for one reason. */
	static AssessedMethod impossible(final String name, final Origin origin, final ProfileTable table,
		final ColumnRoles roles, final List<Metric> metrics, final String reason)
	{
		final Map<String, MetricResult> results = new LinkedHashMap<>();
		for (final Metric metric : metrics) results.put(metric.info().name(), MetricResult.undefined(reason));
		final double[] norms = new double[table.rowCount()];
		Arrays.fill(norms, Double.NaN);
		return new AssessedMethod(name, origin, 0, 0, List.of("not measured: " + reason), roles, withoutFeatures(table),
			results, Evidence.uncorrected(results), null, new OverallScore(Double.NaN, Double.NaN, Double.NaN), norms,
			new MapCoordinates(new int[0], new double[2][0], new double[2], new int[0], new double[2][0]), List.of(),
			reason, List.of());
	}

	/** Returns whether there is anything to show; otherwise {@link #driftUndefined} says why not. */
	boolean isMeasured() {
		return rows > 0;
	}

	/** The same with notes before its own. */
	AssessedMethod withNotes(final List<String> more) {
		final List<String> all = new ArrayList<>(more);
		all.addAll(notes);
		return new AssessedMethod(name, origin, rows, features, all, roles, metadata, results, evidence, spanning,
			score, norms, map, drift, driftUndefined, worst);
	}

	/** The same with another score. */
	AssessedMethod withScore(final OverallScore other) {
		return new AssessedMethod(name, origin, rows, features, notes, roles, metadata, results, evidence, spanning,
			other, norms, map, drift, driftUndefined, worst);
	}

	/** The same that rests on other rows: on the means over folds where there are any. */
	AssessedMethod withEvidence(final Evidence other) {
		return new AssessedMethod(name, origin, rows, features, notes, roles, metadata,
			other.folds().isEmpty() ? results : CrossFit.mean(other.folds()), other, spanning, score, norms, map, drift,
			driftUndefined, worst);
	}

	/** The report's maps as charts: by principal components, then by t-SNE, each by batch, label and control role. */
	public List<JFreeChart> charts() {
		return MapFigures.charts(this);
	}

	/** A metadata value of a row of the table; empty where the table has no such column. */
	public String value(final String column, final int row) {
		return metadata.hasMetadata(column) ? metadata.metadata(column, row) : "";
	}

	/** Returns whether a row is a negative control. */
	public boolean isControl(final int row) {
		return !roles.controlColumn().isEmpty() && roles.isControl(value(roles.controlColumn(), row));
	}

	/** The treatment of a row, in words; empty where it has none. */
	public String treatment(final int row) {
		if (isControl(row)) return "negative control";
		final List<String> columns = roles.treatment().isEmpty() ? List.of(roles.label()) : roles.treatment();
		return String.join(" / ", columns.stream().map(c -> value(c, row)).filter(v -> !v.isEmpty()).toList());
	}

	static MetricResult measure(final Metric metric, final AssessedProfiles profiles) {
		try {
			final MetricResult result = metric.measure(profiles);
			return Double.isFinite(result.value()) ? result
				: MetricResult.undefined("it came out as " + result.value());
		}
		catch (final UndefinedMetricException e) {
			return MetricResult.undefined(e.getMessage());
		}
	}

	private static ProfileTable withoutFeatures(final ProfileTable table) {
		return table.mapRows(List.of(), (row, in, out) -> {
			// only the metadata is kept
		});
	}

	@Override
	public boolean equals(final Object other) {
		return other instanceof AssessedMethod m && name.equals(m.name) && results.equals(m.results) &&
			Arrays.equals(norms, m.norms);
	}

	@Override
	public int hashCode() {
		return name.hashCode();
	}
}
