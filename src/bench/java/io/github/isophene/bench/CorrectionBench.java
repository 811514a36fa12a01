// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.CorrectionOptions;
import io.github.isophene.correction.CorrectionRun;
import io.github.isophene.correction.Corrections;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.profiles.ProfileTableBuilder;
import io.github.isophene.progress.Progress;

/**
 * Times corrections.
 * <ul>
 * <li>{@code table [rows 1000000] [features 512] [method]}: writes profiles, corrects the file,
 * and tells the time of each and the most memory that was resident; give -Xmx2g.</li>
 * <li>{@code harmony [rows 115000] [features 100] [clusters 300] [rounds 2] [iterations 5] [lambda auto]
 * [python...]}: Harmony, and
 * harmonypy by each python named, on the same rows, with as many rounds and iterations: nobody stops early.</li>
 * </ul>
 */
public final class CorrectionBench {

	private static final int PLATE = 384;
	private static final int BATCHES = 10;
	private static final int PHENOTYPES = 40;

	private CorrectionBench() {}

	public static void main(final String... args) throws Exception {
		final Path folder = Files.createTempDirectory("isophene-bench-");
		try {
			if (args[0].equals("table"))
				table(folder, number(args, 1, 1_000_000), number(args, 2, 512),
					args.length > 3 ? args[3] : "standardize,sphering:zca:0.1");
			else
				harmony(folder, number(args, 1, 115_000), number(args, 2, 100), number(args, 3, 300),
					number(args, 4, 2), number(args, 5, 5), args.length > 6 ? args[6] : "auto",
					List.of(args).subList(Math.min(args.length, 7), args.length));
		}
		finally {
			try (Stream<Path> files = Files.walk(folder)) {
				for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
			}
		}
	}

	private static void table(final Path folder, final int rows, final int features, final String method)
		throws IOException
	{
		System.out.printf(Locale.ROOT, "%d rows x %d features, %.0f MB of floats, heap %d MB%n", rows, features,
			rows * 4e-6 * features, Runtime.getRuntime().maxMemory() >> 20);
		final Path file = folder.resolve("profiles.parquet");
		long start = System.nanoTime();
		ProfileFile.write(profiles(rows, features), file);
		done("made and written", start);
		final long[] last = {System.nanoTime()};
		final String[] doing = {""};
		start = System.nanoTime();
		new CorrectionRun(Corrections.installed(), note -> {})
			.run(CorrectionOptions.of(file, folder.resolve("corrected.parquet")).withMethod(method), new Progress() {

				@Override
				public void report(final String message, final long units, final long total) {
					final String now = message.split(":")[0];
					if (!now.equals(doing[0])) {
						if (!doing[0].isEmpty()) done("  " + doing[0], last[0]);
						last[0] = System.nanoTime();
						doing[0] = now;
					}
				}

				@Override
				public boolean isCanceled() {
					return false;
				}
			});
		done("  " + doing[0], last[0]);
		done("read, corrected by " + method + " and written", start);
		try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
			lines.filter(l -> l.matches("(VmHWM|RssAnon|RssFile|VmSwap).*")).forEach(System.out::println);
		}
	}

	private static void harmony(final Path folder, final int rows, final int features, final int clusters,
		final int rounds, final int iterations, final String lambda, final List<String> pythons) throws Exception
	{
		System.out.printf(Locale.ROOT,
			"Harmony: %d rows x %d features, %d batches, %d clusters, %d rounds of %d iterations, lambda %s, %d " +
				"processors%n",
			rows, features, BATCHES, clusters, rounds, iterations, lambda, Runtime.getRuntime().availableProcessors());
		final ProfileTable table = profiles(rows, features);
		final ByteBuffer bytes = ByteBuffer.allocate(rows * features * 4).order(ByteOrder.LITTLE_ENDIAN);
		for (int row = 0; row < rows; row++) {
			for (final float v : table.row(row)) bytes.putFloat(v);
		}
		Files.write(folder.resolve("rows.f32"), bytes.array());
		Files.writeString(folder.resolve("batches.txt"), String.join("\n", table.metadata("Metadata_Batch")));
		final long start = System.nanoTime();
		final ProfileTable corrected = Corrections.installed()
			.parse(String.format(Locale.ROOT,
				"harmony:nclust=%d:rounds=%d:iterations=%d:cluster_tolerance=0:tolerance=0:lambda=%s", clusters, rounds,
				iterations, lambda))
			.fit(table, CorrectionContext.standard())
			.table();
		final double ours = (System.nanoTime() - start) * 1e-9;
		done("ours", start);
		for (final String python : pythons) {
			final List<String> command = new ArrayList<>(List.of(python.split(" ")));
			command
				.addAll(List.of("src/test/python/bench_harmony_peer.py", folder.toString(), Integer.toString(features),
					Integer.toString(clusters), Integer.toString(rounds), Integer.toString(iterations), lambda));
			final Process peer = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
			try (BufferedReader out = new BufferedReader(
				new InputStreamReader(peer.getInputStream(), StandardCharsets.UTF_8)))
			{
				for (final String line : out.lines().toList()) {
					System.out.println(line);
					final Matcher told = Pattern.compile("(\\S+ [\\d.]+) +([\\d.]+) s").matcher(line);
					if (told.matches()) BenchRatio.print("Harmony, time of " + told.group(1) + " / ours",
						List.of(Double.parseDouble(told.group(2)) / ours));
				}
			}
			peer.waitFor();
			final Path result = folder.resolve("peer.f32");
			if (Files.exists(result))
				System.out.printf(Locale.ROOT, "  R^2 of ours to it: %.5f%n",
					explained(corrected, Files.readAllBytes(result)));
			Files.deleteIfExists(result);
		}
	}

	private static double explained(final ProfileTable ours, final byte[] theirs) {
		final ByteBuffer peer = ByteBuffer.wrap(theirs).order(ByteOrder.LITTLE_ENDIAN);
		double rest = 0;
		double total = 0;
		for (int row = 0; row < ours.rowCount(); row++) {
			for (int i = 0; i < ours.featureCount(); i++) {
				final double golden = peer.getFloat();
				rest += Math.pow(golden - ours.feature(row, i), 2);
				total += golden * golden;
			}
		}
		return 1 - rest / total;
	}

	/** Phenotypes as directions, batches as shifts, and noise; a sixth of the wells are controls. */
	private static ProfileTable profiles(final int rows, final int features) {
		final Random random = new Random(1);
		final float[][] phenotypes = vectors(random, PHENOTYPES, features, 1.5);
		final float[][] batches = vectors(random, BATCHES, features, .7);
		final String[] names = new String[features];
		for (int i = 0; i < features; i++) names[i] = String.format(Locale.ROOT, "emb_%04d", i + 1);
		final ProfileTableBuilder builder = ProfileTable
			.builder(List.of("Metadata_Batch", "Metadata_Plate", "Metadata_pert_type"), List.of(names));
		final float[] row = new float[features];
		for (int r = 0; r < rows; r++) {
			final int plate = r / PLATE;
			final boolean control = r % 6 == 0;
			final float[] phenotype = phenotypes[control ? 0 : random.nextInt(PHENOTYPES)];
			final float[] batch = batches[plate % BATCHES];
			for (int i = 0; i < features; i++) row[i] = (float) (phenotype[i] + batch[i] + random.nextGaussian());
			builder.add(List.of("B" + plate % BATCHES, "P" + plate, control ? "negcon" : "trt"), row);
		}
		return builder.build();
	}

	private static float[][] vectors(final Random random, final int count, final int features, final double size) {
		final float[][] vectors = new float[count][features];
		for (final float[] vector : vectors) {
			for (int i = 0; i < features; i++) vector[i] = (float) (size * random.nextGaussian());
		}
		return vectors;
	}

	private static int number(final String[] args, final int at, final int otherwise) {
		return args.length > at ? Integer.parseInt(args[at]) : otherwise;
	}

	private static void done(final String what, final long start) {
		System.out.printf(Locale.ROOT, "%-60s %8.2f s%n", what, (System.nanoTime() - start) * 1e-9);
	}
}
