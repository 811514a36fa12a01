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
import io.github.isophene.network.Encoder;
import io.github.isophene.network.Model;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.screen.Screen;
import org.scijava.log.LogLevel;
import org.scijava.log.StderrLogService;
import org.scijava.task.DefaultTask;

/**
 * The whole of Embed Screen, from TIFF files to Parquet, against its floor: the bare
 * forward rate of the same network on tiles that are in memory already, measured before
 * and after in the same process. Prints the ratio, the heap and the resident memory.
 * Arguments: model (default), fields (60), size of a field (1344).
 */
public final class EmbedBench {

	private static final int TILE = 224;

	private EmbedBench() {}

	public static void main(final String... args) throws IOException {
		final Model model = Model.load(args.length > 0 ? args[0] : Model.DEFAULT);
		final int fields = args.length > 1 ? Integer.parseInt(args[1]) : 60;
		final int size = args.length > 2 ? Integer.parseInt(args[2]) : 1344;
		final Path folder = Path.of("target", "bench", "screen-" + fields + "-" + size);
		final Screen screen = DemoScreen.write(folder, new DemoOptions(2, 1, fields / 2, 1, size, 6, 1, 1), DemoProgress.none())
			.screen();
		final int perField = (size / TILE) * (size / TILE);
		System.out.printf(Locale.ROOT, "%d fields of %d x %d x %d, %d tiles%n", screen.fields().size(), size, size, screen
			.channels().size(), screen.fields().size() * perField);

		final double before = forwardRate(model, screen.channels().size(), 20);
		final List<long[]> resident = new ArrayList<>();
		final Path profiles = Path.of("target", "bench", "profiles.parquet");
		final DefaultTask task = new DefaultTask(null, null) {

			@Override
			public void setProgressValue(final long step) {
				resident.add(new long[] { step * perField, residentMegabytes() });
			}
		};
		final StderrLogService log = new StderrLogService();
		log.setLevel(LogLevel.WARN);
		final EmbeddingReport report = embed(screen, model, EmbeddingOptions.into(profiles).tile(TILE).resume(false), log, task);
		final double after = forwardRate(model, screen.channels().size(), 20);
		final double embed = report.tiles() / report.seconds();
		final double floor = (before + after) / 2;
		System.out.printf(Locale.ROOT, "bare forward %.2f and %.2f tiles/s, Embed Screen %.2f tiles/s, ratio %.3f%n", before,
			after, embed, embed / floor);

		final long at500 = resident.stream().filter(r -> r[0] >= 500).mapToLong(r -> r[1]).findFirst().orElse(0);
		final long end = resident.get(resident.size() - 1)[1];
		final long most = resident.stream().filter(r -> r[0] >= 500).mapToLong(r -> r[1]).max().orElse(0);
		System.out.printf(Locale.ROOT, "resident %d MB at tile 500, %d MB at the end, at most %d MB; heap at most %d MB%n",
			at500, end, most, Runtime.getRuntime().maxMemory() >> 20);
	}

	private static EmbeddingReport embed(final Screen screen, final Model model, final EmbeddingOptions options,
		final StderrLogService log, final DefaultTask task) throws IOException
	{
		try (TileNetwork network = TileNetwork.of(model, "cpu")) {
			return new ScreenEmbedder(FieldReaders.builtIn(), log).embed(screen, network, options, task);
		}
	}

	/** Tiles per second of the network alone, for some seconds, after a warm-up. */
	private static double forwardRate(final Model model, final int channels, final int seconds) {
		final int batch = 16;
		final FloatBuffer tiles = ByteBuffer.allocateDirect(4 * batch * channels * TILE * TILE).order(ByteOrder.nativeOrder())
			.asFloatBuffer();
		for (int i = 0; i < tiles.capacity(); i++) tiles.put(i, (i * 0x9E3779B9 >>> 8) / (float) (1 << 24));
		try (Encoder encoder = new Encoder(model, "cpu")) {
			for (int i = 0; i < 3; i++) encoder.embed(tiles, batch, channels, TILE, TILE);
			final long start = System.nanoTime();
			long count = 0;
			while (System.nanoTime() - start < seconds * 1_000_000_000L) {
				encoder.embed(tiles, batch, channels, TILE, TILE);
				count += batch;
			}
			return count / ((System.nanoTime() - start) * 1e-9);
		}
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
