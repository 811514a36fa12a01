// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.tiles;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import io.github.isophene.adaptation.MemoryTiles;
import io.github.isophene.adaptation.PredictionOptions;
import io.github.isophene.adaptation.Predictor;
import io.github.isophene.adaptation.TinyModels;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Initialization;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.screen.Wells;

/**
 * Processor time of predicting a plate by each origin of statistics, as a ratio to {@code joint}, in turns in
 * one run; the
 * least of the rounds counts. Arguments: queries (200), controls (64), tile (80), width (16), rounds (3), drift
 * (false).
 */
public final class StatisticsBench {

	private StatisticsBench() {}

	public static void main(final String[] args) throws IOException {
		final int[] of = {200, 64, 80, 16, 3};
		for (int i = 0; i < Math.min(args.length, of.length); i++) of[i] = Integer.parseInt(args[i]);
		final boolean drift = args.length > 5 && Boolean.parseBoolean(args[5]);
		final Architecture architecture = Architecture.of("resnet18", 4, of[3], 5);
		final Model plain = new Model(
			new ModelCard("bench", "", architecture, ModelCard.Input.ALL_CHANNELS, List.of("a", "b", "c", "d"), of[2],
				"", List.of("1", "2", "3", "4", "5"), "", StatisticsOrigin.JOINT, Map.of()),
			Initialization.calibrated(architecture, 1));
		final FieldImages queries = images(of[0], of[2], 1);
		final FieldImages controls = images(of[1], of[2], 2);
		final Model model = TinyModels.calibrated(plain);
		final Map<StatisticsOrigin, Double> least = new EnumMap<>(StatisticsOrigin.class);
		for (int round = 0; round <= of[4]; round++) {
			for (final StatisticsOrigin origin : StatisticsOrigin.values()) {
				final long start = cpu();
				new Predictor(List.of(model), PredictionOptions.of(origin).withDevice("cpu").withDrift(drift))
					.predict("P", queries, controls);
				final double seconds = (cpu() - start) * 1e-9;
				// The first round warms up.
				if (round > 0) least.merge(origin, seconds, Math::min);
			}
		}
		least.forEach(
			(origin, seconds) -> System.out.printf(Locale.ROOT, "%s: %.2f s of processor time, %.2f of joint%n",
				origin.label(), seconds, seconds / least.get(StatisticsOrigin.JOINT)));
	}

	/** Nanoseconds of all processors: on a busy machine the clock says little. */
	private static long cpu() {
		return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
			.getProcessCpuTime();
	}

	/** Noise, one image per well. */
	private static FieldImages images(final int n, final int size, final long seed) {
		final MemoryTiles tiles = new MemoryTiles(4, size, size);
		final Random random = new Random(seed);
		for (int i = 0; i < n; i++) {
			final FloatBuffer values = FloatBuffer.allocate(tiles.values());
			while (values.hasRemaining()) values.put((float) random.nextGaussian());
			tiles.add(i, values.array());
		}
		return new FieldImages(List.of("a", "b", "c", "d"),
			IntStream.range(0, n)
				.mapToObj(i -> new FieldImages.Position(Wells.name(1 + i / 24, 1 + i % 24), "1"))
				.toList(),
			tiles);
	}
}
