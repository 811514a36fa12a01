// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

import io.github.isophene.adaptation.tiles.FieldImages;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.progress.Progress;
import io.github.isophene.training.data.Augmentation;
import io.github.isophene.training.data.AugmentedTiles;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.data.Sample;
import io.github.isophene.training.data.TrainingData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Splits, mixtures, trials, tables. */
class ComparisonPartsTest {

	private final ToyScreen screen = new ToyScreen(5, 2, 6, 8, 1, 2);

	@Test
	void noPlateIsOnTwoSidesOfASplit() {
		for (long seed = 0; seed < 30; seed++) {
			final OuterSplit split = OuterSplit.of(screen.samples(), 2, 3, seed);
			final Set<String> trained = new HashSet<>();
			final Set<String> known = new HashSet<>();
			for (final int i : split.training()) {
				trained.add(screen.samples().get(i).plate());
				known.add(screen.samples().get(i).batch());
			}
			assertEquals(4, split.heldOut().size());
			assertEquals(3, split.inDomain().size());
			assertEquals(10, trained.size() + 7);
			for (final Sample s : screen.samples()) {
				if (split.heldOut().contains(s.plate())) assertTrue(!known.contains(s.batch()), s.plate());
				if (split.inDomain().contains(s.plate())) {
					assertTrue(!trained.contains(s.plate()), s.plate());
					assertTrue(known.contains(s.batch()), "no sister of " + s.plate() + " is trained on");
				}
			}
		}
	}

	@Test
	void seedsHoldOutDifferentBatches() {
		final Set<List<String>> splits = new HashSet<>();
		for (long seed = 0; seed < 10; seed++) splits.add(OuterSplit.of(screen.samples(), 2, 1, seed).heldOut());
		assertTrue(splits.size() > 4, () -> "only " + splits);
	}

	@Test
	void namesWhatCantBeSplit() {
		assertMessage("there is no batch 'x'", () -> OuterSplit.of(screen.samples(), Set.of("x"), 1, 1));
		assertMessage("leave at least 2", () -> OuterSplit.of(screen.samples(), 4, 1, 1));
		assertMessage("indomain = 4", () -> OuterSplit.of(screen.samples(), 2, 4, 1));
		final ToyScreen single = new ToyScreen(5, 1, 2, 2, 1, 2);
		assertEquals(List.of(), OuterSplit.of(single.samples(), 2, 1, 1).inDomain(), "plates as batches");
		assertMessage("All batches are held out", () -> OuterSplit.of(single.samples(),
			Set.of("b0", "b1", "b2", "b3", "b4"), 1, 1));
	}

	@Test
	void whatCantBePredictedIsNamed() {
		final Trial trial = new Trial(Condition.controlWells(1), "b0p0", 0, new int[]{0}, new int[]{18});
		final Evaluation evaluation = new Evaluation(screen.data(null), Method.of("erm-controls"), (of, queries) -> {
			throw new IllegalArgumentException("use more images");
		}, 1);
		assertMessage(
			"Plate b0p0, erm-controls, control-wells=1, with 1 image of controls: use more images, or leave the " +
				"smallest numbers out of wells. What is trained is kept",
			() -> evaluation.run(List.of(trial),
				Progress.NONE));
	}

	@Test
	void whatCantBePredictedIsRefusedBeforeTrainings() {
		final Trial single = new Trial(Condition.controlWells(1), "b0p0", 0, new int[]{0, 1}, new int[]{18});
		final List<Method> all = List.of(Method.of("erm"), Method.of("erm-controls"), Method.of("cs-arm-bn-joint"));
		assertMessage("Plate b0p0, erm-controls, control-wells=1: the statistics come from a single image",
			() -> ComparisonCheck.trials(List.of(single), all, 32));
		ComparisonCheck.trials(List.of(single), all, 33);
		ComparisonCheck.trials(List.of(single), List.of(Method.of("erm"), Method.of("cs-arm-bn-joint")), 32);
	}

	private static void assertMessage(final String part, final Executable what) {
		final String message = assertThrows(IllegalArgumentException.class, what).getMessage();
		assertTrue(message.contains(part), message);
	}

	@Test
	void dirichletHasItsMoments() {
		for (final double alpha : new double[]{0.01, 0.1, 1, 5}) {
			final int k = 5;
			final int n = 20000;
			double mean = 0;
			double squares = 0;
			for (int i = 0; i < n; i++) {
				final double[] p = LabelShift.dirichlet(k, alpha, RandomStream.of(3, "test", i));
				assertEquals(1, Arrays.stream(p).sum(), 1e-12);
				mean += p[2] / n;
				squares += p[2] * p[2] / n;
			}
			// Of Dirichlet(alpha, ..., alpha): mean 1/K, variance (1/K) (1 - 1/K) / (K alpha + 1).
			assertEquals(1.0 / k, mean, 0.012, "alpha " + alpha);
			assertEquals((1.0 / k) * (1 - 1.0 / k) / (k * alpha + 1), squares - mean * mean, 0.006, "alpha " + alpha);
		}
		assertThrows(IllegalArgumentException.class, () -> LabelShift.dirichlet(5, 0, RandomStream.of(1, "test")));
	}

	@Test
	void rotationsAreFairTogether() {
		final int[][] counts = LabelShift.counts(4, 30, 0.1, RandomStream.of(1, "test"));
		final int[] sums = new int[4];
		for (final int[] rotation : counts) {
			assertEquals(30, Arrays.stream(rotation).sum());
			for (int k = 0; k < 4; k++) sums[k] += rotation[k];
		}
		assertArrayEquals(new int[]{30, 30, 30, 30}, sums);
		assertEquals(counts[0][0], counts[1][1]);
	}

	@Test
	void trialsHaveTheMixturesAndControlsThatTheySay() {
		final OuterSplit split = OuterSplit.of(screen.samples(), 2, 2, 1);
		final ComparisonOptions options = ComparisonOptions.into(Path.of("x"))
			.withEpisodes(new EpisodeSizes(4, 8, 1))
			.withLabelShifts(List.of(1e-6), 2)
			.withControlWells(List.of(1, 3, 99), 2);
		final List<Trial> trials = Trials.of(screen.data(), split, options, 1);
		int pure = 0;
		for (final Trial t : trials) {
			for (final int i : t.queries()) {
				assertEquals(t.plate(), screen.samples().get(i).plate());
				assertTrue(screen.samples().get(i).labeled());
			}
			for (final int i : t.controls()) {
				assertEquals(t.plate(), screen.samples().get(i).plate());
				assertTrue(screen.samples().get(i).control());
			}
			final long classes = Arrays.stream(t.queries())
				.map(i -> screen.samples().get(i).label())
				.distinct()
				.count();
			final long wells = Arrays.stream(t.controls())
				.mapToObj(i -> screen.data().positions().get(i).well())
				.distinct()
				.count();
			switch (t.condition().kind()) {
				case IN_DOMAIN -> assertTrue(split.inDomain().contains(t.plate()));
				case HELD_OUT -> assertEquals(18, t.queries().length);
				case SINGLE_CLASS -> assertEquals(1, classes);
				case LABEL_SHIFT -> {
					pure += classes == 1 ? 1 : 0;
					assertEquals(4, t.queries().length);
				}
				case CONTROL_WELLS -> assertEquals((int) t.condition().value(), wells);
			}
			if (t.condition().kind() != Condition.Kind.CONTROL_WELLS) assertEquals(8, t.controls().length);
			if (t.condition().kind() != Condition.Kind.IN_DOMAIN) assertTrue(split.heldOut().contains(t.plate()));
		}
		assertEquals(4 * 2 * 3, pure);
		assertEquals(4 * 2 * 2,
			trials.stream().filter(t -> t.condition().kind() == Condition.Kind.CONTROL_WELLS).count());
	}

	/** 3 batches of 2 plates with 2 images of each class and 4 controls. */
	private static ComparisonData manyClasses(final int classes) {
		final List<Sample> samples = new ArrayList<>();
		final List<FieldImages.Position> positions = new ArrayList<>();
		for (int plate = 0; plate < 6; plate++) {
			for (int i = 0; i < 2 * classes + 4; i++) {
				final boolean control = i >= 2 * classes;
				samples.add(new Sample("p" + plate, "b" + plate / 2, control ? Sample.NO_LABEL : i / 2, control));
				positions.add(new FieldImages.Position("A" + i, "1"));
			}
		}
		return new ComparisonData(
			new TrainingData(samples, IntStream.range(0, classes).mapToObj(k -> "c" + k).toList(),
				new AugmentedTiles(i -> null, samples.size(), 1, Augmentation.all(32))),
			positions, List.of("x"), "typemax", "none", "Metadata_Compound");
	}

	@Test
	void theNumberOfTrialsDoesNotGrowWithTheNumberOfClasses() {
		final ComparisonOptions options = ComparisonOptions.into(Path.of("x")).withControlWells(List.of(), 1);
		final Map<Integer, Integer> trials = new TreeMap<>();
		for (final int classes : new int[]{5, 10, 11, 23, 51}) {
			final ComparisonData data = manyClasses(classes);
			final OuterSplit split = OuterSplit.of(data.samples(), Set.of("b1", "b2"), 1, 1);
			final List<Trial> of = Trials.of(data, split, options, 1);
			trials.put(classes, of.size());
			final Set<Integer> alone = new TreeSet<>();
			for (final Trial t : of) {
				if (t.condition().kind() == Condition.Kind.SINGLE_CLASS)
					alone.add(data.samples().get(t.queries()[0]).label());
			}
			// Four held-out plates of ten classes each, which go on from plate to plate.
			assertEquals(Math.min(classes, 40), alone.size(), classes + " classes");
			assertEquals(of.stream().map(t -> t.draw() + Arrays.toString(t.queries())).toList(),
				Trials.of(data, split, options, 1)
					.stream()
					.map(t -> t.draw() + Arrays.toString(t.queries()))
					.toList());
			assertEquals(classes > 10, Trials.sampling(classes, options).isPresent());
		}
		// Plates as a whole, and five classes or ten under four mixtures and alone on four plates.
		assertEquals(Map.of(5, 5 + 4 * 5 * 5, 10, 205, 11, 205, 23, 205, 51, 205), trials);
		final ComparisonData data = manyClasses(51);
		final OuterSplit split = OuterSplit.of(data.samples(), Set.of("b1", "b2"), 1, 1);
		assertEquals(5 + 4 * (4 * 60 + 51), Trials.of(data, split,
			options.withLabelShifts(options.alphas(), 6), 1).size(), "more draws test more");
	}

	@Test
	void summaryTakesTheSeedAsUnit() {
		final List<
			ResultRow> rows = List.of(row(1, "a", 10, 5), row(1, "b", 30, 30), row(2, "a", 10, 6), row(2, "b", 10, 6));
		final SummaryRow s = Summary.of(rows).row(Method.of("arm-bn-controls"), Condition.HELD_OUT);
		// Seeds: 35/40 = .875 and 12/20 = .6.
		assertEquals(0.7375, s.mean(), 1e-12);
		assertEquals(0.275 / Math.sqrt(2), s.sd(), 1e-12);
		assertEquals(2, s.n());
		assertEquals((0.5 + 0.6) / 2, s.worst(), 1e-12);
		assertTrue(Double.isNaN(
			Summary.of(rows.subList(0, 2)).row(Method.of("arm-bn-controls"), Condition.HELD_OUT).sd()));
	}

	private static ResultRow row(final long seed, final String plate, final int queries, final int correct) {
		return new ResultRow(seed, Method.of("arm-bn-controls"), Condition.HELD_OUT, plate, 0, queries, 4, correct);
	}

	@Test
	void resultsAreReadBack(@TempDir final Path folder) throws IOException {
		final List<Trial> trials = List.of(new Trial(Condition.labelShift(0.01), "a,\"b\"", 3, new int[7], new int[2]),
			new Trial(Condition.HELD_OUT, "c", 0, new int[9], new int[2]));
		final List<ResultRow> rows = List.of(
			new ResultRow(1, Method.of("arm-bn-controls"), Condition.labelShift(0.01), "a,\"b\"", 3, 7, 2, 4),
			new ResultRow(1, Method.of("arm-bn-controls"), Condition.HELD_OUT, "c", 0, 9, 2, 9));
		final Path file = folder.resolve("r.csv");
		ResultFile.write(rows, file);
		assertEquals(rows, ResultFile.read(file, 1, Method.of("arm-bn-controls"), trials));
		final String message = assertThrows(IOException.class,
			() -> ResultFile.read(file, 2, Method.of("arm-bn-controls"), trials)).getMessage();
		assertTrue(message.contains("delete it"), message);
	}

	@Test
	void tableHoldsTheRatioOfTheMeans() {
		final List<ResultRow> rows = List.of(new ResultRow(1, Method.of("erm"), Condition.IN_DOMAIN, "a", 0, 10, 0, 8),
			new ResultRow(1, Method.of("erm"), Condition.HELD_OUT, "b", 0, 10, 0, 4),
			new ResultRow(1, Method.of("erm"), Condition.labelShift(Double.POSITIVE_INFINITY), "b", 0, 10, 0, 3));
		final String text = MarkdownReport.of(Summary.of(rows), List.of("What."));
		assertTrue(text.startsWith("What.\n\n| method |"), text);
		assertTrue(text.contains("| alpha inf |"), text);
		assertTrue(text.contains("| ERM, running statistics | .800 | .400 | .400 | .500 | .300 |"), text);
	}
}
