// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.github.isophene.numerics.RandomStream;
import io.github.isophene.training.objective.ArmBn;
import io.github.isophene.training.objective.CsArmBn;
import io.github.isophene.training.objective.Erm;
import org.junit.jupiter.api.Test;

class EpisodeSamplerTest {

	/** Plates with so many labeled images and controls. */
	private static TrainingData data(final int[]... plates) {
		final List<Sample> samples = new ArrayList<>();
		for (int p = 0; p < plates.length; p++) {
			for (int i = 0; i < plates[p][0]; i++) samples.add(new Sample("p" + p, "b" + p / 2, i % 4, false));
			for (int i = 0; i < plates[p][1]; i++) samples.add(new Sample("p" + p, "b" + p / 2, -1, true));
			// An image that is neither: a treatment outside the classes.
			samples.add(new Sample("p" + p, "b" + p / 2, -1, false));
		}
		return new TrainingData(samples, List.of("a", "b", "c", "d"),
			new AugmentedTiles(i -> null, 0, 1, Augmentation.all(32)));
	}

	private static int[] all(final TrainingData data) {
		return IntStream.range(0, data.samples().size()).toArray();
	}

	@Test
	void episodesAreAsPublished() {
		final TrainingData data = data(new int[]{300, 140}, new int[]{64, 128}, new int[]{65, 129}, new int[]{500, 16},
			new int[]{40, 300}, new int[]{120, 200}, new int[]{90, 150}, new int[]{70, 150});
		final List<String> log = new ArrayList<>();
		final PlateEpisodes sampler = new PlateEpisodes(data, all(data), EpisodeSizes.AUTOMATIC, log::add);
		assertEquals(EpisodeSizes.PUBLISHED, sampler.sizes());
		assertEquals(List.of(), log);
		final int n = 300 + 64 + 65 + 500 + 40 + 120 + 90 + 70;
		assertEquals(n / 64 / 8 * 8, sampler.episodesPerEpoch());
		final TreeMap<String, Integer> chosen = new TreeMap<>();
		final int epochs = 400;
		for (int e = 0; e < epochs; e++) {
			final List<Episode> epoch = sampler.epoch(RandomStream.of(3, "episodes", e));
			assertEquals(sampler.episodesPerEpoch(), epoch.size());
			for (final Episode episode : epoch) {
				final String plate = data.samples().get(episode.queries()[0]).plate();
				chosen.merge(plate, 1, Integer::sum);
				assertEquals(64, episode.queries().length);
				assertEquals(128, episode.controls().length);
				assertTrue(Arrays.stream(episode.queries())
					.allMatch(i -> data.samples().get(i).labeled() && data.samples().get(i).plate().equals(plate)));
				assertTrue(Arrays.stream(episode.controls())
					.allMatch(i -> data.samples().get(i).control() && data.samples().get(i).plate().equals(plate)));
				final int labeled = (int) data.samples()
					.stream()
					.filter(s -> s.plate().equals(plate) && s.labeled())
					.count();
				final int controls = (int) data.samples()
					.stream()
					.filter(s -> s.plate().equals(plate) && s.control())
					.count();
				final long distinct = Arrays.stream(episode.queries()).distinct().count();
				final long distinctControls = Arrays.stream(episode.controls()).distinct().count();
				// Without replacement where there are more than are wanted; 64 of 64 with: all distinct is out
				// of reach.
				assertEquals(labeled > 64, distinct == 64, plate);
				assertEquals(controls > 128, distinctControls == 128, plate);
				assertEquals(episode.queries()[5], episode.sample(5));
				assertEquals(episode.controls()[7], episode.sample(71));
			}
		}
		// Uniform over 8 plates, however many images they have: 5 sigma.
		final double expected = epochs * sampler.episodesPerEpoch() / 8.0;
		assertEquals(8, chosen.size());
		chosen.forEach((plate, count) -> assertEquals(expected, count, 5 * Math.sqrt(expected), plate));
	}

	@Test
	void everyImageIsEquallyLikely() {
		final TrainingData data = data(new int[]{90, 150});
		final PlateEpisodes sampler = new PlateEpisodes(data, all(data), new EpisodeSizes(64, 128, 1), m -> {});
		final int[] count = new int[240];
		final int epochs = 3000;
		for (int e = 0; e < epochs; e++) {
			for (final Episode episode : sampler.epoch(RandomStream.of(3, "episodes", e))) {
				for (int i = 0; i < episode.size(); i++) count[episode.sample(i)]++;
			}
		}
		for (int i = 0; i < 90; i++)
			assertEquals(epochs * 64 / 90.0, count[i], 5 * Math.sqrt(epochs * 64 / 90.0 * 26 / 90));
		for (int i = 90; i < 240; i++)
			assertEquals(epochs * 128 / 150.0, count[i], 5 * Math.sqrt(epochs * 128 / 150.0 * 22 / 150));
	}

	@Test
	void anEpochDependsOnItsStreamOnly() {
		final TrainingData data = data(new int[]{90, 150}, new int[]{90, 150});
		final PlateEpisodes sampler = new PlateEpisodes(data, all(data), EpisodeSizes.AUTOMATIC, m -> {});
		final List<Episode> first = sampler.epoch(RandomStream.of(1, "episodes", 4));
		sampler.epoch(RandomStream.of(1, "episodes", 5));
		final List<Episode> again = sampler.epoch(RandomStream.of(1, "episodes", 4));
		for (int i = 0; i < first.size(); i++) {
			assertArrayEquals(first.get(i).queries(), again.get(i).queries());
			assertArrayEquals(first.get(i).controls(), again.get(i).controls());
		}
		assertTrue(
			!Arrays.equals(first.get(0).queries(), sampler.epoch(RandomStream.of(2, "episodes", 4)).get(0).queries()));
	}

	@Test
	void smallPlatesGetSmallerEpisodesAndAMessage() {
		final TrainingData data = data(new int[]{20, 10}, new int[]{24, 32}, new int[]{30, 50});
		final List<String> log = new ArrayList<>();
		final EpisodeSizes sizes = new PlateEpisodes(data, all(data), EpisodeSizes.AUTOMATIC, log::add).sizes();
		assertEquals(new EpisodeSizes(24, 32, 3), sizes);
		assertTrue(log.toString().contains("takes 24 and 32, a step 3"), log.toString());
		log.clear();
		assertEquals(new EpisodeSizes(16, 64, 2),
			new PlateEpisodes(data, all(data), new EpisodeSizes(16, 64, 2), log::add).sizes());
		assertTrue(log.toString().contains("with replacement"), log.toString());
	}

	@Test
	void platesWithoutControlsAreLeftOutAndNamed() {
		final TrainingData data = data(new int[]{20, 10}, new int[]{24, 0}, new int[]{0, 50});
		final List<String> log = new ArrayList<>();
		final PlateEpisodes sampler = new PlateEpisodes(data, all(data), EpisodeSizes.AUTOMATIC, log::add);
		assertEquals(List.of("p0"), sampler.plates());
		assertTrue(log.toString().contains("1 of 2 training plates") && log.toString().contains("p1"), log.toString());
		final TrainingData none = data(new int[]{20, 0});
		final String message = assertThrows(IllegalArgumentException.class,
			() -> new CsArmBn().sampler(none, all(none), EpisodeSizes.AUTOMATIC, m -> {})).getMessage();
		assertTrue(message.contains("controls"), message);
		assertThrows(IllegalArgumentException.class,
			() -> new CsArmBn().sampler(data, all(data), new EpisodeSizes(8, 0, 1), m -> {}));
	}

	@Test
	void armBnHasNoControls() {
		final TrainingData data = data(new int[]{20, 10}, new int[]{24, 0});
		final EpisodeSampler sampler = new ArmBn().sampler(data, all(data), EpisodeSizes.AUTOMATIC, m -> {});
		assertEquals(0, sampler.sizes().controls());
		for (final Episode e : sampler.epoch(RandomStream.of(1, "x"))) assertEquals(0, e.controls().length);
	}

	@Test
	void ordinaryBatchesTakeEachLabeledImageOnce() {
		final TrainingData data = data(new int[]{20, 10}, new int[]{24, 0});
		final List<String> log = new ArrayList<>();
		final EpisodeSampler sampler = new Erm().sampler(data, all(data), new EpisodeSizes(10, 5, 1), log::add);
		final List<Episode> epoch = sampler.epoch(RandomStream.of(1, "x"));
		assertEquals(4, epoch.size());
		final int[] drawn = epoch.stream().flatMapToInt(e -> Arrays.stream(e.queries())).sorted().toArray();
		assertEquals(40, drawn.length);
		assertEquals(40, Arrays.stream(drawn).distinct().count());
		assertTrue(Arrays.stream(drawn).allMatch(i -> data.samples().get(i).labeled()));
		assertTrue(epoch.stream()
			.anyMatch(
				e -> Arrays.stream(e.queries()).mapToObj(i -> data.samples().get(i).plate()).distinct().count() == 2),
			"batches must mix plates");
		assertEquals(44, new Erm().sampler(data, all(data), EpisodeSizes.AUTOMATIC, log::add).sizes().queries());
		assertTrue(log.toString().contains("44 instead of 64"), log.toString());
	}
}
