// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import io.github.isophene.engine.Precision;
import io.github.isophene.progress.Progress;
import io.github.isophene.progress.StoppingProgress;
import io.github.isophene.progress.StoppingProgress.StopCondition;
import io.github.isophene.training.Objective;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.data.Sample;
import io.github.isophene.training.data.TrainingData;
import io.github.isophene.training.objective.ArmBn;
import io.github.isophene.training.objective.ControlBn;
import io.github.isophene.training.objective.CsArmBn;
import io.github.isophene.training.objective.Dsu;
import io.github.isophene.training.objective.Erm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

	private static final List<Objective> OBJECTIVES = List.of(new Erm(), new ArmBn(), new ControlBn(),
		new CsArmBn());

	private final ToyScreen screen = new ToyScreen(4, 2, 4, 8, 1, 5);

	private static ComparisonOptions tiny(final Path folder) {
		return ComparisonOptions.into(folder)
			.withSeeds(1, 3)
			.withSplit(1, 2)
			.withNetwork("resnet18", 2)
			.withBudget(2, 2e-3)
			.withEpisodes(new EpisodeSizes(4, 4, 1))
			.withLabelShifts(List.of(Double.POSITIVE_INFINITY, 0.1), 1)
			.withControlWells(List.of(1, 4), 1)
			.withDevice("cpu");
	}

	private static ComparisonOptions few(final Path folder) {
		return tiny(folder).withMethods(List.of(Method.of("erm"), Method.of("cs-arm-bn-joint")))
			.withLabelShifts(List.of(0.1), 1)
			.withControlWells(List.of(), 1);
	}

	private ComparisonReport run(final ComparisonOptions options, final int messages) throws IOException {
		return new Comparison(OBJECTIVES).run(screen, options, StoppingProgress.atReport(messages));
	}

	@Test
	void testsEveryMethodOnTheSameTrials(@TempDir final Path folder) throws IOException {
		final ComparisonReport report = run(tiny(folder), -1);
		assertEquals(4, report.trained());
		final Map<Method, List<String>> trials = new TreeMap<>();
		for (final ResultRow r : report.rows()) {
			trials.computeIfAbsent(r.method(), m -> new ArrayList<>())
				.add(r.condition().label() + r.plate() + r.draw() + r.queries() + r.controls());
			assertTrue(r.correct() >= 0 && r.correct() <= r.queries());
		}
		assertEquals(Method.trained(), List.copyOf(trials.keySet()));
		assertEquals(trials.get(Method.of("erm-controls")), trials.get(Method.of("cs-arm-bn-joint")));
		assertEquals(trials.get(Method.of("arm-bn-controls")), trials.get(Method.of("cs-arm-bn-controls")));
		// 2 in domain, 2 held out, 2 alphas x 3 rotations x 2 plates, 3 single classes x 2, 2 numbers of wells x 2.
		assertEquals(2 + 2 + 12 + 6 + 4, trials.get(Method.of("arm-bn-controls")).size());
		assertEquals(2 + 2 + 12 + 6, trials.get(Method.of("erm")).size());
		for (final String name : List.of("results.csv", "summary.csv", "summary.md", "control-wells.png",
			"label-shift.png"))
		{
			assertTrue(Files.size(folder.resolve(name)) > 100, name);
		}
	}

	@Test
	void frozenEncodersAreTestedOnTheSameTrials(@TempDir final Path folder) throws IOException {
		final ToyScreen large = new ToyScreen(5, 2, 8, 12, 1, 5);
		final ComparisonOptions options = tiny(folder).withSeeds(2, 3).withEncoder("moments");
		assertEquals(Method.all().stream().filter(m -> m.isDefault()).toList(), options.methods());
		final ComparisonOptions frozen = options
			.withMethods(List.of(Method.of("encoder"), Method.of("encoder-standardize"), Method.of("encoder-tvn")));
		final Summary summary = new Comparison(OBJECTIVES).run(large, frozen, Progress.NONE)
			.summary();
		final double raw = summary.mean(Method.of("encoder"), Condition.HELD_OUT).getAsDouble();
		// The gains of the batches are what the plate's controls take out.
		for (final Method corrected : List.of(Method.of("encoder-standardize"), Method.of("encoder-tvn"))) {
			final double better = summary.mean(corrected, Condition.HELD_OUT).getAsDouble();
			assertTrue(better > .85 && better > raw + .1, corrected + ": " + better + " against " + raw);
			// A prediction depends on no other query: balanced or not, the plates are the same.
			assertEquals(better, summary.mean(corrected, Condition.labelShift(.1)).getAsDouble(), .12);
			assertTrue(summary.mean(corrected, Condition.controlWells(1)).isPresent());
		}
		assertTrue(summary.mean(Method.of("encoder"), Condition.controlWells(1)).isEmpty(),
			"it has no use for controls");
		final String tables = Files.readString(folder.resolve("summary.md"));
		assertTrue(tables.contains("| frozen encoder, TVN, linear probe |") && tables.contains("moments, 4 features"),
			tables);
		final byte[] results = Files.readAllBytes(folder.resolve("results.csv"));
		new Comparison(OBJECTIVES).run(large, frozen, Progress.NONE);
		assertArrayEquals(results, Files.readAllBytes(folder.resolve("results.csv")));
	}

	@Test
	void anyObjectiveAndAnyCorrectionAreComparedByName(@TempDir final Path folder) throws IOException {
		assertEquals(Method.of("erm-controls"), Method.of("erm:controls"));
		assertEquals(Method.of("encoder-tvn"), Method.of("Encoder+center:plate+tvn:efaar:plate"));
		final List<Method> methods = List.of(Method.of("dsu:training"), Method.of("encoder+sphering:zca:1"));
		final ComparisonReport report = new Comparison(List.of(new Dsu())).run(screen,
			tiny(folder)
				.withMethods(methods)
				.withBudget(1, 2e-3)
				.withControlWells(List.of(2), 1)
				.withEncoder("moments"),
			Progress.NONE);
		assertEquals(methods, List.copyOf(report.summary().methods()));
		final String table = Files.readString(folder.resolve("summary.csv"));
		assertTrue(table.contains("dsu:training,held-out,") && table.contains("encoder+sphering:zca:1," +
			"control-wells=2,"),
			table);
		try (Stream<Path> parts = Files.list(folder.resolve("parts"))) {
			assertTrue(parts.noneMatch(part -> part.getFileName().toString().contains(":")),
				"Windows has no such name");
		}
	}

	@Test
	void methodsWithoutTheirObjectiveStatisticsOrCorrectionAreRefused(@TempDir final Path folder) {
		assertTrue(refusal(() -> run(tiny(folder).withMethods(List.of(Method.of("dsu:training"))), -1))
			.startsWith("methods = dsu:training: objective = dsu: use arm-bn, "));
		assertTrue(refusal(() -> Method.of("erm:weather")).startsWith("statistics = weather: use one of "));
		assertTrue(refusal(() -> Method.of("dsu")).contains("an objective with statistics (dsu:training)"));
		assertTrue(refusal(() -> Method.of("encoder+bleach")).startsWith("'bleach' is no correction: use "));
		assertTrue(refusal(() -> Method.of("encoder+harmony")).contains("must learn from the controls"));
	}

	private static String refusal(final Executable refused) {
		return assertThrows(IllegalArgumentException.class, refused).getMessage();
	}

	@Test
	void aFrozenMethodWithoutAnEncoderIsRefused(@TempDir final Path folder) {
		final String message = assertThrows(IllegalArgumentException.class,
			() -> run(tiny(folder).withMethods(List.of(Method.of("encoder-tvn"))), -1)).getMessage();
		assertTrue(message.contains("encoder-tvn") && message.contains("encoder=default"), message);
	}

	@Test
	void testLabelsChangeNoAnswerOfAFrozenEncoder(@TempDir final Path folder) throws IOException {
		final ToyScreen screen = new ToyScreen(4, 2, 6, 8, 1, 5);
		final OuterSplit split = OuterSplit.of(screen.samples(), 1, 2, 3);
		final FrozenProfiles frozen = screen.frozen("moments", "cpu", Precision.FLOAT32, false, Progress.NONE);
		final FrozenPredictor predictor = new FrozenPredictor(screen.data(), frozen,
			(ProfileMethod) Method.of("encoder-tvn"), split);
		final String plate = split.heldOut().get(0);
		final int[] queries = screen.data().queries(plate);
		final Trial trial = new Trial(Condition.HELD_OUT, plate, 0, queries, screen.data().controls(plate));
		final int[] together = predictor.predict(trial, queries);
		for (int i = 0; i < queries.length; i++) {
			assertEquals(together[i], predictor.predict(trial, new int[]{queries[i]})[0], "alone and among others");
		}
		final List<Sample> relabeled = screen.samples()
			.stream()
			.map(s -> s.plate().equals(plate) && s.labeled() ? new Sample(s.plate(), s.batch(), 0, false) : s)
			.toList();
		final ComparisonData other = new ComparisonData(
			new TrainingData(relabeled, screen.data().images().classes(), screen.data().images().tiles()),
			screen.data().positions(), screen.data().channels(), "typemax", "none", "Metadata_Compound");
		assertArrayEquals(together,
			new FrozenPredictor(other, frozen, (ProfileMethod) Method.of("encoder-tvn"), split).predict(trial,
				queries));
	}

	@Test
	void goesOnWhereItWasCanceledAndEndsTheSame(@TempDir final Path folder) throws IOException {
		final Path whole = folder.resolve("whole");
		final Path broken = folder.resolve("broken");
		run(few(whole), -1);
		final int[] trainings = {0};
		for (final StopCondition stop : List.<StopCondition>of(
			(message, done, total) -> message.contains("training") && ++trainings[0] == 6,
			(message, done, total) -> message.contains("testing"),
			(message, done, total) -> message.contains("training") && ++trainings[0] == 9))
		{
			assertThrows(CancellationException.class,
				() -> new Comparison(OBJECTIVES).run(screen, few(broken), new StoppingProgress(stop)));
		}
		final ComparisonReport report = run(few(broken), -1);
		assertEquals(List.of(1, 1), List.of(report.trained(), report.reused()));
		for (final String name : files(whole)) {
			assertArrayEquals(Files.readAllBytes(whole.resolve(name)), Files.readAllBytes(broken.resolve(name)), name);
		}
		assertEquals(files(whole), files(broken));
		assertEquals(0, run(few(broken), -1).trained());
	}

	private static List<String> files(final Path folder) throws IOException {
		try (Stream<Path> all = Files.walk(folder)) {
			return all.filter(Files::isRegularFile).map(f -> folder.relativize(f).toString()).sorted().toList();
		}
	}

	@Test
	void refusesAPlateWithoutControls(@TempDir final Path folder) {
		final ToyScreen bare = new ToyScreen(4, 2, 8, 0, 1, 5);
		final String message = assertThrows(IllegalArgumentException.class,
			() -> new Comparison(OBJECTIVES).run(bare, tiny(folder), Progress.NONE)).getMessage();
		assertTrue(message.contains("has no negative controls"), message);
	}
}
