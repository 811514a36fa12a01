// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.isophene.correction.Corrections;
import io.github.isophene.metrics.Metric;
import io.github.isophene.metrics.builtin.Activity;
import io.github.isophene.metrics.builtin.NearestBatchProbe;
import io.github.isophene.metrics.builtin.NotSameCompound;
import io.github.isophene.metrics.builtin.NotSameCompoundOrBatch;
import io.github.isophene.metrics.builtin.PlateTrace;
import io.github.isophene.metrics.builtin.Replicability;
import io.github.isophene.metrics.builtin.TreatedBatchTrace;

/**
 * Numbers of many chains of corrections on a large table of profiles, by the metrics that take seconds, on rows that
 * the chains were not fitted on. Writes a line of CSV per chain and metric: mean and standard deviation over folds of
 * control wells, the value on the rows that the chain was fitted on, and chance.
 * {@code src/test/python/real_plates.py} calls it for all built-in corrections.
 * <p>
 * Arguments: {@code profiles=cpjump1.parquet label=Metadata_pert_iname treatment=Metadata_pert_iname
 * batch=Metadata_Plate controls=Metadata_pert_type=negcon method="none;standardize" file=corrections.csv}.
 * </p>
 */
public final class CorrectionsBench {

	private static final List<Metric> METRICS = List.of(new NearestBatchProbe(), new TreatedBatchTrace(),
		new PlateTrace(), new Activity(), new Replicability(), new NotSameCompound(), new NotSameCompoundOrBatch());

	private CorrectionsBench() {}

	public static void main(final String... given) throws IOException {
		final Map<String, String> arguments = new LinkedHashMap<>(Map.of("profiles", "", "label", "", "treatment", "",
			"batch", "Metadata_Batch", "controls", "Metadata_pert_type=negcon", "method", "none", "file",
			"corrections.csv"));
		for (final String argument : given) {
			final String[] pair = argument.split("=", 2);
			if (pair.length < 2 || arguments.put(pair[0], pair[1]) == null)
				throw new IllegalArgumentException(argument);
		}
		final Assessment assessment = new AssessmentRun(METRICS, Corrections.installed()).run(
			AssessmentOptions.of(Path.of(arguments.get("profiles")), Files.createTempDirectory("isophene-bench-"))
				.withLabel(arguments.get("label"))
				.withTreatment(arguments.get("treatment"))
				.withBatch(arguments.get("batch"))
				.withControls(arguments.get("controls"))
				.withMethods(arguments.get("method")),
			(message, done, total) -> System.err.printf(Locale.ROOT, "%.0f %% %s%n", 100.0 * done / Math.max(1, total),
				message));
		assessment.notes().forEach(System.out::println);
		final StringBuilder rows = new StringBuilder(
			"method,metric,value,sd_over_folds,value_on_own_rows,chance,judged_on,undefined_because\n");
		for (final AssessedMethod method : assessment.methods()) {
			final Evidence evidence = method.evidence();
			for (final Metric metric : METRICS) {
				final String name = metric.info().name();
				final var result = method.results().get(name);
				final var own = evidence.own().get(name);
				rows.append(String.format(Locale.ROOT, "\"%s\",%s,%.5f,%.5f,%.5f,%.5f,%s,\"%s\"%n", method.name(), name,
					result.value(), CrossFit.deviation(evidence.folds(), name), own == null ? Double.NaN : own.value(),
					result.chance(), evidence.kind(), result.undefined().replace('"', '\'')));
			}
		}
		Files.writeString(Path.of(arguments.get("file")), rows);
	}
}
