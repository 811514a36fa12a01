// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import static io.github.isophene.bench.BenchRatio.median;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.isophene.demo.DemoOptions;
import io.github.isophene.progress.Progress;
import io.github.isophene.demo.DemoScreen;
import io.github.isophene.embedding.EmbeddingOptions;
import io.github.isophene.embedding.EmbeddingReport;
import io.github.isophene.embedding.ForwardingTileNetwork;
import io.github.isophene.embedding.ScreenEmbedder;
import io.github.isophene.embedding.TileNetwork;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenTable;

/**
 * The whole of Embed Screen, from TIFF files to Parquet, against its floor: the bare
 * forward pass of the same network, with the same number of calls at once, on batches that
 * are those of Embed Screen to the bit but in memory already. Runs of a whole screen, start
 * and end included, take turns with half as many tiles without files before and behind them,
 * so that a load on the machine that changes slowly hits both alike.
 * <p>
 * What a load can't hide is told besides: the processor time of the network's threads
 * per tile, that of everything else (reading, intensities, tiles, tables, garbage, the compiler),
 * and their ratio, which is the most that a machine with all its processors busy can reach.
 * Prints the resident memory along the way.
 * </p>
 * Arguments: model (fixed-seed), plates (6), fields per plate (10), size of a field (1344), rounds (2).
 */
public final class EmbedBench {

	private static final int TILE = 224;
	private static final int KEPT = 8;

	private EmbedBench() {}

	public static void main(final String... args) throws IOException {
		final String model = args.length > 0 ? args[0] : "fixed-seed";
		final int plates = args.length > 1 ? Integer.parseInt(args[1]) : 6;
		final int fields = args.length > 2 ? Integer.parseInt(args[2]) : 10;
		final int size = args.length > 3 ? Integer.parseInt(args[3]) : 1344;
		final int rounds = args.length > 4 ? Integer.parseInt(args[4]) : 2;
		final Path folder = Path.of("target", "bench", "screen-" + plates + "-" + fields + "-" + size);
		final Path table = folder.resolve("screen.csv");
		final Screen screen = Files.exists(table) ? ScreenTable.read(table)
			: DemoScreen.write(folder, DemoOptions.defaults()
				.withBatches(plates)
				.withPlates(1)
				.withWells(fields)
				.withFields(1)
				.withSize(size)
				.withClasses(3), Progress.NONE)
				.screen();
		final int tiles = screen.fields().size() * (size / TILE) * (size / TILE);
		System.out.printf(Locale.ROOT, "%d plates of %d fields of %d x %d x %d, %d tiles; heap at most %d MB%n", plates,
			fields, size, size, screen.channels().size(), tiles, Runtime.getRuntime().maxMemory() >> 20);

		final List<Double> ratios = new ArrayList<>();
		final List<Double> shares = new ArrayList<>();
		try (Watched network = new Watched(TileNetwork.open(model, "cpu"))) {
			// Warms everything up and keeps the first batches.
			embed(new Screen(screen.channels(), screen.fields().subList(0, Math.min(screen.fields().size(), fields))),
				network);
			final int channels = screen.channels().size();
			forward(network, channels, 100);
			double before = forward(network, channels, tiles / 2);
			for (int round = 0; round < rounds; round++) {
				network.at500 = 0;
				network.tiles.set(0);
				final Clock clock = new Clock();
				final EmbeddingReport report = embed(screen, network);
				final double wall = clock.wall();
				final double inside = clock.network();
				final double outside = clock.process() - inside;
				if (report.tiles() != tiles) throw new IllegalStateException(report.message());
				final double after = forward(network, channels, tiles / 2);
				final double bare = tiles / 2 * 2 / (before + after);
				ratios.add(tiles / wall / bare);
				shares.add(inside / (inside + outside));
				System.out.printf(Locale.ROOT,
					"Embed Screen %.2f tiles/s (its start took %.2f s, its end %.2f s), " +
						"bare forward %.2f, ratio %.3f%n",
					tiles / wall, (network.first - clock.start) * 1e-9, wall - (network.last - clock.start) * 1e-9,
					bare, tiles / wall / bare);
				System.out.printf(Locale.ROOT,
					"  processor time per tile: network %.1f ms, everything else %.2f ms, so at most %.3f; " +
						"resident %d MB at tile 500, %d MB at the end%n",
					inside / tiles * 1e3, outside / tiles * 1e3, inside / (inside + outside), network.at500,
					residentMegabytes());
				before = after;
			}
		}
		BenchRatio.print("Embed Screen / bare forward pass, " + model, ratios);
		System.out.printf(Locale.ROOT, "ratio median %.3f (%.3f to %.3f); by processor time %.3f%n", median(ratios),
			ratios.get(0), ratios.get(ratios.size() - 1), median(shares));
	}

	private static EmbeddingReport embed(final Screen screen, final TileNetwork network) throws IOException {
		return new ScreenEmbedder(FieldReaders.builtIn()).embed(screen, network,
			EmbeddingOptions.into(Path.of("target", "bench", "profiles.parquet")).withTile(TILE).withResume(false),
			Progress.NONE);
	}

	/** Seconds that the network alone takes for so many tiles, with as many calls at once as Embed Screen makes. */
	private static double forward(final Watched network, final int channels, final int tiles) {
		final ExecutorService lanes = Executors.newFixedThreadPool(network.lanes());
		try {
			final Clock clock = new Clock();
			final List<Future<?>> done = new ArrayList<>();
			for (int from = 0, i = 0; from < tiles; from += network.batch, i++) {
				final FloatBuffer batch = network.kept.get(i % network.kept.size());
				final int n = Math.min(network.batch, tiles - from);
				done.add(lanes.submit(() -> network.bare().embed(batch, n, channels, TILE)));
			}
			for (final Future<?> one : done) one.get();
			final double wall = clock.wall();
			System.out.printf(Locale.ROOT, "  bare forward %.2f tiles/s; processor time per tile: network %.1f ms%n",
				tiles / wall, clock.network() / tiles * 1e3);
			return wall;
		}
		catch (final InterruptedException | ExecutionException exc) {
			throw new IllegalStateException(exc);
		}
		finally {
			lanes.shutdown();
		}
	}

	/** Time on the wall, of this process, and of the threads of the network, since it was made. */
	private static final class Clock {

		private final long start = System.nanoTime();
		private final long process = processNanos();
		private final long network = networkNanos();

		double wall() {
			return (System.nanoTime() - start) * 1e-9;
		}

		double process() {
			return (processNanos() - process) * 1e-9;
		}

		double network() {
			return (networkNanos() - network) * 1e-9;
		}

		private static long processNanos() {
			return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
				.getProcessCpuTime();
		}

		private static long networkNanos() {
			final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
			return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
				.filter(info -> info != null && info.getThreadName().startsWith("isophene-worker-"))
				.mapToLong(info -> threads.getThreadCpuTime(info.getThreadId()))
				.sum();
		}
	}

	/** A network that keeps copies of the first full batches and notes when it was asked first and last. */
	private static final class Watched extends ForwardingTileNetwork {

		private final List<FloatBuffer> kept = new ArrayList<>();
		private final AtomicInteger tiles = new AtomicInteger();
		private int batch;
		private long first;
		private volatile long last;
		private volatile long at500;

		Watched(final TileNetwork network) {
			super(network);
		}

		/** The network itself. */
		TileNetwork bare() {
			return network;
		}

		@Override
		public float[][] embed(final FloatBuffer images, final int n, final int channelCount, final int side) {
			synchronized (this) {
				batch = Math.max(batch, n);
				if (n == batch && kept.size() < KEPT) {
					kept.add(ByteBuffer.allocateDirect(4 * images.remaining())
						.order(ByteOrder.nativeOrder())
						.asFloatBuffer()
						.put(images.duplicate())
						.flip());
				}
				if (tiles.get() == 0) first = System.nanoTime();
				if (tiles.addAndGet(n) >= 500 && at500 == 0) at500 = residentMegabytes();
			}
			final float[][] vectors = network.embed(images, n, channelCount, side);
			last = System.nanoTime();
			return vectors;
		}

		@Override
		public int lanes() {
			return network.lanes();
		}

		@Override
		public void close() {
			network.close();
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
