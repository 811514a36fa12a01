// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.isophene.progress.Progress;
import io.github.isophene.correction.Corrections;
import io.github.isophene.metrics.Metric;
import io.github.isophene.metrics.builtin.Activity;
import io.github.isophene.metrics.builtin.Consistency;
import io.github.isophene.metrics.builtin.LabelProbe;
import io.github.isophene.metrics.builtin.NearestBatchProbe;
import io.github.isophene.metrics.builtin.PlateTrace;
import io.github.isophene.metrics.builtin.TreatedBatchTrace;
import io.github.isophene.numerics.Statistics;
import io.github.isophene.profiles.ProfileFile;

/**
 * Corrections on simulated plates with 1, 2, 4, 8 and 16 control wells, judged on rows that no fit has seen:
 * {@code ControlWellsBench [seeds 3] [chain;chain...]}. Features are independent, or have effects and half of their
 * noise in six directions. Prints a line per number of wells and chain, then applies the rule by which the
 * default chain is chosen (page <i>Corrections, measured</i>).
 */
public final class ControlWellsBench {

	private static final String CHAINS = "none;standardize:per=table;standardize;mad_robustize;" +
		"standardize:shrink=table;standardize:shrink=batch;standardize:per=table,sphering:zca:1:to=variance;" +
		"drop_quiet,standardize:shrink=table;drop_quiet,standardize:shrink=table,sphering:zca:1:to=variance;" +
		"standardize:per=table,center:per=plate,tvn:efaar;standardize,tvn:coral";
	private static final int[] WELLS = {1, 2, 4, 8, 16};
	private static final List<String> NUMBERS = List.of("batch-trace-treated", "plate-trace", "map-activity",
		"label-probe");
	private static final List<Metric> METRICS = List.of(new NearestBatchProbe(), new TreatedBatchTrace(),
		new PlateTrace(), new Activity(), new Consistency(), new LabelProbe());

	private ControlWellsBench() {}

	public static void main(final String... args) throws IOException {
		final int seeds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
		final String chains = args.length > 1 ? args[1] : CHAINS;
		final Path folder = Files.createTempDirectory("isophene-bench-");
		final Map<String, Integer> harms = new LinkedHashMap<>();
		final Map<String, double[]> biology = new LinkedHashMap<>();
		for (final boolean correlated : new boolean[]{false, true}) {
			for (final int wells : WELLS) {
				final Map<String, double[][]> values = new LinkedHashMap<>();
				final Map<String, Integer> harmful = new LinkedHashMap<>();
				for (int seed = 1; seed <= seeds; seed++) {
					final SimulatedPlates plates = new SimulatedPlates(seed).plates(12, 3)
						.wells(wells, wells == 1 ? 2 : 1)
						.treatments(16, 4)
						.effects(0.6, 0.4);
					if (correlated) plates.correlated(6);
					ProfileFile.write(plates.table(), folder.resolve("profiles.csv"));
					final Assessment assessment = new AssessmentRun(METRICS, Corrections.installed()).run(
						AssessmentOptions.of(folder.resolve("profiles.csv"), folder.resolve("report"))
							.withMethods(chains)
							.withLabel("Metadata_Label")
							.withTreatment("Metadata_Compound")
							.withControls("Metadata_Type=negcon"),
						Progress.NONE);
					for (final AssessedMethod method : assessment.methods()) {
						final double[][] of = values.computeIfAbsent(method.name(),
							k -> new double[2 * NUMBERS.size()][seeds]);
						for (int i = 0; i < NUMBERS.size(); i++) {
							of[i][seed - 1] = method.results().get(NUMBERS.get(i)).value();
							of[NUMBERS.size() + i][seed - 1] = method.evidence().own().get(NUMBERS.get(i)).value();
						}
						final int harm = assessment.objections(method).harmful().isEmpty() ? 0 : 1;
						harmful.merge(method.name(), harm, Integer::sum);
						harms.merge(method.name(), harm, Integer::sum);
					}
				}
				values.forEach((chain, of) -> {
					System.out.printf(Locale.ROOT, "| %s%d | `%s` | %s (%.2f) | %s (%.2f) | %s | %s | %d of %d |%n",
						correlated ? "correlated, " : "", wells, chain, number(of[0]), Statistics.mean(of[4]),
						number(of[1]), Statistics.mean(of[5]), number(of[2]), number(of[3]), harmful.get(chain), seeds);
					final double[] sum = biology.computeIfAbsent(chain, k -> new double[2]);
					sum[0] += (Statistics.mean(of[2]) + Statistics.mean(of[3])) / 2;
					sum[1] += Statistics.mean(of[0]);
				});
			}
		}
		final int cases = 2 * WELLS.length;
		System.out.println("chain: called harmful, mean of mAP activity and label probe, batch trace of treated rows");
		biology.forEach((chain, sum) -> System.out.printf(Locale.ROOT, "| `%s` | %d of %d | %.3f | %.3f |%n", chain,
			harms.get(chain), cases * seeds, sum[0] / cases, sum[1] / cases));
	}

	private static String number(final double[] values) {
		final double[] moments = Statistics.moments(values);
		return Arrays.stream(values).allMatch(Double::isNaN) ? "not defined"
			: String.format(Locale.ROOT, "%.2f +- %.2f", moments[0], moments[1]);
	}
}
