// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.github.isophene.adaptation.GoldenAdaptation;
import io.github.isophene.adaptation.ReferenceSplitMix;
import io.github.isophene.engine.Engines;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Initialization;
import io.github.isophene.network.LayerNorms;
import io.github.isophene.network.weights.Safetensors;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Tiny;
import io.github.isophene.training.TrainingResult;
import io.github.isophene.training.data.DomainEpisodes;
import io.github.isophene.training.data.Episode;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.data.PlateImages;
import io.github.isophene.training.data.WholePlateEpisodes;
import org.junit.jupiter.api.Test;

/** CORAL, DANN and BEN: values and gradients of golden_baselines.py, and which images come together. */
class BatchInvariantTest {

	private static float[] golden(final String name) throws Exception {
		try (InputStream in = GoldenAdaptation.class.getResourceAsStream("golden_baselines.safetensors")) {
			final byte[] bytes = in.readAllBytes();
			return Safetensors.read(new ByteArrayInputStream(bytes), bytes.length).get(name).values();
		}
	}

	private static NDArray numbers(final NDManager manager, final String name, final long... shape) {
		final ReferenceSplitMix random = new ReferenceSplitMix(name);
		final double[] values = new double[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
		Arrays.setAll(values, i -> 2 * random.next() - 1);
		final NDArray array = manager.create(values).reshape(shape);
		array.setRequiresGradient(true);
		return array;
	}

	private static void assertGolden(final String name, final NDArray loss, final NDArray... leaves) throws Exception {
		final float[] expected = golden(name);
		final double[] found = new double[expected.length];
		found[0] = loss.getDouble();
		int at = 1;
		for (final NDArray leaf : leaves) for (final double g : leaf.getGradient().toDoubleArray()) found[at++] = g;
		assertEquals(found.length, at);
		for (int i = 0; i < at; i++) assertEquals(expected[i], found[i], 1e-6, name + " " + i);
	}

	@Test
	void coralIsThatOfAutograd() throws Exception {
		try (NDManager manager = Engines.newManager("cpu");
			GradientCollector gradients = manager.getEngine().newGradientCollector())
		{
			final NDArray x = numbers(manager, "coral", 9, 5);
			final NDArray penalty = new Coral().penalty(null, x, "a b c a b c a b b".split(" "));
			gradients.backward(penalty);
			assertGolden("coral", penalty, x);
		}
	}

	@Test
	void dannReversesTheGradientOfTheBatchClassifier() throws Exception {
		try (NDManager manager = Engines.newManager("cpu");
			GradientCollector gradients = manager.getEngine().newGradientCollector())
		{
			final NDArray x = numbers(manager, "dann", 6, 4);
			final NDArray weight1 = numbers(manager, "dann weight1", 3, 4);
			final float lambda = (float) (2 / (1 + Math.exp(-3)) - 1);
			final NDArray loss = Dann.loss(x, weight1, numbers(manager, "dann bias1", 3),
				numbers(manager, "dann weight2", 2, 3), numbers(manager, "dann bias2", 2), new int[]{0, 1, 0, 1, 1, 0},
				lambda);
			gradients.backward(loss);
			assertGolden("dann", loss, x, weight1);
		}
	}

	@Test
	void trainsAndGivesTheSameBytesForOneSeed() throws Exception {
		for (final Objective objective : List.of(new Coral(), new Dann(), new Ben())) {
			final TrainingResult first = Tiny.trainer(objective, Tiny.OPTIONS).train(Tiny.NETWORK, Tiny.START);
			final TrainingResult again = Tiny.trainer(objective, Tiny.OPTIONS).train(Tiny.NETWORK, Tiny.START);
			for (final String name : first.last().names()) {
				assertArrayEquals(first.last().get(name).values(), again.last().get(name).values(),
					objective.name() + " " + name);
			}
			assertTrue(first.log().get(3).trainingAccuracy() > first.log().get(0).trainingAccuracy(),
				objective.name() + " learns nothing");
		}
	}

	@Test
	void aGroupNormalizedNetworkTrainsByErmAndNotInContext() throws Exception {
		final Architecture network = Tiny.NETWORK.withNorms(LayerNorms.GROUP);
		final TrainingResult result = Tiny.trainer(new Erm(), Tiny.OPTIONS)
			.train(network, Initialization.random(network, 1));
		assertTrue(result.log().get(3).trainingLoss() < result.log().get(0).trainingLoss());
		assertTrue(assertThrows(IllegalArgumentException.class,
			() -> Tiny.trainer(new CsArmBn(), Tiny.OPTIONS).train(network, Initialization.random(network, 1)))
			.getMessage()
			.contains("normalizes each image by itself"));
	}

	@Test
	void episodesOfDomainsHoldEquallyManyImagesOfEachBatch() {
		final DomainEpisodes sampler = new DomainEpisodes(Tiny.DATA, Tiny.SPLIT.training(), new EpisodeSizes(8, 8, 1),
			2, m -> {});
		for (final Episode episode : sampler.epoch(RandomStream.of(1, "x"))) {
			final List<String> batches = Arrays.stream(episode.queries())
				.mapToObj(i -> Tiny.DATA.samples().get(i).batch())
				.toList();
			final Set<String> distinct = new HashSet<>(batches);
			assertEquals(2, distinct.size());
			for (final String batch : distinct) assertEquals(4, batches.stream().filter(batch::equals).count());
			assertEquals(0, episode.controls().length);
		}
	}

	@Test
	void episodesOfBenAreASampleOfTheWholePlate() {
		final WholePlateEpisodes sampler = new WholePlateEpisodes(Tiny.DATA, Tiny.SPLIT.training(),
			new EpisodeSizes(8, 1, 1), m -> {});
		final List<PlateImages> plates = PlateImages.of(Tiny.DATA, Tiny.SPLIT.training());
		for (final Episode episode : sampler.epoch(RandomStream.of(1, "x"))) {
			final String plate = Tiny.DATA.samples().get(episode.sample(0)).plate();
			final PlateImages of = plates.stream().filter(p -> p.plate().equals(plate)).findFirst().orElseThrow();
			assertEquals(8, episode.queries().length);
			assertEquals(Math.round(8f * of.controls().length / of.labeled().length), episode.controls().length);
			assertTrue(IntStream.range(0, episode.size())
				.allMatch(i -> Tiny.DATA.samples().get(episode.sample(i)).plate().equals(plate)));
		}
	}
}
