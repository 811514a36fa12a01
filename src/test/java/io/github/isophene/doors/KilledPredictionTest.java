// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.doors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.github.isophene.adaptation.TinyModels;
import io.github.isophene.demo.DemoOptions;
import io.github.isophene.demo.DemoScreen;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelFile;
import io.github.isophene.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A prediction that is killed at a random moment, as often as the system property
 * {@code isophene.kills} says (2 unless told otherwise), and then run to its end, gives the
 * bytes of one that wasn't, and leaves nothing else behind.
 */
class KilledPredictionTest {

	private static final int KILLS = Integer.getInteger("isophene.kills", 2);

	@TempDir
	Path folder;

	@Test
	void aKilledPredictionIsTakenUpAndEndsWithTheSameBytes() throws Exception {
		final Path table = DemoScreen
			.write(folder.resolve("screen"), DemoOptions.defaults()
				.withBatches(4)
				.withPlates(1)
				.withWells(8)
				.withFields(1)
				.withSize(64)
				.withClasses(2)
				.withSeed(5), Progress.NONE)
			.table();
		// By calibrated controls, as it has a calibration.
		final Path model = folder.resolve("tiny.zip");
		ModelFile.write(TinyModels.calibrated(Model.load(TinyModels.write(model, 1))), model);
		final Path whole = Files.createDirectory(folder.resolve("whole")).resolve("p.parquet");
		final long start = System.nanoTime();
		final OwnProcess undisturbed = predict(table, model, whole);
		assertEquals(0, undisturbed.waitFor(), undisturbed.output());
		final long duration = (System.nanoTime() - start) / 1_000_000;

		final Path killed = Files.createDirectory(folder.resolve("killed")).resolve("p.parquet");
		final Random random = new Random(3);
		for (int i = 0; i < KILLS; i++) {
			final OwnProcess victim = predict(table, model, killed);
			// From the first moment to a bit beyond the end.
			Thread.sleep((long) (random.nextDouble() * 1.1 * duration));
			victim.kill();
			// Whatever stands under a final name is whole.
			for (final String name : List.of("p.parquet", "p.wells.parquet", "p.parquet.drift.csv")) {
				final Path file = killed.resolveSibling(name);
				if (Files.exists(file))
					assertArrayEquals(Files.readAllBytes(whole.resolveSibling(name)), Files.readAllBytes(file));
			}
		}
		final OwnProcess last = predict(table, model, killed);
		assertEquals(0, last.waitFor(), last.output());
		assertEquals(files(whole.getParent()), files(killed.getParent()));
		for (final String name : files(whole.getParent())) {
			assertArrayEquals(Files.readAllBytes(whole.resolveSibling(name)),
				Files.readAllBytes(killed.resolveSibling(name)), name);
		}
		assertEquals(3, files(killed.getParent()).size(), files(killed.getParent()).toString());
	}

	private OwnProcess predict(final Path table, final Path model, final Path predictions) throws Exception {
		return OwnProcess.start(folder, "--headless", "--run", "Adapt and Predict...",
			"screen=\"" + OwnProcess.slashes(table) + "\",model=\"" + OwnProcess.slashes(model) + "\",predictions=\"" +
				OwnProcess.slashes(predictions) + "\"");
	}

	private static List<String> files(final Path folder) throws Exception {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(f -> f.getFileName().toString()).sorted().toList();
		}
	}
}
