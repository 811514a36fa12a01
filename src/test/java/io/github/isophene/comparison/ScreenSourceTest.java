// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.isophene.demo.DemoOptions;
import io.github.isophene.demo.DemoScreen;
import io.github.isophene.engine.Precision;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.progress.Progress;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.RealWells;
import io.github.isophene.screen.Screen;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Outcome;
import io.github.isophene.training.Step;
import io.github.isophene.training.data.EpisodeSampler;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.data.Sample;
import io.github.isophene.training.data.TrainingData;
import io.github.isophene.training.objective.Erm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScreenSourceTest {

	private static final SourceOptions OPTIONS = SourceOptions
		.of("Metadata_Compound", "Metadata_Batch", "Metadata_pert_type=negcon")
		.withDownscale("mean:2")
		.withIntensity("typemax");

	private static Screen demo(final Path folder) throws Exception {
		return DemoScreen.write(folder,
			DemoOptions.defaults().withBatches(3).withPlates(2).withWells(6).withFields(1).withClasses(3).withSize(64),
			Progress.NONE).screen();
	}

	@Test
	void standardizesByTheTrainingImagesOfTheSplit(@TempDir final Path folder) throws Exception {
		try (ScreenSource source = new ScreenSource(demo(folder.resolve("demo")), FieldReaders.builtIn(), OPTIONS,
			folder, Progress.NONE))
		{
			final OuterSplit split = OuterSplit.of(source.samples(), 1, 1, 1);
			final ComparisonData data = source.data(split);
			assertEquals(32, data.images().tiles().size());
			assertEquals("typemax+fixed:", data.intensity().substring(0, 14));
			final int values = 4 * 32 * 32;
			final double[] sum = new double[4];
			final double[] squares = new double[4];
			for (final int i : split.training()) {
				final FloatBuffer buffer = FloatBuffer.allocate(values);
				data.images().tiles().read(i, null, buffer);
				for (int v = 0; v < values; v++) {
					sum[v / 1024] += buffer.get(v);
					squares[v / 1024] += buffer.get(v) * buffer.get(v);
				}
			}
			final double n = split.training().length * 1024.0;
			for (int c = 0; c < 4; c++) {
				assertEquals(0, sum[c] / n, 1e-4);
				assertEquals(1, squares[c] / n, 1e-3);
			}
			final ComparisonData other = source.data(OuterSplit.of(source.samples(), 1, 1, 2));
			assertTrue(!other.intensity().equals(data.intensity()), "the same scales for another split");
			assertEquals(2, data.controls(split.heldOut().get(0)).length);
		}
	}

	@Test
	void drawnBatchesWithKnownRealWellsEndAComparisonBeforeItBegins(@TempDir final Path folder) throws Exception {
		final List<Field> fields = demo(folder.resolve("demo")).fields()
			.stream()
			.map(f -> {
				final Map<String, String> metadata = new HashMap<>(f.metadata());
				metadata.put(RealWells.COLUMN, "real " + f.well());
				return new Field(f.plate(), f.well(), f.site(), metadata, f.planes());
			})
			.toList();
		final Screen screen = new Screen(demo(folder.resolve("demo")).channels(), fields);
		final Path results = folder.resolve("results");
		try (ScreenSource source = new ScreenSource(screen, FieldReaders.builtIn(), OPTIONS, folder, Progress.NONE)) {
			final ComparisonOptions options = ComparisonOptions.into(results)
				.withMethods(List.of(Method.of("pixels")))
				.withSplit(1, 1);
			final String message = assertThrows(IllegalArgumentException.class,
				() -> new Comparison(List.of()).run(source, options, Progress.NONE)).getMessage();
			assertTrue(message.startsWith("The real well real "), message);
		}
	}

	@Test
	void aFrozenEncoderSeesEveryField(@TempDir final Path folder) throws Exception {
		final Screen screen = demo(folder.resolve("demo"));
		try (ScreenSource source = new ScreenSource(screen, FieldReaders.builtIn(), OPTIONS, folder,
			Progress.NONE))
		{
			final FrozenProfiles frozen = source.frozen("default", "cpu", Precision.FLOAT32, false, Progress.NONE);
			assertEquals(source.samples().size(), frozen.profiles().length);
			final Path table;
			try (Stream<Path> files = Files.list(folder.resolve("encoder"))) {
				table = files.findFirst().orElseThrow();
			}
			// The same from a table, whatever the order of its rows, and from the file that is there already.
			final ProfileTable embedded = ProfileFile.read(table);
			final Path shuffled = folder.resolve("shuffled.csv");
			ProfileFile.write(embedded.selectRows(
				IntStream.range(0, embedded.rowCount()).map(i -> embedded.rowCount() - 1 - i).toArray()), shuffled);
			assertEquals(frozen.digest(),
				source.frozen(shuffled.toString(), "cpu", Precision.FLOAT32, false, Progress.NONE).digest());
			assertEquals(frozen.digest(),
				source.frozen("default", "cpu", Precision.FLOAT32, false, Progress.NONE).digest());
			final Path few = folder.resolve("few.csv");
			ProfileFile.write(embedded.selectRows(new int[]{0, 1, 2}), few);
			fails(source, few,
				"no row of " + (frozen.profiles().length - 3) + " of " + frozen.profiles().length + " fields");
			ProfileFile.write(ProfileTable.concat(List.of(embedded, embedded)), few);
			fails(source, few, "several rows of plate");
			ProfileFile.write(embedded.selectMetadata(List.of("Metadata_Plate", "Metadata_Well")), few);
			fails(source, few, "no column Metadata_Site");
			ProfileFile.write(embedded.mapRows(embedded.featureColumns(), (row, in, out) -> out[0] = Float.NaN), few);
			fails(source, few, "missing or infinite");
		}
	}

	private static void fails(final ScreenSource source, final Path encoder, final String message) {
		final String said = assertThrows(IOException.class,
			() -> source.frozen(encoder.toString(), "cpu", Precision.FLOAT32, false, Progress.NONE)).getMessage();
		assertTrue(said.contains(message), said);
	}

	@Test
	void imagesToTestOnAreLookedForBeforeTrainings(@TempDir final Path folder) throws Exception {
		final Screen screen = demo(folder.resolve("demo"));
		final List<Sample> samples;
		try (ScreenSource source = source(screen, folder)) {
			samples = source.samples();
			source.requireImages();
		}
		final OuterSplit split = OuterSplit.of(samples, 1, 1, 1);
		final List<
			Field> tested = screen.fields().stream().filter(f -> f.plate().equals(split.heldOut().get(0))).toList();
		final ComparisonOptions options = ComparisonOptions.into(folder)
			.withSeeds(1, 1)
			.withSplit(1, 1)
			.withMethods(List.of(Method.of("erm")))
			.withNetwork("resnet18", 2)
			.withDevice("cpu");
		final Path treated = Path.of(tested.stream()
			.filter(f -> !f.get("Metadata_pert_type").equals("negcon"))
			.reduce((a, b) -> b)
			.orElseThrow()
			.planes()
			.get(1)
			.path());
		Files.move(treated, folder.resolve("away"));
		final List<Objective> none = List.of(new Untrained());
		final String message = assertThrows(IOException.class, () -> compare(none, screen, folder, options))
			.getMessage();
		assertTrue(message.contains("1 image isn't there, such as " + treated), message);
		Files.move(folder.resolve("away"), treated);
		for (final Field field : tested) {
			if (field.get("Metadata_pert_type").equals("negcon"))
				Files.writeString(Path.of(field.planes().get(1).path()), "no image");
		}
		final String unreadable = assertThrows(IOException.class, () -> compare(none, screen, folder, options))
			.getMessage();
		assertTrue(unreadable.contains(split.heldOut().get(0)), unreadable);
	}

	@Test
	void theTimeIsEstimatedBeforeTheFirstTraining(@TempDir final Path folder) throws Exception {
		final List<String> told = new ArrayList<>();
		final ComparisonOptions options = ComparisonOptions.into(folder)
			.withSeeds(1, 1)
			.withSplit(1, 1)
			.withMethods(List.of(Method.of("erm")))
			.withRates(List.of(1e-3, 2e-3))
			.withEpisodes(new EpisodeSizes(4, 4, 1))
			.withDevice("cpu");
		assertThrows(CancellationException.class, () -> new Comparison(List.of(new Erm())).run(
			demo(folder.resolve("demo")), FieldReaders.builtIn(), OPTIONS, options, new Progress() {

				@Override
				public void report(final String message, final long done, final long total) {}

				@Override
				public void info(final String sentence) {
					told.add(sentence);
				}

				@Override
				public boolean isCanceled() {
					return told.stream().anyMatch(sentence -> sentence.startsWith("The whole comparison"));
				}
			}));
		assertTrue(told.stream().anyMatch(sentence -> sentence.startsWith("The whole comparison: 3 trainings of 20 " +
			"epochs, those that try learning rates included, with ")), told.toString());
		assertFalse(Files.exists(folder.resolve("rates")));
	}

	/** Ordinary training, which must not begin. */
	private record Untrained() implements Objective {

		@Override
		public String name() {
			return "erm";
		}

		@Override
		public String description() {
			return "none";
		}

		@Override
		public EpisodeSampler sampler(final TrainingData data, final int[] training, final EpisodeSizes wanted,
			final Consumer<String> log)
		{
			throw new AssertionError("a training has begun");
		}

		@Override
		public Outcome forward(final Step step) {
			throw new AssertionError("a training has begun");
		}

		@Override
		public StatisticsOrigin statistics() {
			return StatisticsOrigin.TRAINING;
		}
	}

	private static void compare(final List<Objective> objectives, final Screen screen, final Path folder,
		final ComparisonOptions options) throws IOException
	{
		new Comparison(objectives).run(screen, FieldReaders.builtIn(), OPTIONS, options,
			Progress.NONE);
	}

	private static ScreenSource source(final Screen screen, final Path folder) throws IOException {
		return new ScreenSource(screen, FieldReaders.builtIn(), OPTIONS, folder, Progress.NONE);
	}

	@Test
	void saysWhatIsMissing(@TempDir final Path folder) throws Exception {
		final Screen screen = demo(folder.resolve("demo"));
		final String message = assertThrows(IllegalArgumentException.class,
			() -> new ScreenSource(screen, FieldReaders.builtIn(),
				SourceOptions.of("Metadata_Compound", "Metadata_Batch", ""), folder, Progress.NONE))
			.getMessage();
		assertTrue(message.contains("controls is missing"), message);
		assertThrows(IllegalArgumentException.class, () -> SourceOptions.of("", "Metadata_Batch", "a=b"));
	}
}
