// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Web servers and stores of the S3 kind, with what can go wrong on the way. */
class RemoteStorageTest {

	@TempDir
	private Path folder;

	private S3Server server;
	private RemoteSettings settings;

	@BeforeEach
	void start() throws IOException {
		Files.createDirectories(folder.resolve("a b/ü"));
		Files.createDirectories(folder.resolve("a b/z"));
		Files.write(folder.resolve("a b/ü/0+1"), new byte[]{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
		server = new S3Server(folder);
		settings = RemoteSettings.of(server);
	}

	@AfterEach
	void stop() {
		settings.close();
		server.close();
	}

	@Test
	void addressesSurviveThePathOfAFile() {
		assertEquals("s3://bucket/a/b", Storages.normalize("s3:/bucket/a/b/"));
		assertEquals("s3://bucket/a/b", Storages.normalize("S3:\\bucket\\a\\b"));
		assertEquals("https://host/a.zarr", Storages.normalize("https://host/a.zarr"));
		assertEquals("C:\\a", Storages.normalize("C:\\a"));
		assertTrue(
			!Storages.isRemote("/a/http/b") && !Storages.isRemote("file:///a") && Storages.isRemote("http://h/a"));
	}

	@Test
	void partsOfABucketAreRead() throws IOException {
		final Storage storage = Storages.open("s3://screens/a b").at("ü");
		assertReads(storage);
		assertEquals("s3://screens/a b/ü", storage.location());
		assertEquals(List.of("z", "ü"), Storages.open("s3://screens/a b").folders());
		assertEquals(List.of("a b"), Storages.open("s3://screens").folders());
	}

	@Test
	void partsOfAWebSiteAreRead() throws IOException {
		server.open = true;
		assertReads(Storages.open(server.endpoint() + "/screens/a%20b").at("ü"));
		final IOException exc = assertThrows(IOException.class,
			() -> Storages.open(server.endpoint() + "/screens").folders());
		assertTrue(exc.getMessage().contains("can't be listed"), exc.getMessage());
	}

	@Test
	void partsOfAFolderAreRead() throws IOException {
		assertReads(Storages.open(folder.resolve("a b/ü").toString()));
		assertEquals(List.of("z", "ü"), Storages.open(folder.resolve("a b").toString()).folders());
	}

	private static void assertReads(final Storage storage) throws IOException {
		assertEquals(10, storage.read("0+1").length);
		assertArrayEquals(new byte[]{3, 4}, storage.read("0+1", 3, 2));
		assertArrayEquals(new byte[]{8, 9}, storage.read("0+1", 8, 100));
		assertEquals(0, storage.read("0+1", 20, 5).length);
		assertArrayEquals(new byte[]{7, 8, 9}, storage.readEnd("0+1", 3));
		assertEquals(10, storage.readEnd("0+1", 30).length);
		assertNull(storage.read("absent"));
		assertNull(storage.read("absent", 0, 1));
		assertNull(storage.readEnd("absent", 1));
	}

	@Test
	void whoeverIsRefusedLearnsWhy() {
		settings.set("aws.secretAccessKey", "wrong");
		final IOException exc = assertThrows(IOException.class, () -> Storages.open("s3://screens/a b").read("x"));
		for (final String word : List.of("s3://screens/a b/x", "403", "SignatureDoesNotMatch", "AWS_ACCESS_KEY_ID",
			"AWS_ENDPOINT_URL"))
		{
			assertTrue(exc.getMessage().contains(word), exc.getMessage());
		}
		settings.set("isophene.s3.anonymous", "true");
		assertThrows(RemoteException.class, () -> Storages.open("s3://screens/a b").read("x"));
		server.open = true;
		try {
			assertNull(Storages.open("s3://screens/a b").read("x"));
		}
		catch (final IOException exc2) {
			throw new AssertionError(exc2);
		}
	}

	@Test
	void aSessionsTokenIsSigned() throws IOException {
		settings.set("aws.sessionToken", "a/token+of=session");
		assertEquals(10, Storages.open("s3://screens/a b/ü").read("0+1").length);
	}

	@Test
	void aBusyServerIsAskedAgain() throws IOException {
		server.busy.set(2);
		assertEquals(10, Storages.open("s3://screens/a b/ü").read("0+1").length);
		assertTrue(server.requests.size() >= 3);
		server.broken.set(1);
		assertEquals(10, Storages.open("s3://screens/a b/ü").read("0+1").length);
		settings.set("isophene.remote.attempts", "2");
		server.busy.set(5);
		final IOException exc = assertThrows(IOException.class, () -> Storages.open("s3://screens/a b/ü").read("0+1"));
		assertTrue(exc.getMessage().contains("503 (SlowDown)"), exc.getMessage());
	}

	@Test
	void aServerThatSaysNothingIsGivenUp() {
		settings.set("isophene.remote.attempts", "2").set("isophene.remote.timeout", "1");
		server.delay = 3000;
		final IOException exc = assertThrows(IOException.class, () -> Storages.open("s3://screens/a b").read("x"));
		assertTrue(
			exc.getMessage().contains("doesn't answer (2 attempts") && exc.getMessage().contains("/screens/a%20b/x"),
			exc.getMessage());
		server.close();
		final IOException closed = assertThrows(IOException.class, () -> Storages.open("s3://screens/a b").read("x"));
		assertTrue(closed.getMessage().contains("doesn't answer"), closed.getMessage());
	}

	@Test
	void aThreadThatIsInterruptedStops() throws InterruptedException {
		server.delay = 20_000;
		final Throwable[] thrown = new Throwable[1];
		final Thread thread = new Thread(() -> {
			try {
				Storages.open("s3://screens/a b").read("x");
			}
			catch (final IOException exc) {
				thrown[0] = exc;
			}
		});
		thread.start();
		Thread.sleep(200);
		thread.interrupt();
		thread.join(3000);
		assertTrue(thrown[0] instanceof java.io.InterruptedIOException, String.valueOf(thrown[0]));
	}
}
