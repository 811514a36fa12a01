// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

import io.github.isophene.numerics.RandomStream;
import io.github.isophene.pixels.TileSource;
import org.junit.jupiter.api.Test;

class SplitTest {

	/** Random tables: 1 to 8 batches of 1 to 5 plates, in a random order, some plates without labels. */
	private static List<Sample> table(final RandomStream random) {
		final List<Sample> samples = new ArrayList<>();
		final int batches = 1 + random.nextInt(8);
		for (int b = 0; b < batches; b++) {
			final int plates = 1 + random.nextInt(5);
			for (int p = 0; p < plates; p++) {
				final boolean labels = random.nextInt(6) > 0;
				final int images = 1 + random.nextInt(9);
				for (int i = 0; i < images; i++) {
					final boolean control = !labels || random.nextBoolean();
					samples.add(new Sample("b" + b + "p" + p, "b" + b, control ? -1 : random.nextInt(3), control));
				}
			}
		}
		final int[] order = IntStream.range(0, samples.size()).toArray();
		random.shuffle(order);
		return IntStream.of(order).mapToObj(samples::get).toList();
	}

	@Test
	void noPlateIsEverCut() {
		int made = 0;
		for (int trial = 0; trial < 500; trial++) {
			final RandomStream random = RandomStream.of(trial, "tables");
			final List<Sample> samples = table(random);
			final int batches = (int) samples.stream().map(Sample::batch).distinct().count();
			final int out = random.nextInt(batches);
			final Split split;
			try {
				split = Split.of(samples, out, 0.05 + 0.9 * random.nextDouble(), trial);
			}
			catch (final IllegalArgumentException e) {
				assertTrue(e.getMessage().contains("at least 2 plates"), e.getMessage());
				continue;
			}
			made++;
			final List<int[]> parts = List.of(split.training(), split.validation(), split.heldOut());
			final TreeMap<String, Integer> partOfPlate = new TreeMap<>();
			final TreeMap<String, Set<Integer>> partsOfBatch = new TreeMap<>();
			final Set<Integer> seen = new HashSet<>();
			for (int part = 0; part < 3; part++) {
				for (final int i : parts.get(part)) {
					assertTrue(seen.add(i), "sample " + i + " is in two parts");
					final Integer before = partOfPlate.put(samples.get(i).plate(), part);
					assertTrue(before == null || before == part, "plate " + samples.get(i).plate() + " is cut");
					partsOfBatch.computeIfAbsent(samples.get(i).batch(), b -> new TreeSet<>()).add(part);
				}
			}
			assertEquals(samples.size(), seen.size());
			assertTrue(hasLabels(samples, split.training()) && hasLabels(samples, split.validation()));
			partsOfBatch.values().forEach(p -> assertTrue(!p.contains(2) || p.size() == 1, "a held-out batch is cut"));
			assertEquals(out, partsOfBatch.values().stream().filter(p -> p.contains(2)).count());
			// Cut batches only where the split says that it went by plate.
			final boolean byPlate = split.messages().stream().anyMatch(m -> m.contains("by plate"));
			assertTrue(byPlate || partsOfBatch.values().stream().allMatch(p -> p.size() == 1));
		}
		assertTrue(made > 300, "only " + made + " tables could be split");
	}

	private static boolean hasLabels(final List<Sample> samples, final int[] part) {
		return IntStream.of(part).anyMatch(i -> samples.get(i).labeled());
	}

	@Test
	void theSeedDecides() {
		final List<Sample> samples = new ArrayList<>();
		for (int i = 0; i < 200; i++) samples.add(new Sample("b" + i % 10 + "p" + i % 20, "b" + i % 10, i % 3, false));
		assertArrayEquals(Split.of(samples, 3, 0.15, 7).heldOut(), Split.of(samples, 3, 0.15, 7).heldOut());
		assertArrayEquals(Split.of(samples, 3, 0.15, 7).validation(), Split.of(samples, 3, 0.15, 7).validation());
		final Set<String> outcomes = new HashSet<>();
		for (int seed = 0; seed < 20; seed++)
			outcomes.add(java.util.Arrays.toString(Split.of(samples, 3, 0.15, seed).heldOut()));
		assertTrue(outcomes.size() > 10);
	}

	@Test
	void everyClassStaysInTrainingIfItCan() {
		final List<Sample> samples = new ArrayList<>();
		// Class 2 is on one plate of the batches b0, ..., b5 only.
		for (int b = 0; b < 6; b++)
			for (int i = 0; i < 4; i++) samples.add(new Sample("p" + b, "b" + b, b == 3 ? 2 : i % 2, false));
		for (int seed = 0; seed < 30; seed++) {
			final Split split = Split.of(samples, List.of(), 0.3, seed);
			assertTrue(IntStream.of(split.training()).anyMatch(i -> samples.get(i).label() == 2));
		}
	}

	@Test
	void aClassOnAllValidationPlatesIsReported() {
		final List<Sample> samples = List.of(new Sample("p", "b", 0, false), new Sample("q", "b", 1, false));
		final List<String> messages = Split.of(samples, List.of(), 0.15, 1).messages();
		assertTrue(messages.stream().anyMatch(m -> m.contains("can't be learned")), messages.toString());
		assertTrue(messages.stream().anyMatch(m -> m.contains("by plate")), messages.toString());
		assertTrue(messages.stream().anyMatch(m -> m.contains("No batch is held out")), messages.toString());
	}

	@Test
	void faultsAreNamed() {
		final List<Sample> samples = List.of(new Sample("p", "b", 0, false), new Sample("q", "c", 1, false));
		final String unknown = assertThrows(IllegalArgumentException.class,
			() -> Split.of(samples, List.of("x"), 0.15, 1)).getMessage();
		assertTrue(unknown.contains("'x'") && unknown.contains("b, c"), unknown);
		final String few = assertThrows(IllegalArgumentException.class, () -> Split.of(samples, List.of("b"), 0.15, 1))
			.getMessage();
		assertTrue(few.contains("is only q"), few);
		assertThrows(IllegalArgumentException.class, () -> Split.of(samples, 2, 0.15, 1));
		assertThrows(IllegalArgumentException.class, () -> Split.of(samples, 0, 1, 1));
		final TileSource none = new AugmentedTiles(i -> null, 0, 1, Augmentation.all(32));
		final String two = assertThrows(IllegalArgumentException.class,
			() -> new TrainingData(List.of(new Sample("p", "b", 0, false), new Sample("p", "c", 0, false)),
				List.of("x", "y"), none))
			.getMessage();
		assertTrue(two.contains("Plate p is in the batches b and c"), two);
		assertFalse(two.isEmpty());
	}
}
