// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {

	@TempDir
	Path folder;

	@Test
	void oneRunAtATime() throws IOException {
		final Path output = folder.resolve("new").resolve("profiles.parquet");
		try (RunLock lock = RunLock.of(output)) {
			final IOException exc = assertThrows(IOException.class, () -> RunLock.of(output));
			assertTrue(exc.getMessage().contains("profiles.parquet"), exc.getMessage());
			RunLock.of(folder.resolve("other.parquet")).close();
		}
		RunLock.of(output).close();
		try (Stream<Path> left = Files.list(folder.resolve("new"))) {
			assertEquals(0, left.count());
		}
	}

	@Test
	void aFullDiskAndAFileInPlaceOfTheFolderAreNamedAndNothingIsLeft() throws IOException {
		try (TinyDisk disk = TinyDisk.of(folder, 4)) {
			Files.write(disk.folder().resolve("full"), new byte[4096]);
			final IOException full = assertThrows(IOException.class,
				() -> RunLock.of(disk.folder().resolve("out.csv")));
			assertTrue(full.getMessage().contains(disk.folder() + " can't be written to"), full.getMessage());
			disk.assertHolds("full");
		}
		final Path file = Files.createFile(folder.resolve("file"));
		final IOException exc = assertThrows(IOException.class, () -> RunLock.of(file.resolve("out.csv")));
		assertTrue(exc.getMessage().contains(file + " is a file, but a folder is needed"), exc.getMessage());
	}

	@Test
	void oneRunAtATimeInAFolder() throws IOException {
		final Path report = folder.resolve("report");
		try (RunLock lock = RunLock.ofFolder(report)) {
			final IOException exc = assertThrows(IOException.class, () -> RunLock.ofFolder(report));
			assertTrue(exc.getMessage().contains("Another run is writing " + report), exc.getMessage());
			Files.writeString(report.resolve("report.html"), "x");
		}
		try (Stream<Path> left = Files.list(report)) {
			assertEquals(1, left.count());
		}
		// A run that has written nothing leaves nothing.
		RunLock.ofFolder(folder.resolve("empty")).close();
		assertFalse(Files.exists(folder.resolve("empty")));
	}

	@Test
	void whatAKilledRunLeftHalfWrittenIsDeleted() throws IOException {
		final Path output = folder.resolve("profiles.parquet");
		final Path left = Files.writeString(AtomicFile.temporaryBeside(output), "half");
		final Path others = Files.writeString(AtomicFile.temporaryBeside(folder.resolve("other.parquet")), "half");
		RunLock.of(output).close();
		assertFalse(Files.exists(left));
		assertTrue(Files.exists(others));
		RunLock.ofFolder(folder).close();
		assertFalse(Files.exists(others));
	}

	/** One that deletes the file of the lock while others wait for it, thousands of times. */
	@Test
	void neverDoTwoRunsHaveTheLock() throws Exception {
		final Path output = folder.resolve("p.parquet");
		final AtomicInteger holders = new AtomicInteger();
		final AtomicInteger taken = new AtomicInteger();
		final List<Thread> threads = new ArrayList<>();
		final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
		for (int t = 0; t < 4; t++) {
			final Thread thread = new Thread(() -> {
				for (int i = 0; i < 300; i++) {
					try (RunLock lock = RunLock.of(output)) {
						if (holders.incrementAndGet() != 1) failures.add(new AssertionError("two at once"));
						taken.incrementAndGet();
						holders.decrementAndGet();
					}
					catch (final IOException exc) {
						if (!exc.getMessage().contains("Another run")) failures.add(exc);
					}
				}
			});
			threads.add(thread);
			thread.start();
		}
		for (final Thread thread : threads) thread.join();
		assertEquals(List.of(), List.copyOf(failures));
		assertTrue(taken.get() > 100);
	}

	/** Process that holds a lock until it is told to end. */
	static final class Holder {

		private Holder() {}

		public static void main(final String... args) throws IOException {
			try (RunLock lock = RunLock.of(Path.of(args[0]))) {
				System.out.println("held");
				System.out.flush();
				System.in.read();
			}
		}
	}

	@Test
	void anotherProcessHoldsItToo() throws Exception {
		final Path output = folder.resolve("p.parquet");
		final Process holder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
			"-cp", System.getProperty("java.class.path"), Holder.class.getName(), output.toString()).start();
		try {
			assertEquals('h', holder.getInputStream().read());
			for (int i = 0; i < 3; i++) {
				final IOException exc = assertThrows(IOException.class, () -> RunLock.of(output));
				assertTrue(exc.getMessage().contains("Another run"), exc.getMessage());
			}
			holder.destroyForcibly().waitFor();
			// The file is still there, but a process that is gone holds nothing.
			RunLock.of(output).close();
		}
		finally {
			holder.destroyForcibly();
		}
	}
}
