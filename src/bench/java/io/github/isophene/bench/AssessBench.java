// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;
import io.github.isophene.assessment.Assessment;
import io.github.isophene.assessment.AssessmentOptions;
import io.github.isophene.assessment.AssessmentRun;
import io.github.isophene.correction.Corrections;
import io.github.isophene.metrics.Metric;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.plugins.Plugins;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.profiles.ProfileTableBuilder;

/**
 * Times an assessment of many chains: {@code AssessBench [rows 6943] [features 26] [chains 17] [folder]}. Prints the
 * seconds of processor time of each metric, the time of the whole, and the size of the report, which stays in
 * the folder where one is named.
 */
public final class AssessBench {

	private static final List<String> CHAINS = List.of("none", "standardize", "standardize:per=table",
		"standardize:per=batch", "mad_robustize", "standardize:per=table,center:per=plate",
		"standardize:per=table,center:per=batch", "standardize:shrink=table", "standardize:shrink=batch",
		"drop_quiet,standardize:shrink=table", "drop_quiet,standardize:shrink=table,sphering:zca:1:to=variance",
		"standardize:per=table,sphering:zca:1:to=variance", "standardize:per=table,sphering:pca:0.1",
		"standardize:per=table,center:per=plate,sphering:zca:1:to=variance",
		"standardize:per=table,center:per=plate,tvn:efaar", "standardize:per=table,tvn:coral", "standardize,tvn:coral");
	private static final int PLATES = 39;
	private static final int BATCHES = 4;
	private static final int CONTROLS = 32;
	private static final int TREATMENTS = 146;
	private static final int LABELS = 24;

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private AssessBench() {}

	public static void main(final String... args) throws IOException {
		final int rows = args.length > 0 ? Integer.parseInt(args[0]) : 6943;
		final int features = args.length > 1 ? Integer.parseInt(args[1]) : 26;
		final int chains = args.length > 2 ? Integer.parseInt(args[2]) : CHAINS.size();
		final Path folder = args.length > 3 ? Files.createDirectories(Path.of(args[3]))
			: Files.createTempDirectory("isophene-bench-");
		final Path file = folder.resolve("profiles.parquet");
		ProfileFile.write(table(rows, features), file);
		final Map<String, Double> seconds = new TreeMap<>();
		final long[] last = {SYSTEM.getProcessCpuTime()};
		final String[] current = {"start"};
		final long start = System.nanoTime();
		final Assessment assessment = new AssessmentRun(Plugins.of(Metric.class), Corrections.installed()).run(
			AssessmentOptions.of(file, folder.resolve("report"))
				.withMethods(String.join(";", CHAINS.subList(0, chains)))
				.withLabel("Metadata_Label")
				.withTreatment("Metadata_Compound"),
			(message, done, total) -> {
				final long now = SYSTEM.getProcessCpuTime();
				seconds.merge(current[0], (now - last[0]) * 1e-9, Double::sum);
				last[0] = now;
				current[0] = message.replaceFirst(".*(: |, )", "");
			});
		final double whole = (System.nanoTime() - start) * 1e-9;
		seconds.merge(current[0], (SYSTEM.getProcessCpuTime() - last[0]) * 1e-9, Double::sum);
		seconds.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
			.filter(e -> e.getValue() >= 0.1)
			.forEach(e -> System.out.printf(Locale.ROOT, "%8.1f s  %s%n", e.getValue(), e.getKey()));
		long bytes = 0;
		try (Stream<Path> files = Files.list(folder.resolve("report"))) {
			for (final Path part : files.toList()) bytes += Files.size(part);
		}
		System.out.printf(Locale.ROOT,
			"%d rows x %d features, %d chains: %.1f s, %.1f s of processor time, report folder %.2f MB, its page " +
				"%.2f MB; %s%n", rows, features,
			chains, whole, seconds.values().stream().mapToDouble(s -> s).sum(), bytes * 1e-6,
			Files.size(folder.resolve("report/report.html")) * 1e-6, assessment.message());
	}

	/** Rows of plates in turn: controls first, then treatments, with effects of batch, plate, label and treatment. */
	private static ProfileTable table(final int rows, final int features) {
		final List<String> names = new ArrayList<>();
		for (int j = 0; j < features; j++) names.add("f" + j);
		final ProfileTableBuilder table = ProfileTable.builder(
			List.of("Metadata_Batch", "Metadata_Plate", "Metadata_Well", "Metadata_Compound", "Metadata_Label",
				"Metadata_pert_type"), names);
		for (int row = 0; row < rows; row++) {
			final int plate = row % PLATES;
			final int well = row / PLATES;
			final int batch = plate % BATCHES;
			final boolean control = well < CONTROLS;
			final int treatment = (well - CONTROLS) % TREATMENTS;
			final int label = treatment % LABELS;
			final float[] values = new float[features];
			for (int j = 0; j < features; j++) {
				final double biology = control ? 0 : 0.6 * normal("label", label, j) +
					0.4 * normal("treated", treatment, j);
				values[j] = (float) (3 + 0.5 * normal("batch", batch, j) + 0.3 * normal("plate", plate, j) + biology +
					normal("well", row, j));
			}
			table.add(List.of("B" + batch, "P" + plate, String.format(Locale.ROOT, "%c%02d", 'A' + well / 24,
				well % 24 + 1), control ? "DMSO" : "c" + treatment, control ? "" : "m" + label,
				control ? "negcon" : "trt"), values);
		}
		return table.build();
	}

	private static double normal(final String what, final int of, final int feature) {
		return RandomStream.of(1, what, of, feature).nextGaussian();
	}
}
