// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

import io.github.isophene.embedding.PixelStatistics;
import io.github.isophene.embedding.TileNetwork;

/**
 * Processor time of the statistics of pixels ({@code features=both} in Embed Screen) over that of the embedding of the
 * same tiles, in turns: of all threads of the process, as both share the processors in a run.
 * <p>
 * Arguments: channels (4), side of a tile in pixels (224), rounds (12).
 * </p>
 */
public final class PixelStatisticsBench {

	private static final int TILES = 64;
	private static final int WARM_UP = 4;

	private PixelStatisticsBench() {}

	public static void main(final String[] arguments) throws Exception {
		final int channels = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 4;
		final int side = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 224;
		final int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 12;
		final int pixels = channels * side * side;
		final FloatBuffer tiles = ByteBuffer.allocateDirect(4 * TILES * pixels)
			.order(ByteOrder.nativeOrder())
			.asFloatBuffer();
		final SplittableRandom random = new SplittableRandom(1);
		// Smooth objects with noise, as cells are: percentiles of noise alone would be the easy case.
		for (int i = 0; i < TILES * pixels; i++) {
			final int x = i % side;
			final int y = i / side % side;
			tiles.put(i, (float) (Math.max(0, Math.sin(x / 9.0) * Math.sin(y / 11.0)) + .1 * random.nextDouble()));
		}
		final List<Double> ratios = new ArrayList<>();
		final float[] tile = new float[pixels];
		double sum = 0;
		try (TileNetwork network = TileNetwork.open("default", "cpu")) {
			for (int round = 0; round < WARM_UP + rounds; round++) {
				final long start = processorTime();
				sum += network.embed(tiles, TILES, channels, side)[0][0];
				final long middle = processorTime();
				for (int t = 0; t < TILES; t++) {
					tiles.get(t * pixels, tile);
					sum += PixelStatistics.detailed(tile, channels, side, side)[0];
				}
				final long end = processorTime();
				if (round < WARM_UP) continue;
				ratios.add((end - middle) / (double) (middle - start));
				System.out.printf(Locale.ROOT, "embedding %.2f ms per tile, statistics %.2f ms%n",
					(middle - start) * 1e-6 / TILES, (end - middle) * 1e-6 / TILES);
			}
		}
		if (!Double.isFinite(sum)) throw new IllegalStateException("a statistic is not finite");
		BenchRatio.print("statistics / embedding, processor time, default, " + channels + " channels of " + side +
			" px", ratios);
	}

	/** Returns what the threads of the process have used, in nanoseconds. */
	private static long processorTime() {
		return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
			.getProcessCpuTime();
	}
}
