// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import io.github.isophene.correction.Corrections;
import io.github.isophene.metrics.Metric;
import io.github.isophene.metrics.builtin.Activity;
import io.github.isophene.metrics.builtin.NearestBatchProbe;
import io.github.isophene.metrics.builtin.PlateTrace;
import io.github.isophene.metrics.builtin.Replicability;
import io.github.isophene.metrics.builtin.TreatedBatchTrace;

/**
 * Table of chains on a large table of profiles, by the metrics that take seconds:
 * {@code CorrectionsBench profiles label treatment batch controls chain;chain...}. A line per chain: mean and standard
 * deviation over folds of control wells, and in brackets the value on the rows that the chain was fitted on.
 */
public final class CorrectionsBench {

	private static final List<Metric> METRICS = List.of(new NearestBatchProbe(), new TreatedBatchTrace(),
		new PlateTrace(), new Activity(), new Replicability());

	private CorrectionsBench() {}

	public static void main(final String... args) throws IOException {
		final Assessment assessment = new AssessmentRun(METRICS, Corrections.installed()).run(
			AssessmentOptions.of(Path.of(args[0]), Files.createTempDirectory("isophene-bench-"))
				.withLabel(args[1])
				.withTreatment(args[2])
				.withBatch(args[3])
				.withControls(args[4])
				.withMethods(args[5]),
			(message, done, total) -> System.err.printf(Locale.ROOT, "%.0f %% %s%n", 100.0 * done / Math.max(1, total),
				message));
		assessment.notes().forEach(System.out::println);
		for (final AssessedMethod method : assessment.methods()) {
			final StringBuilder line = new StringBuilder("| `" + method.name() + "` |");
			for (final Metric metric : METRICS) {
				final String name = metric.info().name();
				final Evidence evidence = method.evidence();
				final double own = evidence.own().get(name).value();
				line.append(String.format(Locale.ROOT, " %.3f ± %.3f%s (chance %.3f) |",
					method.results().get(name).value(), CrossFit.deviation(evidence.folds(), name),
					Double.isNaN(own) ? "" : String.format(Locale.ROOT, " (%.3f)", own),
					method.results().get(name).chance()));
			}
			System.out.println(line);
		}
	}
}
