// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import io.github.isophene.progress.Progress;
import io.github.isophene.progress.StoppingProgress;
import io.github.isophene.progress.StoppingProgress.StopCondition;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.data.Sample;
import io.github.isophene.training.data.Split;
import io.github.isophene.training.objective.CsArmBn;
import io.github.isophene.training.objective.Erm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Search for a learning rate: on the training batches alone, the same for all objectives, resumable. */
class RateSearchTest {

	private static final ToyScreen SCREEN = new ToyScreen(5, 2, 4, 8, 1, 5);
	private static final List<Double> RATES = List.of(1e-5, 3e-3);

	@TempDir
	private static Path folder;
	private static ComparisonReport whole;

	private static ComparisonOptions options(final Path into) {
		return ComparisonOptions.into(into)
			.withMethods(List.of(Method.of("erm"), Method.of("cs-arm-bn-joint"), Method.of("pixels")))
			.withSeeds(1, 3)
			.withSplit(1, 2)
			.withNetwork("resnet18", 2)
			.withEpochs(3)
			.withRates(RATES)
			.withEpisodes(new EpisodeSizes(4, 4, 1))
			.withLabelShifts(List.of(), 1)
			.withControlWells(List.of(), 1)
			.withDevice("cpu");
	}

	private static ComparisonReport run(final ComparisonSource source, final ComparisonOptions options,
		final Progress progress) throws IOException
	{
		return new Comparison(List.of(new Erm(), new CsArmBn())).run(source, options, progress);
	}

	@BeforeAll
	static void compare() throws IOException {
		whole = run(SCREEN, options(folder.resolve("whole")), Progress.NONE);
	}

	private static List<String> lines(final String file) throws IOException {
		return Files.readAllLines(folder.resolve(file));
	}

	@Test
	void everyTrainingTriesEveryRateAndTheTableSaysWhatWasChosen() throws IOException {
		final List<String> table = lines("whole/learning-rates.csv");
		assertEquals("seed,training,inner,images,rate,inner_accuracy,inner_loss,chosen", table.get(0));
		assertEquals(5, table.size(), table.toString());
		for (final String training : List.of("erm", "cs-arm-bn")) {
			final List<String> rows = table.stream().filter(r -> r.split(",")[1].equals(training)).toList();
			assertEquals(List.of("0.00001", "0.003"), rows.stream().map(r -> r.split(",")[4]).toList());
			assertEquals(1, rows.stream().filter(r -> r.endsWith(",1")).count());
			// The same batch for all, of whose two plates of 12 labeled images one is tested in domain.
			assertTrue(rows.stream().allMatch(r -> r.contains("," + table.get(1).split(",")[2] + ",12,")),
				rows.toString());
			final String best = rows.stream().filter(r -> r.endsWith(",1")).findFirst().orElseThrow();
			final String other = rows.stream().filter(r -> r.endsWith(",0")).findFirst().orElseThrow();
			assertTrue(Double.parseDouble(best.split(",")[5]) >= Double.parseDouble(other.split(",")[5]));
			final List<String> results = lines("whole/results.csv").stream()
				.filter(r -> r.split(",")[1].startsWith(training))
				.toList();
			assertTrue(!results.isEmpty() && results.stream().allMatch(r -> r.endsWith("," + best.split(",")[4])),
				results.toString());
		}
		assertTrue(lines("whole/results.csv").get(0).endsWith(",accuracy,rate"));
		assertTrue(lines("whole/results.csv").stream().anyMatch(r -> r.startsWith("3,pixels,") && r.endsWith(",")));
		final String summary = Files.readString(folder.resolve("whole/summary.md"));
		assertTrue(summary.contains("| training | 0.00001 | 0.003 |") && summary.contains("chosen by 1"), summary);
		assertTrue(summary.contains("search for a learning rate are the same for all"), summary);
		assertEquals(2, whole.trained());
	}

	@Test
	void theChosenTrainingIsThatOfTheRateAlone() throws IOException {
		final String rate = lines("whole/learning-rates.csv").stream()
			.filter(r -> r.startsWith("3,erm,") && r.endsWith(",1"))
			.findFirst()
			.orElseThrow()
			.split(",")[4];
		final Path alone = folder.resolve("alone");
		run(SCREEN, options(alone).withRates(List.of(Double.parseDouble(rate))).withMethods(List.of(Method.of("erm"))),
			Progress.NONE);
		for (final String name : files(alone.resolve("models"))) {
			assertArrayEquals(Files.readAllBytes(alone.resolve("models").resolve(name)),
				Files.readAllBytes(folder.resolve("whole/models").resolve(name)), name);
		}
		assertFalse(Files.exists(alone.resolve("rates")) || Files.exists(alone.resolve("learning-rates.csv")));
		assertTrue(lines("alone/results.csv").get(0).endsWith(",accuracy"), "as without a search");
		assertTrue(Files.readString(alone.resolve("summary.md")).contains("no rate is searched for any"));
	}

	@Test
	void theChoiceReadsNoLabelOfATestedPlate() throws IOException {
		final OuterSplit split = OuterSplit.of(SCREEN.samples(), 1, 2, 3);
		final ToyScreen poisoned = SCREEN
			.relabeled(s -> split.heldOut().contains(s.plate()) || split.inDomain().contains(s.plate()));
		run(poisoned, options(folder.resolve("poisoned")).withMethods(List.of(Method.of("erm"),
			Method.of("cs-arm-bn-joint"))), Progress.NONE);
		assertEquals(lines("whole/learning-rates.csv"), lines("poisoned/learning-rates.csv"));
		assertNotEquals(lines("whole/results.csv"), lines("poisoned/results.csv"), "the labels were changed");
		final ToyScreen training = SCREEN
			.relabeled(s -> !split.heldOut().contains(s.plate()) && !split.inDomain().contains(s.plate()) &&
				s.hashCode() % 2 == 0);
		run(training, options(folder.resolve("training")).withMethods(List.of(Method.of("erm"))), Progress.NONE);
		assertNotEquals(lines("whole/learning-rates.csv").stream().filter(r -> r.contains(",erm,")).toList(),
			lines("training/learning-rates.csv").stream().filter(r -> r.contains(",erm,")).toList());
	}

	@Test
	void resumesAndGivesTheSameBytes() throws IOException {
		final Path broken = folder.resolve("broken");
		final int[] seen = {0};
		for (final StopCondition stop : List.<StopCondition>of(
			(message, done, total) -> message.contains("trying rate") && ++seen[0] == 4,
			(message, done, total) -> message.contains("trying rate 0.003 for erm"),
			(message, done, total) -> message.contains(", training erm")))
		{
			assertThrows(CancellationException.class,
				() -> run(SCREEN, options(broken), new StoppingProgress(stop)));
		}
		run(SCREEN, options(broken), Progress.NONE);
		assertEquals(files(folder.resolve("whole")), files(broken));
		for (final String name : files(broken)) {
			assertArrayEquals(Files.readAllBytes(folder.resolve("whole").resolve(name)),
				Files.readAllBytes(broken.resolve(name)), name);
		}
	}

	private static List<String> files(final Path of) throws IOException {
		try (Stream<Path> all = Files.walk(of)) {
			return all.filter(Files::isRegularFile).map(f -> of.relativize(f).toString()).sorted().toList();
		}
	}

	@Test
	void oneTrainingBatchIsLeftOutOrAPlateWhereThereAreFew() {
		for (long seed = 0; seed < 20; seed++) {
			final OuterSplit split = OuterSplit.of(SCREEN.samples(), 1, 2, seed);
			final Split inner = RateSearch.inner(SCREEN.samples(), split, seed);
			assertEquals(Set.of(), common(inner, true), "plates on both sides");
			assertEquals(Set.of(), common(inner, false), "batches on both sides");
			assertEquals(0, inner.heldOut().length);
			final int[] both = Stream.of(inner.training(), inner.validation())
				.flatMapToInt(Arrays::stream)
				.sorted()
				.toArray();
			assertArrayEquals(split.training(), both, "nothing of a tested plate");
		}
		final OuterSplit two = OuterSplit.of(SCREEN.samples(), Set.of("b0", "b1", "b2"), 0, 1);
		final Split plate = RateSearch.inner(SCREEN.samples(), two, 1);
		assertEquals(1, Arrays.stream(plate.validation())
			.mapToObj(i -> SCREEN.samples().get(i).plate())
			.distinct()
			.count());
		assertEquals(1, common(plate, false).size());
		final ToyScreen single = new ToyScreen(2, 1, 4, 8, 1, 5);
		final String message = assertThrows(IllegalArgumentException.class,
			() -> RateSearch.inner(single.samples(), OuterSplit.of(single.samples(), Set.of("b0"), 0, 1), 1))
			.getMessage();
		assertTrue(message.startsWith("rate names several") && message.contains("give a single rate"), message);
	}

	private static Set<String> common(final Split inner, final boolean plates) {
		final Set<String> both = new TreeSet<>();
		for (final int i : inner.training()) both.add(name(SCREEN.samples().get(i), plates));
		final Set<String> judged = new TreeSet<>();
		for (final int i : inner.validation()) judged.add(name(SCREEN.samples().get(i), plates));
		both.retainAll(judged);
		return both;
	}

	private static String name(final Sample s, final boolean plate) {
		return plate ? s.plate() : s.batch();
	}

	@Test
	void theMostAccurateRateIsChosenThenTheLowerLossThenTheLowerRate() {
		final RateChoice.RateScore low = new RateChoice.RateScore(1e-3, .8, .5);
		assertEquals(low, RateChoice.RateScore.best(List.of(new RateChoice.RateScore(1e-2, .7, .1), low)));
		assertEquals(low, RateChoice.RateScore.best(List.of(new RateChoice.RateScore(1e-4, .8, .6), low)));
		assertEquals(low, RateChoice.RateScore.best(List.of(new RateChoice.RateScore(1e-2, .8, .5), low)));
		assertEquals(low, RateChoice.RateScore.best(List.of(RateChoice.RateScore.diverged(1), low)));
		assertThrows(IllegalStateException.class,
			() -> RateChoice.RateScore.best(List.of(RateChoice.RateScore.diverged(1))));
	}

	@Test
	void aSearchWhoseTrainingsAreSmallerThanAStepIsRefusedBeforeAnythingIsWritten() {
		final Path small = folder.resolve("small");
		final String message = assertThrows(IllegalArgumentException.class,
			() -> run(SCREEN, options(small).withEpisodes(new EpisodeSizes(70, 4, 1)), Progress.NONE)).getMessage();
		assertTrue(message.contains("rate names several") && message.contains("smaller number of queries"), message);
		assertFalse(Files.exists(small));
	}

	@Test
	void aRateAtWhichTheTrainingDivergesIsNotChosen() throws IOException {
		final Path wild = folder.resolve("wild");
		final ComparisonOptions options = options(wild).withMethods(List.of(Method.of("erm")));
		run(SCREEN, options.withRates(List.of(1e30, 1e-3)), Progress.NONE);
		final List<String> table = Files.readAllLines(wild.resolve("learning-rates.csv"));
		assertTrue(table.get(1).endsWith(",1") && table.get(2).endsWith(",,,0"), table.toString());
		run(SCREEN, options.withRates(List.of(1e-3)), Progress.NONE);
		assertFalse(Files.exists(wild.resolve("learning-rates.csv")), "the choice of an earlier run is left");
		final String message = assertThrows(IOException.class,
			() -> run(SCREEN, options.withRates(List.of(1e30, 1e31)), Progress.NONE)).getMessage();
		assertTrue(message.contains("diverges at every rate of") && message.contains("lower ones"), message);
	}
}
