// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.management.OperatingSystemMXBean;
import io.github.isophene.metrics.AveragePrecision;
import io.github.isophene.metrics.MeanAveragePrecision;
import io.github.isophene.metrics.PairRule;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.profiles.ProfileTableBuilder;

/**
 * Times mean average precision (activity: replicates against all negative controls) and its
 * p-values: {@code AveragePrecisionBench [wells 115000] [features 256] [subset 6000] [python]}.
 * <p>
 * Plates of 384 wells with 64 controls, eight replicates per treatment. Where a python with
 * copairs is named, both do the subset in this run, on the same file, and the largest
 * difference of an average precision is printed.
 * </p>
 */
public final class AveragePrecisionBench {

	private static final int PLATE = 384;
	private static final int CONTROLS = 64;
	private static final int REPLICATES = 8;
	private static final PairRule POSITIVE = PairRule.same("Metadata_Treatment", "Metadata_Reference");
	private static final PairRule NEGATIVE = new PairRule(List.of(),
		List.of("Metadata_Reference", "Metadata_Treatment"));

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private static final int ROUNDS = 3;

	private AveragePrecisionBench() {}

	public static void main(final String... args) throws Exception {
		final int wells = args.length > 0 ? Integer.parseInt(args[0]) : 115_000;
		final int features = args.length > 1 ? Integer.parseInt(args[1]) : 256;
		final int subset = args.length > 2 ? Integer.parseInt(args[2]) : 6_000;
		System.out.printf(Locale.ROOT, "Java %s, heap %d MB, %d processors%n", Runtime.version(),
			Runtime.getRuntime().maxMemory() >> 20, Runtime.getRuntime().availableProcessors());
		if (args.length > 3) compare(subset, features, args[3]);
		measure(table(wells, features));
		System.out.println("resident: " + resident());
	}

	private static void compare(final int wells, final int features, final String python) throws Exception {
		final ProfileTable table = table(wells, features);
		final Path folder = Files.createTempDirectory("isophene-bench-");
		final Path file = folder.resolve("profiles.parquet");
		final Path peer = folder.resolve("peer.csv");
		try {
			ProfileFile.write(table, file);
			measure(table);
			final List<Double> seconds = new ArrayList<>();
			AveragePrecision ours = null;
			for (int round = 0; round < ROUNDS; round++) {
				final long start = System.nanoTime();
				ours = measure(table);
				seconds.add((System.nanoTime() - start) * 1e-9);
			}
			final Process other = new ProcessBuilder(python, "src/test/python/bench_average_precision_peer.py",
				file.toString(), peer.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
			final double copairs;
			try (BufferedReader out = other.inputReader()) {
				copairs = seconds(out.lines().toList());
			}
			other.waitFor();
			BenchRatio.print("mAP, time of copairs / ours", seconds.stream().map(s -> copairs / s).toList());
			double largest = 0;
			final List<String> lines = Files.readAllLines(peer);
			for (int row = 0; row < table.rowCount(); row++) {
				final double theirs = lines.get(row).equals("nan") ? Double.NaN : Double.parseDouble(lines.get(row));
				if (Double.isNaN(theirs) != Double.isNaN(ours.precision()[row]))
					throw new IOException("row " + row + " differs");
				if (!Double.isNaN(theirs)) largest = Math.max(largest, Math.abs(theirs - ours.precision()[row]));
			}
			System.out.printf(Locale.ROOT, "largest difference of an average precision: %.2g%n", largest);
		}
		finally {
			Files.deleteIfExists(file);
			Files.deleteIfExists(peer);
			Files.delete(folder);
		}
	}

	/** Prints what the peer prints, and returns the seconds that it tells. */
	private static double seconds(final List<String> lines) throws IOException {
		lines.forEach(System.out::println);
		for (final String line : lines) {
			final Matcher told = Pattern.compile("groups ([\\d.]+) s").matcher(line);
			if (told.find()) return Double.parseDouble(told.group(1));
		}
		throw new IOException("the peer told no time: is copairs there?");
	}

	private static AveragePrecision measure(final ProfileTable table) {
		final long start = System.nanoTime();
		final long cpuStart = SYSTEM.getProcessCpuTime();
		final AveragePrecision rows = AveragePrecision.of(table, POSITIVE, NEGATIVE);
		final double precision = (System.nanoTime() - start) * 1e-9;
		final double cpu = (SYSTEM.getProcessCpuTime() - cpuStart) * 1e-9;
		final List<MeanAveragePrecision.Group> groups = MeanAveragePrecision.of(rows,
			table.metadata("Metadata_Treatment"), MeanAveragePrecision.NULL_SIZE, 1);
		final double all = (System.nanoTime() - start) * 1e-9;
		long pairs = 0;
		for (int row = 0; row < rows.total().length; row++) if (rows.positives()[row] > 0) pairs += rows.total()[row];
		System.out.printf(Locale.ROOT,
			"isophene: %s, %.1fM ranked pairs, AP %.2f s (CPU %.2f s, %.1f GFLOP per CPU second), with p-values of " +
				"%d groups %.2f s, mAP %.4f%n",
			table, pairs * 1e-6, precision, cpu, pairs * 2e-9 * table.featureCount() / cpu, groups.size(), all,
			groups.stream().mapToDouble(MeanAveragePrecision.Group::value).average().orElse(Double.NaN));
		return rows;
	}

	private static ProfileTable table(final int wells, final int features) {
		final Random random = new Random(1);
		final List<String> names = new ArrayList<>();
		for (int i = 1; i <= features; i++) names.add(String.format(Locale.ROOT, "emb_%04d", i));
		final ProfileTableBuilder builder = ProfileTable
			.builder(List.of("Metadata_Plate", "Metadata_Well", "Metadata_Treatment", "Metadata_Reference"), names);
		final int treatments = Math.max(1, wells * (PLATE - CONTROLS) / PLATE / REPLICATES);
		final float[] vector = new float[features];
		int treated = 0;
		for (int well = 0; well < wells; well++) {
			final boolean control = well % PLATE < CONTROLS;
			final int treatment = treated % treatments;
			if (!control) treated++;
			final Random effect = new Random(treatment);
			for (int i = 0; i < features; i++) {
				vector[i] = (float) (random.nextGaussian() + (control ? 0 : 0.3 * effect.nextGaussian()));
			}
			builder.add(List.of("P" + well / PLATE, "W" + well % PLATE, control ? "DMSO" : "T" + treatment,
				control ? String.valueOf(well) : "-1"), vector);
		}
		return builder.build();
	}

	/** The most resident memory so far, where the system tells (Linux). */
	private static String resident() throws IOException {
		final Path status = Path.of("/proc/self/status");
		if (!Files.exists(status)) return "unknown";
		return Files.readAllLines(status)
			.stream()
			.filter(line -> line.startsWith("VmHWM"))
			.findFirst()
			.orElse("unknown");
	}
}
