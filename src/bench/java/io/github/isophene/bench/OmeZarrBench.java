// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import static io.github.isophene.bench.BenchRatio.median;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.isophene.demo.DemoOptions;
import io.github.isophene.progress.Progress;
import io.github.isophene.demo.DemoScreen;
import io.github.isophene.export.ExportOptions;
import io.github.isophene.export.OmeZarrExport;
import io.github.isophene.pixels.Downscale;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.format.OmeZarrFormat;

/**
 * Reading speed of fields of 1080 x 1080 pixels on one thread from TIFF and from OME-Zarr, in MB of pixels per
 * second, and the ratio to TIFF. Each kind takes its turn in every round; the file system has everything in its
 * cache. Arguments: folders with plates that others have written.
 *
 * <pre>
 * mvn -q -Pbench test-compile exec:java -Dexec.mainClass=io.github.isophene.bench.OmeZarrBench
 * </pre>
 */
public final class OmeZarrBench {

	private static final int ROUNDS = Integer.getInteger("rounds", 5);

	private OmeZarrBench() {}

	/** Runs it. */
	public static void main(final String... args) throws IOException {
		final Path folder = Files.createTempDirectory("isophene-zarr");
		final Screen tiff = DemoScreen
			.write(folder.resolve("tiff"), DemoOptions.defaults()
				.withBatches(1)
				.withPlates(1)
				.withWells(4)
				.withFields(1)
				.withSize(1080)
				.withClasses(2), Progress.NONE)
			.screen();
		final FieldReaders readers = FieldReaders.builtIn();
		final Map<String, Screen> kinds = new LinkedHashMap<>();
		final Map<String, Downscale> downscales = new LinkedHashMap<>();
		kinds.put("TIFF", tiff);
		kinds.put("TIFF, halved", tiff);
		downscales.put("TIFF, halved", Downscale.mean(2));
		for (final String version : List.of("0.4", "0.5")) {
			for (final String compression : List.of("none", "zstd", "gzip")) {
				final Path to = folder.resolve(version + compression);
				final long start = System.nanoTime();
				final Screen screen = new OmeZarrExport(readers)
					.run(tiff, ExportOptions.into(to).withVersion(version).withCompression(compression),
						Progress.NONE)
					.screen();
				final String name = "OME-Zarr " + version + " " + compression;
				System.out.printf(Locale.ROOT, "%-28s written in %.2f s a field, %.2f of the TIFF's bytes%n", name,
					(System.nanoTime() - start) * 1e-9 / tiff.fields().size(),
					(double) bytes(to) / bytes(folder.resolve("tiff")));
				kinds.put(name, screen);
				if (compression.equals("zstd")) {
					kinds.put(name + ", halved", screen);
					downscales.put(name + ", halved", Downscale.mean(2));
				}
			}
		}
		for (final String other : args)
			kinds.put(Path.of(other).getFileName().toString(),
				new OmeZarrFormat().read(Path.of(other), ScreenOptions.none()));
		final Map<String, List<Double>> seconds = new LinkedHashMap<>();
		final Map<String, List<Double>> processor = new LinkedHashMap<>();
		final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		for (int round = -1; round < ROUNDS; round++) {
			for (final Map.Entry<String, Screen> kind : kinds.entrySet()) {
				final long start = System.nanoTime();
				final long busy = threads.getCurrentThreadCpuTime();
				for (final Field field : kind.getValue().fields())
					readers.read(field, downscales.getOrDefault(kind.getKey(), Downscale.NONE));
				if (round < 0) continue;
				final int n = kind.getValue().fields().size();
				processor.computeIfAbsent(kind.getKey(), k -> new ArrayList<>())
					.add((threads.getCurrentThreadCpuTime() - busy) * 1e-9 / n);
				seconds.computeIfAbsent(kind.getKey(), k -> new ArrayList<>())
					.add((System.nanoTime() - start) * 1e-9 / n);
			}
		}
		final double megabytes = 2e-6 * 1080 * 1080 * tiff.channels().size();
		final double base = median(seconds.get("TIFF"));
		seconds.forEach((kind, all) -> {
			final List<Double> tiffs = seconds.get("TIFF");
			if (kind.startsWith("OME-Zarr") && !kind.endsWith("halved")) BenchRatio.print("reading " + kind + " / TIFF",
				IntStream.range(0, ROUNDS).mapToObj(round -> all.get(round) / tiffs.get(round)).toList());
		});
		seconds.forEach((kind, all) -> System.out.printf(Locale.ROOT,
			"%-28s %6.1f ms a field (%.1f to %.1f), %5.0f MB/s, %.2f of TIFF's time; processor time %.1f ms, %.2f of " +
				"TIFF's%n",
			kind, 1e3 * median(all), 1e3 * all.stream().mapToDouble(d -> d).min().orElse(0),
			1e3 * all.stream().mapToDouble(d -> d).max().orElse(0), megabytes / median(all), median(all) / base,
			1e3 * median(processor.get(kind)), median(processor.get(kind)) / median(processor.get("TIFF"))));
	}

	private static long bytes(final Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			long bytes = 0;
			for (final Path file : files.filter(Files::isRegularFile).toList()) bytes += Files.size(file);
			return bytes;
		}
	}
}
