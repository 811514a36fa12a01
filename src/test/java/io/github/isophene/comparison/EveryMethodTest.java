// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import io.github.isophene.network.ModelCard;
import io.github.isophene.network.ModelFile;
import io.github.isophene.plugins.Plugins;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.progress.Progress;
import io.github.isophene.training.Objective;
import io.github.isophene.training.data.EpisodeSizes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every method in the index: reads no label of a test plate, resumes, and gives the same bytes. */
class EveryMethodTest {

	private static final ToyScreen SCREEN = new ToyScreen(4, 2, 4, 8, 1, 5, 40);
	private static final List<String> FILES = List.of("results.csv", "summary.csv", "summary.md", "confusion.csv",
		"predictions.parquet");

	@TempDir
	private static Path folder;
	private static ComparisonReport whole;

	private static ComparisonOptions options(final Path into) {
		return ComparisonOptions.into(into)
			.withMethods(Method.all())
			.withSeeds(1, 3)
			.withSplit(1, 1)
			.withNetwork("resnet18", 2)
			.withBudget(1, 2e-3)
			.withEpisodes(new EpisodeSizes(4, 4, 1))
			.withLabelShifts(List.of(), 1)
			.withControlWells(List.of(), 1)
			.withEncoder("moments")
			.withDevice("cpu");
	}

	private static ComparisonReport run(final ComparisonSource source, final ComparisonOptions options,
		final Progress progress) throws IOException
	{
		return new Comparison(Plugins.of(Objective.class)).run(source, options, progress);
	}

	@BeforeAll
	static void compare() throws IOException {
		whole = run(SCREEN, options(folder.resolve("whole")), Progress.NONE);
	}

	/** Predicted class by method, plate, well and site. */
	private static Map<String, String> predictions(final Path of) throws IOException {
		final ProfileTable table = ProfileFile.read(of.resolve("predictions.parquet"));
		final Map<String, String> all = new TreeMap<>();
		for (int r = 0; r < table.rowCount(); r++)
			all.put(
				String.join(" ", table.metadata("Metadata_Method", r), table.metadata("Metadata_Plate", r),
					table.metadata("Metadata_Well", r), table.metadata("Metadata_Site", r)),
				table.metadata("Metadata_Predicted", r));
		return all;
	}

	@Test
	void methodsAreFoundInTheIndexAndPredictEveryImageOfTheTestPlates() throws IOException {
		final Set<String> labels = new TreeSet<>(Method.all().stream().map(Method::label).toList());
		assertTrue(labels.containsAll(List.of("instance-norm", "group-norm", "erm-standardized", "ben", "dann", "coral",
			"tent", "erm-flips", "encoder-same-size", "pixels", "abra")), labels.toString());
		assertEquals(Method.all(), List.copyOf(whole.summary().methods()));
		// One plate in domain and two held out, of 12 labeled images each.
		assertEquals(36 * labels.size(), predictions(folder.resolve("whole")).size());
		final String tables = Files.readString(folder.resolve("whole/summary.md"));
		assertTrue(tables.contains("| TENT | erm | 4 | 0 | batch | no | yes | 3 | Wang et al. 2021"), tables);
		final String confusion = Files.readString(folder.resolve("whole/confusion.csv"));
		assertTrue(confusion.startsWith("method,condition,label,predicted,images,share\nerm,in-domain,"), confusion);
	}

	@Test
	void everyMethodComparesNetworksThatSeeEachChannelByItself() throws IOException {
		final Path into = folder.resolve("each");
		run(SCREEN, options(into).withNetwork("resnet18-each", 2), Progress.NONE);
		assertEquals(predictions(folder.resolve("whole")).keySet(), predictions(into).keySet());
		try (Stream<Path> files = Files.walk(into)) {
			final List<Path> models = files.filter(f -> f.toString().endsWith(".zip")).toList();
			assertTrue(models.size() > 5, models::toString);
			for (final Path model : models)
				assertEquals(ModelCard.Input.EACH_CHANNEL, ModelFile.read(model).card().input(), model.toString());
		}
	}

	@Test
	void noMethodReadsALabelOfATestPlate() throws IOException {
		final OuterSplit split = OuterSplit.of(SCREEN.samples(), 1, 1, 3);
		final ToyScreen poisoned = SCREEN
			.relabeled(s -> split.heldOut().contains(s.plate()) || split.inDomain().contains(s.plate()));
		run(poisoned, options(folder.resolve("poisoned")), Progress.NONE);
		assertEquals(predictions(folder.resolve("whole")), predictions(folder.resolve("poisoned")));
		assertNotEquals(Files.readString(folder.resolve("whole/results.csv")),
			Files.readString(folder.resolve("poisoned/results.csv")), "the labels were changed");
	}

	@Test
	void resumesAndGivesTheSameBytes() throws IOException {
		final Path broken = folder.resolve("broken");
		for (final int messages : new int[]{25, 60}) {
			assertThrows(CancellationException.class,
				() -> run(SCREEN, options(broken), new Progress() {

					private int seen;

					@Override
					public void report(final String message, final long done, final long total) {
						seen++;
					}

					@Override
					public boolean isCanceled() {
						return seen >= messages;
					}
				}));
		}
		final ComparisonReport report = run(SCREEN, options(broken), Progress.NONE);
		assertTrue(report.reused() > 0);
		for (final String name : FILES) {
			assertArrayEquals(Files.readAllBytes(folder.resolve("whole").resolve(name)),
				Files.readAllBytes(broken.resolve(name)), name);
		}
	}

	@Test
	void platesCanBeTheBatches() throws IOException {
		final ToyScreen plates = new ToyScreen(4, 1, 4, 8, 1, 5);
		final ComparisonOptions options = options(folder.resolve("plates")).withMethods(List.of(Method.of("pixels"),
			Method.of("erm")));
		final ComparisonReport report = run(plates, options, Progress.NONE);
		assertTrue(report.summary().mean(Method.of("erm"), Condition.IN_DOMAIN).isEmpty());
		assertTrue(report.summary().mean(Method.of("erm"), Condition.HELD_OUT).isPresent());
		final ComparisonReport none = run(SCREEN, options(folder.resolve("none")).withSplit(1, 0)
			.withMethods(List.of(Method.of("pixels"))), Progress.NONE);
		assertEquals(0, OuterSplit.of(SCREEN.samples(), 1, 0, 3).inDomain().size());
		assertTrue(none.summary().mean(Method.of("pixels"), Condition.IN_DOMAIN).isEmpty());
	}
}
