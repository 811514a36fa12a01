// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.isophene.demo.DemoOptions;
import io.github.isophene.demo.DemoProgress;
import io.github.isophene.demo.DemoScreen;
import io.github.isophene.embedding.EmbeddingOptions;
import io.github.isophene.embedding.EmbeddingReport;
import io.github.isophene.embedding.ScreenEmbedder;
import io.github.isophene.embedding.TileNetwork;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import org.scijava.log.LogLevel;
import org.scijava.log.StderrLogService;
import org.scijava.task.DefaultTask;

/**
 * The whole of Embed Screen, from TIFF files to Parquet, against its floor: the bare
 * forward pass of the same network on tiles that are in memory already. The two take
 * turns, a run over some plates and then as many tiles without files, so that a load on the
 * machine hits both alike. A run's own start and end are counted: the more plates per run,
 * the less they weigh. Prints the ratio of the rates, and the resident memory along the way.
 * Arguments: model (default), plates (12), fields per plate (6), size of a field (1344), plates per run (6).
 */
public final class EmbedBench {

	private static final int TILE = 224;

	private EmbedBench() {}

	public static void main(final String... args) throws IOException {
		final String model = args.length > 0 ? args[0] : "default";
		final int plates = args.length > 1 ? Integer.parseInt(args[1]) : 12;
		final int fields = args.length > 2 ? Integer.parseInt(args[2]) : 6;
		final int size = args.length > 3 ? Integer.parseInt(args[3]) : 1344;
		final int perRun = args.length > 4 ? Integer.parseInt(args[4]) : 6;
		final Path folder = Path.of("target", "bench", "screen-" + plates + "-" + fields + "-" + size);
		final Screen screen = DemoScreen.write(folder, new DemoOptions(plates, 1, fields, 1, size, 3, 1, 1), DemoProgress.none())
			.screen();
		final int perField = (size / TILE) * (size / TILE);
		System.out.printf(Locale.ROOT, "%d plates of %d fields of %d x %d x %d, %d tiles; heap at most %d MB%n", plates, fields,
			size, size, screen.channels().size(), screen.fields().size() * perField, Runtime.getRuntime().maxMemory() >> 20);

		final StderrLogService log = new StderrLogService();
		log.setLevel(LogLevel.WARN);
		final List<Double> ratios = new ArrayList<>();
		final List<Long> resident = new ArrayList<>();
		long tiles = 0;
		long at500 = 0;
		try (TileNetwork network = TileNetwork.open(model, "cpu")) {
			forward(network, screen.channels().size(), 8 * perField);
			for (int from = 0; from < plates * fields; from += perRun * fields) {
				final List<Field> some = screen.fields().subList(from, Math.min(plates * fields, from + perRun * fields));
				final EmbeddingReport report = new ScreenEmbedder(FieldReaders.builtIn(), log).embed(new Screen(screen.channels(),
					some), network, EmbeddingOptions.into(Path.of("target", "bench", "profiles.parquet")).tile(TILE).resume(false),
					new DefaultTask(null, null));
				final double bare = forward(network, screen.channels().size(), (int) report.tiles());
				ratios.add(bare / report.seconds());
				tiles += report.tiles();
				resident.add(residentMegabytes());
				if (tiles >= 500 && at500 == 0) at500 = residentMegabytes();
				System.out.printf(Locale.ROOT, "%5d tiles: Embed Screen %.1f tiles/s, bare forward %.1f tiles/s, ratio %.3f, %d MB%n",
					tiles, report.tiles() / report.seconds(), report.tiles() / bare, bare / report.seconds(), residentMegabytes());
			}
		}
		ratios.sort(null);
		System.out.printf(Locale.ROOT, "ratio median %.3f (%.3f to %.3f); resident %d MB at tile 500, %d MB at the end, at most %d MB%n",
			ratios.get(ratios.size() / 2), ratios.get(0), ratios.get(ratios.size() - 1), at500, resident.get(resident.size() - 1),
			resident.stream().mapToLong(Long::longValue).max().orElse(0));
	}

	/** Seconds that the network alone takes for so many tiles. */
	private static double forward(final TileNetwork network, final int channels, final int tiles) {
		final int batch = 16;
		final FloatBuffer some = ByteBuffer.allocateDirect(4 * batch * channels * TILE * TILE).order(ByteOrder.nativeOrder())
			.asFloatBuffer();
		for (int i = 0; i < some.capacity(); i++) some.put(i, (i * 0x9E3779B9 >>> 8) / (float) (1 << 24));
		final long start = System.nanoTime();
		for (int done = 0; done < tiles; done += batch) {
			network.embed(some, Math.min(batch, tiles - done), channels, TILE);
		}
		return (System.nanoTime() - start) * 1e-9;
	}

	private static long residentMegabytes() {
		try {
			for (final String line : Files.readAllLines(Path.of("/proc/self/status"))) {
				if (line.startsWith("VmRSS:")) return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
			}
		}
		catch (final IOException exc) {
			// Not on Linux: no figure.
		}
		return 0;
	}
}
