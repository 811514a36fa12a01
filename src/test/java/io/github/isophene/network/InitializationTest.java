// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.Tensors;
import io.github.isophene.network.weights.StateDict;
import org.junit.jupiter.api.Test;

class InitializationTest {

	/** First outputs of SplitMix64 from the seed 1234567, as published with the generator's reference code. */
	@Test
	void theGeneratorIsSplitMix64() {
		final Initialization.SplitMix random = new Initialization.SplitMix(1234567L);
		assertEquals(6457827717110365317L, random.nextLong());
		assertEquals(3203168211198807973L, random.nextLong());
		assertEquals(Long.parseUnsignedLong("9817491932198370423"), random.nextLong());
	}

	@Test
	void gaussiansHaveTheirMoments() {
		final Initialization.SplitMix random = new Initialization.SplitMix(1, "moments");
		final int n = 200_000;
		double sum = 0;
		double squares = 0;
		double fourth = 0;
		for (int i = 0; i < n; i++) {
			final double v = random.nextGaussian();
			sum += v;
			squares += v * v;
			fourth += v * v * v * v;
		}
		assertEquals(0, sum / n, 0.01);
		assertEquals(1, squares / n, 0.02);
		assertEquals(3, fourth / n, 0.1);
	}

	@Test
	void weightsDependOnSeedAndNameOnly() {
		final StateDict small = Initialization.random(Architecture.of("resnet18", 2, 8, 0), 4);
		final StateDict same = Initialization.random(Architecture.of("resnet34", 2, 8, 5), 4);
		assertArrayEquals(small.get("layer2.0.conv1.weight").values(), same.get("layer2.0.conv1.weight").values());
		final StateDict other = Initialization.random(Architecture.of("resnet18", 2, 8, 0), 5);
		assertFalse(Arrays.equals(small.get("conv1.weight").values(), other.get("conv1.weight").values()));
		assertFalse(
			Arrays.equals(small.get("layer1.0.conv1.weight").values(), small.get("layer1.0.conv2.weight").values()));
	}

	@Test
	void theScaleIsHeOfTheFanOut() {
		final float[] w = Initialization.random(Architecture.of("resnet18", 2, 64, 3), 1)
			.get("layer2.0.conv1.weight")
			.values();
		double squares = 0;
		for (final float v : w) squares += v * v;
		assertEquals(2.0 / (128 * 9), squares / w.length, 0.02 * 2.0 / (128 * 9));
	}

	/** The built-in baseline is a promise: the same bits everywhere, now and later. */
	@Test
	void theFixedSeedModelIsTheOneItAlwaysWas() throws Exception {
		assertEquals("eefe971c3ea08e1149bc091e12c91c7b7574711c77676febb4c16898a4ba77cf",
			ModelFile.weightsSha256(Model.load("fixed-seed").weights()));
	}

	/** The calibration has its own forward pass: the engine must measure the same statistics on the same noise. */
	@Test
	void calibratedStatisticsAreThoseOfTheEngine() {
		for (final String name : new String[]{"resnet18", "resnet50-aa"}) {
			final Architecture architecture = Architecture.of(name, 2, 2, 0);
			final StateDict weights = Initialization.calibrated(architecture, 9);
			final float[] noise = NoiseCalibration.images(2, 9);
			final StatisticsAccumulator accumulator = new StatisticsAccumulator();
			try (NDManager manager = Engines.newManager("cpu");
				Parameters parameters = new Parameters(manager, architecture, weights))
			{
				final int side = NoiseCalibration.SIZE;
				final NDArray x = Tensors.create(manager, noise, noise.length / (2 * side * side), 2, side, side);
				new ResNet(architecture, parameters).embed(x, accumulator);
			}
			BatchStatistics.of(architecture, weights).layers().forEach((layer, s) -> {
				assertArrayEquals(s.mean(), accumulator.result().get(layer).mean(), 1e-4f, name + " " + layer);
				assertArrayEquals(s.variance(), accumulator.result().get(layer).variance(), 1e-3f, name + " " + layer);
			});
		}
	}
}
