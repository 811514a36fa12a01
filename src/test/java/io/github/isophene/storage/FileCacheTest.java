// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Remote files on this machine. */
class FileCacheTest {

	private static final int SIZE = 1000;

	@TempDir
	private Path folder;

	@TempDir
	private Path place;

	private S3Server server;

	@BeforeEach
	void start() throws IOException {
		for (int i = 0; i < 20; i++) Files.write(folder.resolve("f" + i), content(i));
		server = new S3Server(folder);
		server.open = true;
	}

	@AfterEach
	void stop() {
		server.close();
	}

	@Test
	void aFileComesOnce() throws IOException {
		final FileCache cache = new FileCache(place, 100_000);
		assertArrayEquals(content(7), read(cache, 7));
		// A client may ask twice where a connection breaks, but not once more for what it has.
		server.requests.clear();
		for (int i = 0; i < 3; i++) assertArrayEquals(content(7), read(cache, 7));
		assertEquals(0, server.requests.size());
		// The next process asks whether it is still the same.
		assertArrayEquals(content(7), read(new FileCache(place, 100_000), 7));
		assertTrue(server.requests.contains("/screens/f7 null 304"), server.requests.toString());
		Files.write(folder.resolve("f7"), content(8));
		assertArrayEquals(content(8), read(new FileCache(place, 100_000), 7));
		server.tags = false;
		Files.write(folder.resolve("f7"), content(9));
		assertArrayEquals(content(9), read(new FileCache(place, 100_000), 7));
	}

	@Test
	void whatIsDeletedComesAgain() throws IOException {
		final FileCache cache = new FileCache(place, 100_000);
		read(cache, 3);
		try (Stream<Path> files = Files.list(place)) {
			for (final Path file : files.toList()) Files.delete(file);
		}
		assertArrayEquals(content(3), read(cache, 3));
		assertTrue(server.requests.size() >= 2);
	}

	@Test
	void itStaysBelowItsLimitAndKeepsWhatIsRead() throws IOException {
		final FileCache cache = new FileCache(place, 5 * SIZE);
		try (FileCache.Lease held = cache.get(address(0))) {
			for (int i = 1; i < 20; i++) {
				assertArrayEquals(content(i), read(cache, i));
				assertTrue(size() <= 6 * SIZE, "bytes: " + size());
			}
			assertTrue(Files.exists(held.file()));
		}
		server.requests.clear();
		read(cache, 19);
		assertEquals(0, server.requests.size());
		final FileCache none = new FileCache(place.resolve("none"), 0);
		assertArrayEquals(content(1), read(none, 1));
		try (Stream<Path> files = Files.list(place.resolve("none"))) {
			assertEquals(0, files.filter(f -> f.toString().endsWith(".file")).count());
		}
	}

	/** Several caches stand for several processes. */
	@Test
	void manyReadAtOnce() throws Exception {
		final List<FileCache> caches = List.of(new FileCache(place, 6 * SIZE), new FileCache(place, 6 * SIZE));
		final ExecutorService pool = Executors.newFixedThreadPool(8);
		try {
			final List<Future<Boolean>> futures = new ArrayList<>();
			for (int t = 0; t < 8; t++) {
				final int seed = t;
				final Callable<Boolean> reads = () -> {
					final Random random = new Random(seed);
					for (int n = 0; n < 60; n++) {
						final int i = random.nextInt(20);
						for (int attempt = 0;; attempt++) {
							try {
								assertArrayEquals(content(i), read(caches.get(seed % 2), i));
								break;
							}
							catch (final java.nio.file.NoSuchFileException exc) {
								// The other process has made room.
								if (attempt > 20) throw exc;
							}
						}
					}
					return true;
				};
				futures.add(pool.submit(reads));
			}
			for (final Future<Boolean> future : futures) assertTrue(future.get());
		}
		finally {
			pool.shutdownNow();
		}
		assertTrue(size() <= 14 * SIZE, "bytes: " + size());
	}

	@Test
	void whatIsNotThereIsNamed() {
		final FileCache cache = new FileCache(place, 1000);
		final IOException exc = assertThrows(IOException.class,
			() -> cache.get(server.endpoint() + "/screens/absent.tif"));
		assertTrue(exc.getMessage().contains("/screens/absent.tif") && exc.getMessage().contains("404"),
			exc.getMessage());
		assertFalse(Files.exists(place.resolve("x")));
	}

	private String address(final int i) {
		return server.endpoint() + "/screens/f" + i;
	}

	private byte[] read(final FileCache cache, final int i) throws IOException {
		try (FileCache.Lease lease = cache.get(address(i))) {
			return Files.readAllBytes(lease.file());
		}
	}

	private long size() throws IOException {
		long size = 0;
		try (Stream<Path> files = Files.list(place)) {
			for (final Path file : files.filter(f -> f.toString().endsWith(".file")).toList())
				size += Files.exists(file) ? Files.size(file) : 0;
		}
		return size;
	}

	private static byte[] content(final int i) {
		final byte[] bytes = new byte[SIZE];
		new Random(i).nextBytes(bytes);
		return bytes;
	}
}
