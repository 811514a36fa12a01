// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.isophene.demo.DemoOptions;
import io.github.isophene.demo.DemoScreen;
import io.github.isophene.engine.OneThread;
import io.github.isophene.finetuning.FineTuneOptions;
import io.github.isophene.finetuning.ModelTraining;
import io.github.isophene.pixels.Downscale;
import io.github.isophene.pixels.FieldReader;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.progress.Progress;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Selection;
import io.github.isophene.training.DataOptions;
import io.github.isophene.training.TrainingOptions;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.objective.CsArmBn;
import io.github.isophene.training.objective.Erm;
import net.imglib2.img.Img;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Fields are decoded once, however many trainings and tests there are; controls once more, for intensities. */
@ExtendWith(OneThread.class)
class DecodingsTest {

	private static final Selection CONTROLS = Selection.of("Metadata_pert_type=negcon");

	/** Counts how often each field is read. */
	private static final class Counting implements FieldReader {

		private final FieldReaders readers = FieldReaders.builtIn();
		private final Map<String, Integer> counts = new ConcurrentHashMap<>();

		@Override
		public String description() {
			return "counted files";
		}

		@Override
		public boolean accepts(final Field field) {
			return true;
		}

		@Override
		public Img<?> read(final Field field) throws IOException {
			return read(field, Downscale.NONE);
		}

		@Override
		public Img<?> read(final Field field, final Downscale downscale) throws IOException {
			counts.merge(field.label(), 1, Integer::sum);
			return readers.read(field, downscale);
		}
	}

	@TempDir
	static Path folder;

	private static Screen screen;

	@BeforeAll
	static void write() throws IOException {
		screen = DemoScreen.write(folder.resolve("demo"),
			DemoOptions.defaults().withBatches(4).withPlates(1).withWells(12).withFields(2).withClasses(3).withSize(64),
			Progress.NONE).screen();
	}

	private static void check(final Counting counting, final boolean unread) {
		for (int i = 0; i < screen.fields().size(); i++) {
			final Field field = screen.fields().get(i);
			// The first one is asked for its size, too, before all others are read.
			final int most = (i == 0 ? 1 : 0) + (CONTROLS.test(field) ? 2 : 1);
			final int count = counting.counts.getOrDefault(field.label(), 0);
			assertTrue(count <= most && (unread || count == most),
				field.label() + ": " + count + " instead of " + most);
		}
	}

	@Test
	void aComparisonDecodesEachFieldOnceForAllSeedsTrainingsAndTests() throws IOException {
		final Counting counting = new Counting();
		final ComparisonReport report = new Comparison(List.of(new Erm(), new CsArmBn())).run(screen,
			new FieldReaders(List.of(counting)),
			SourceOptions.of("Metadata_Compound", "Metadata_Batch", CONTROLS.toString()).withDownscale("mean:2"),
			ComparisonOptions.into(folder.resolve("comparison"))
				.withMethods(Method.list(List.of("erm", "erm-controls", "cs-arm-bn-joint", "pixels"), false))
				.withSeeds(2, 1)
				.withSplit(1, 1)
				.withNetwork("resnet18", 4)
				.withBudget(2, 2e-3)
				.withEpisodes(new EpisodeSizes(4, 4, 1))
				.withDevice("cpu"),
			Progress.NONE);
		assertEquals(4, report.trained());
		check(counting, false);
	}

	@Test
	void aTrainingDecodesEachFieldOnceAndSaysWhatItReads() throws IOException {
		final Counting counting = new Counting();
		final List<String> messages = Collections.synchronizedList(new ArrayList<>());
		new ModelTraining(new FieldReaders(List.of(counting)), List.of(new CsArmBn()), false).run(screen,
			FineTuneOptions
				.into(folder.resolve("model.zip"),
					DataOptions.of("Metadata_Compound", "Metadata_Batch", CONTROLS.toString())
						.withHeldOut("B4")
						.withTile(32, DataOptions.Augment.FLIPS))
				.withObjective("cs-arm-bn")
				.withStart("", "resnet18:4")
				.withTraining(TrainingOptions.PUBLISHED.withEpochs(3, 20)
					.withSizes(new EpisodeSizes(4, 4, 1))
					.withDevice("cpu")),
			(message, done, total) -> messages.add(message));
		check(counting, true);
		assertTrue(counting.counts.size() > 0.9 * screen.fields().size(), counting.counts.size() + " fields read");
		for (final String expected : List.of("Looking through the screen",
			"Measuring the intensities of plate B1_P1, field 0 of ", "Measuring the intensities of plate B4_P1, field ",
			"Reading images, ", "First step of the training: epoch 1", "Epoch 1 of 3, validation 1 of ",
			"Epoch 3 of 3, held-out batches 1 of "))
			assertTrue(messages.stream().anyMatch(m -> m.startsWith(expected)), expected + ": " + messages);
	}
}
