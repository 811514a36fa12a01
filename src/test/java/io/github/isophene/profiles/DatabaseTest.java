// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operations share one database, and their files are what they are without it. */
class DatabaseTest {

	@TempDir
	Path folder;

	@Test
	void aRunKeepsTheDatabaseBetweenFilesAndEndsItAfterwards() throws IOException {
		assertFalse(Database.isStarted());
		final Path alone = write("alone", 1);
		assertFalse(Database.isStarted(), "nobody keeps it");
		final Path first;
		final Path second;
		try (Closeable outer = ProfileFile.keepStarted()) {
			assertFalse(Database.isStarted(), "nothing needs it yet");
			final Closeable inner = ProfileFile.keepStarted();
			first = write("first", 2);
			inner.close();
			inner.close();
			assertTrue(Database.isStarted(), "the outer run keeps it, however often the inner one is closed");
			second = write("second", 1);
			assertTrue(ProfileFile.read(first).contentEquals(table(2)));
		}
		assertFalse(Database.isStarted());
		assertArrayEquals(Files.readAllBytes(alone), Files.readAllBytes(second));
	}

	@Test
	void filesWrittenAtTheSameTimeHaveTheBytesOfFilesWrittenOneByOne() throws Exception {
		final List<Path> alone = new ArrayList<>();
		for (int i = 0; i < 8; i++) alone.add(write("alone" + i, i));
		final ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			final List<Future<Path>> together = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				final int plate = i;
				together.add(threads.submit(() -> write("together" + plate, plate)));
			}
			for (int i = 0; i < 8; i++)
				assertArrayEquals(Files.readAllBytes(alone.get(i)), Files.readAllBytes(together.get(i).get()));
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void aFailureOfOneFileDoesNotHarmTheNext() throws IOException {
		final byte[] damaged = Files.readAllBytes(write("whole", 3));
		for (int i = 100; i < damaged.length - 100; i++) damaged[i] ^= 0x55;
		final Path file = Files.write(folder.resolve("damaged.parquet"), damaged);
		try (Closeable run = ProfileFile.keepStarted()) {
			assertThrows(IOException.class, () -> ProfileFile.read(file));
			try (Database database = new Database()) {
				assertThrows(SQLException.class, () -> database.execute("SELECT no_such_function()"));
			}
			assertTrue(ProfileFile.read(write("next", 4)).contentEquals(table(4)));
		}
	}

	private Path write(final String name, final int seed) throws IOException {
		final Path file = folder.resolve(name + ".parquet");
		ProfileFile.write(table(seed), file);
		return file;
	}

	private static ProfileTable table(final int seed) {
		return Tables.plate("P" + seed, 50 + 700 * seed, 20 + seed, seed);
	}
}
