// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.doors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.github.isophene.cli.InProcess;
import io.github.isophene.demo.DemoOptions;
import io.github.isophene.demo.DemoScreen;
import io.github.isophene.progress.Progress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed in the middle, without any chance to tidy up, is taken up again: no row lost, none twice. */
class KilledRunTest {

	@TempDir
	static Path images;

	@TempDir
	Path folder;

	private static Path table;

	/** Five plates, each of which takes a good part of a second. */
	@BeforeAll
	static void simulate() throws IOException {
		table = DemoScreen
			.write(images.resolve("screen"),
				DemoOptions.defaults()
					.withBatches(5)
					.withPlates(1)
					.withWells(8)
					.withFields(1)
					.withSize(64)
					.withClasses(2),
				Progress.NONE)
			.table();
	}

	@Test
	void aKilledRunIsTakenUpAndEndsWithTheSameBytes() throws Exception {
		final Path whole = folder.resolve("whole.parquet");
		final InProcess undisturbed = InProcess.run(embedding(table, whole));
		assertEquals(0, undisturbed.status(), undisturbed.output());

		final Path killed = folder.resolve("killed.parquet");
		final Path parts = folder.resolve("killed.parquet.parts");
		final OwnProcess victim = OwnProcess.start(folder, embedding(table, killed));
		final long start = System.nanoTime();
		while (parts(parts) < 2) {
			assertTrue(victim.isAlive() && System.nanoTime() - start < 120e9, "no parts appear:\n" + victim.output());
			Thread.sleep(5);
		}
		victim.kill();
		assertFalse(Files.exists(killed), "the run was over before it was killed: make it longer");

		final InProcess again = InProcess.run(embedding(table, killed));
		assertEquals(0, again.status(), again.output());
		assertTrue(again.output().contains("plates done already: "), again.output());
		assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(killed));
		assertFalse(Files.exists(parts));
	}

	/**
	 * Native code that computes while the process takes itself apart would crash it: exit status 134 and a
	 * report file.
	 */
	@Test
	@DisabledOnOs(OS.WINDOWS)
	void aRunThatIsAskedToEndStopsInOrder() throws Exception {
		final OwnProcess run = OwnProcess.start(folder, embedding(table, folder.resolve("ended.parquet")));
		while (parts(folder.resolve("ended.parquet.parts")) < 1) {
			assertTrue(run.isAlive(), run.output());
			Thread.sleep(5);
		}
		run.terminate();
		assertEquals(128 + 15, run.waitFor(), run.output());
		assertTrue(run.output().contains("run it again"), run.output());
	}

	private static String[] embedding(final Path table, final Path profiles) {
		return new String[] {"--headless", "--run", "Embed Screen...",
			"screen=\"" + OwnProcess.slashes(table) + "\",tile=32,profiles=\"" + OwnProcess.slashes(profiles) + "\""};
	}

	private static long parts(final Path folder) throws Exception {
		if (!Files.exists(folder)) return 0;
		try (Stream<Path> files = Files.list(folder)) {
			return files
				.filter(file -> !file.getFileName().toString().startsWith(".") && file.toString().endsWith(".parquet"))
				.count();
		}
	}
}
