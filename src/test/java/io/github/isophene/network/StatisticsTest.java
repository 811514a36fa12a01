// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatisticsTest {

	private NDManager manager;
	private NormParameters layer;

	@BeforeEach
	void open() {
		manager = Engines.newManager("cpu");
		layer = new NormParameters("bn1", array(1, 2), array(0, 0.5f), array(0, 0), array(1, 1));
	}

	@AfterEach
	void close() {
		manager.close();
	}

	private NDArray array(final float... values) {
		return Tensors.create(manager, values, values.length);
	}

	/** Five samples of 2 channels, 1x2 pixels. */
	private NDArray samples(final int from, final int to) {
		final float[] all = {1, 2, 10, 20, 3, 5, 30, 10, -4, 0, 0, 70, 8, 8, 50, 40, 2, 3, 60, -10};
		final float[] part = new float[(to - from) * 4];
		System.arraycopy(all, from * 4, part, 0, part.length);
		return Tensors.create(manager, part, to - from, 2, 1, 2);
	}

	@Test
	void severalBatchesGiveTheStatisticsOfAllTheirValues() {
		final StatisticsAccumulator accumulator = new StatisticsAccumulator();
		accumulator.apply(samples(0, 1), layer);
		accumulator.apply(samples(1, 4), layer);
		accumulator.apply(samples(4, 5), layer);
		final BatchStatistics.LayerStatistics all = accumulator.result().get("bn1");
		// Mean and unbiased variance of (1 2 3 5 -4 0 8 8 2 3) and (10 20 30 10 0 70 50 40 60 -10), by hand.
		assertArrayEquals(new float[]{2.8f, 28}, all.mean(), 1e-6f);
		assertArrayEquals(new float[]{117.6f / 9, 6360f / 9}, all.variance(), 1e-3f);
	}

	@Test
	void oneValuePerChannelHasNoVariance() {
		final String message = assertThrows(IllegalArgumentException.class,
			() -> new StatisticsAccumulator().apply(manager.zeros(new Shape(1, 2, 1, 1)), layer)).getMessage();
		assertTrue(message.contains("bn1"), message);
		assertThrows(IllegalStateException.class, () -> new StatisticsAccumulator().result());
	}

	@Test
	void givenStatisticsAreUsed() {
		final BatchStatistics statistics = new BatchStatistics(
			Map.of("bn1", new BatchStatistics.LayerStatistics(new float[]{1, 10}, new float[]{4, 25})));
		try (GivenStatistics given = new GivenStatistics(manager, statistics)) {
			assertArrayEquals(new float[]{0, 0.5f, 0.5f, 4.5f}, given.apply(samples(0, 1), layer).toFloatArray(),
				1e-4f);
			final NormParameters other = new NormParameters("layer9.0.bn1", layer.gamma(), layer.beta(),
				layer.runningMean(), layer.runningVar());
			assertThrows(IllegalArgumentException.class, () -> given.apply(samples(0, 1), other));
		}
	}

	@Test
	void statisticsOfAllSamplesAreThoseOfTheBatch() {
		final NDArray x = samples(0, 5);
		assertArrayEquals(Normalization.batch().apply(x, layer).toFloatArray(),
			Normalization.samples(0, 5).apply(x, layer).toFloatArray(), 1e-5f);
	}

	@Test
	void statisticsOfTheControlsDoNotDependOnTheQueries() {
		final float[] one = Normalization.samples(2, 5).apply(samples(0, 5), layer).toFloatArray();
		final NDArray changed = samples(0, 5);
		changed.set(new NDIndex("0:2"), 99);
		final float[] other = Normalization.samples(2, 5).apply(changed, layer).toFloatArray();
		for (int i = 8; i < 20; i++) assertEquals(one[i], other[i]);
	}

	@Test
	void samplesThatAreNotThereAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> Normalization.samples(2, 2));
		assertThrows(IllegalArgumentException.class, () -> Normalization.samples(2, 6).apply(samples(0, 5), layer));
		assertThrows(IllegalArgumentException.class, () -> Normalization.updating(1.5f));
	}

	@Test
	void aModelWithOtherStatisticsKeepsItsWeights() {
		final Model model = FoldedResNetTest.model("resnet18", 2, 4);
		final BatchStatistics own = BatchStatistics.of(model.card().architecture(), model.weights());
		assertEquals(model, model.withStatistics(own));
		final Model other = model
			.withStatistics(new BatchStatistics(Map.of("bn1",
			new BatchStatistics.LayerStatistics(new float[4], new float[4]))));
		assertArrayEquals(new float[4], other.weights().get("bn1.running_var").values());
		assertEquals(model.weights().get("conv1.weight"), other.weights().get("conv1.weight"));
	}
}
