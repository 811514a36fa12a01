// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Arrays;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.OneThread;
import io.github.isophene.engine.Tensors;
import io.github.isophene.network.weights.StateDict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against torchvision, and for the anti-aliased form against a PyTorch module written for the purpose. */
@ExtendWith(OneThread.class)
class ResNetTest {

	private static final float TOLERANCE = 1e-4f;

	private NDManager manager;

	@BeforeEach
	void open() {
		manager = Engines.newManager("cpu");
	}

	@AfterEach
	void close() {
		manager.close();
	}

	@ParameterizedTest
	@ValueSource(strings = {"resnet18", "resnet50", "resnet18-aa", "resnet50-aa"})
	void everyNormalizationGivesWhatPyTorchGives(final String name) throws IOException {
		final StateDict golden = GoldenTensors.numbers();
		final Architecture architecture = Architecture.of(name, GoldenTensors.CHANNELS, 64, GoldenTensors.CLASSES);
		final StateDict weights = GoldenTensors.weights(architecture);
		final Parameters parameters = new Parameters(manager, architecture, weights);
		final ResNet network = new ResNet(architecture, parameters);
		final NDArray x = Tensors.create(manager, GoldenTensors.images(4, 128), 4, 5, 128, 128);

		final NDArray running = network.embed(x, Normalization.running());
		assertGolden(golden, name + ".running", running);
		assertGolden(golden, name + ".logits", network.logits(running));
		assertGolden(golden, name + ".batch", network.embed(x, Normalization.batch()));
		assertGolden(golden, name + ".samples", network.embed(x, Normalization.samples(1, 4)));
		// Nothing of this has changed the stored statistics: they are still those of the start.
		assertArrayEquals(weights.get("bn1.running_mean").values(), parameters.get("bn1.running_mean").toFloatArray());

		final StatisticsAccumulator accumulator = new StatisticsAccumulator();
		network.embed(x, accumulator);
		try (GivenStatistics given = new GivenStatistics(manager, biased(accumulator.result(), architecture))) {
			assertGolden(golden, name + ".batch", network.embed(x, given));
		}

		assertGolden(golden, name + ".batch", network.embed(x, Normalization.updating(0.1f)));
		final Architecture.Block last = architecture.stages().get(3).get(architecture.stages().get(3).size() - 1);
		assertArrayEquals(golden.get(name + ".updated_mean").values(),
			parameters.get(last.name() + ".bn2.running_mean").toFloatArray(), TOLERANCE);
		assertArrayEquals(golden.get(name + ".updated_var").values(),
			parameters.get(last.name() + ".bn2.running_var").toFloatArray(), TOLERANCE);
	}

	@Test
	void theAntiAliasedHeadSmoothsALargeMapFirst() throws IOException {
		final Architecture architecture = Architecture.of("resnet50-aa", GoldenTensors.CHANNELS, 8,
			GoldenTensors.CLASSES);
		final ResNet network = new ResNet(architecture,
			new Parameters(manager, architecture, GoldenTensors.weights(architecture)));
		final NDArray x = Tensors.create(manager, GoldenTensors.images(1, 288), 1, 5, 288, 288);
		final float[] embedding = network.embed(x, Normalization.running()).toFloatArray();
		assertArrayEquals(Arrays.copyOf(GoldenTensors.numbers().get("resnet50-aa.large").values(), 256), embedding,
			TOLERANCE);
	}

	@Test
	void aTapSeesEveryPart() {
		final Architecture architecture = Architecture.of("resnet18", 2, 4, 0);
		final ResNet network = new ResNet(architecture,
			new Parameters(manager, architecture, Initialization.random(architecture, 1)));
		final NDArray x = Tensors.create(manager, EncoderTest.images(1, 2, 64), 1, 2, 64, 64);
		final StringBuilder seen = new StringBuilder();
		final NDArray zero = network.embed(x, Normalization.running(), (stage, a) -> {
			seen.append(stage).append(':').append(a.getShape().get(1)).append(' ');
			return stage == 4 ? a.zerosLike() : a;
		});
		assertEquals("0:4 1:4 2:8 3:16 4:32 ", seen.toString());
		assertArrayEquals(new float[32], zero.toFloatArray());
	}

	@Test
	void imagesWithOtherChannelsAreRefused() {
		final Architecture architecture = Architecture.of("resnet18", 2, 4, 0);
		final ResNet network = new ResNet(architecture,
			new Parameters(manager, architecture, Initialization.random(architecture, 1)));
		assertThrows(IllegalArgumentException.class,
			() -> network.embed(manager.zeros(new ai.djl.ndarray.types.Shape(1, 3, 64, 64)), Normalization.running()));
	}

	/**
	 * Returns the statistics with the biased variance, which normalizes a batch, where the stored one is
	 * unbiased; their ratio for 4 images of 128x128.
	 */
	private static BatchStatistics biased(final BatchStatistics unbiased, final Architecture architecture) {
		final StateDict scaled = new StateDict();
		unbiased.layers().forEach((layer, s) -> {
			final int side = layer.equals("bn1") ? 64 : side(layer, architecture);
			final float n = 4 * side * side;
			final float[] variance = s.variance().clone();
			for (int i = 0; i < variance.length; i++) variance[i] *= (n - 1) / n;
			scaled.put(layer + ".running_mean", new long[]{variance.length}, s.mean());
			scaled.put(layer + ".running_var", new long[]{variance.length}, variance);
		});
		return BatchStatistics.of(architecture, scaled);
	}

	/** Height of the map that a layer normalizes: strides come with a stage's first strided (or pooled) convolution. */
	private static int side(final String layer, final Architecture architecture) {
		final int stage = layer.charAt(5) - '0';
		final int after = 32 >> stage - 1;
		final boolean before = stage > 1 && layer.contains(".0.") && !layer.contains("downsample") &&
			(layer.endsWith("bn1") &&
				(architecture.depth() == Architecture.NetworkDepth.RESNET50 || architecture.antiAliased()) ||
				layer.endsWith("bn2") && architecture.depth() == Architecture.NetworkDepth.RESNET50 &&
					architecture.antiAliased());
		return before ? 2 * after : after;
	}

	private static void assertGolden(final StateDict golden, final String name, final NDArray rows) {
		final float[][] all = Tensors.rows(rows);
		final float[] expected = golden.get(name).values();
		final int d = expected.length / 2;
		assertEquals(d, all[0].length);
		assertArrayEquals(Arrays.copyOf(expected, d), all[0], TOLERANCE, name);
		assertArrayEquals(Arrays.copyOfRange(expected, d, 2 * d), all[all.length - 1], TOLERANCE, name);
	}
}
