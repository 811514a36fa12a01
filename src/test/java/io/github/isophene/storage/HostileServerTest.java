// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers and files that mean harm: they send on, send too much, or send forever. */
class HostileServerTest {

	private static final byte[] CONTENT = {1, 2, 3};

	@TempDir
	private Path folder;

	private HttpServer server;
	private HttpServer other;
	private RemoteSettings settings;
	private final ConcurrentLinkedQueue<Headers> received = new ConcurrentLinkedQueue<>();

	@BeforeEach
	void start() throws IOException {
		server = serve();
		other = serve();
		settings = new RemoteSettings().set("isophene.remote.attempts", "1")
			.set("isophene.s3.endpoint", address(server))
			.set("aws.region", "eu-test-1")
			.set("aws.accessKeyId", S3Server.KEY)
			.set("aws.secretAccessKey", S3Server.SECRET)
			.set("aws.sessionToken", "token");
	}

	@AfterEach
	void stop() {
		settings.close();
		server.stop(0);
		other.stop(0);
	}

	private HttpServer serve() throws IOException {
		final HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		made.setExecutor(Executors.newCachedThreadPool(task -> {
			final Thread thread = new Thread(task, "hostile-server");
			thread.setDaemon(true);
			return thread;
		}));
		made.createContext("/", exchange -> {
			received.add(exchange.getRequestHeaders());
			try (exchange) {
				answer(exchange);
			}
			catch (final IOException exc) {
				// The client has hung up, as it should.
				return;
			}
		});
		made.start();
		return made;
	}

	private void answer(final HttpExchange exchange) throws IOException {
		final String path = exchange.getRequestURI().getPath();
		final String name = path.substring(path.lastIndexOf('/') + 1);
		switch (name) {
			case "elsewhere" -> redirect(exchange, address(other) + "/b/good");
			case "ftp" -> redirect(exchange, "ftp://127.0.0.1/b/good");
			case "file" -> redirect(exchange, "file:///etc/passwd");
			case "loop" -> redirect(exchange, "/b/loop");
			case "broken" -> redirect(exchange, "http://[");
			case "endless" -> {
				exchange.sendResponseHeaders(200, 0);
				final byte[] block = new byte[1 << 20];
				try (OutputStream out = exchange.getResponseBody()) {
					for (int i = 0; i < 4096; i++) out.write(block);
				}
			}
			case "announced", "zarr.json" -> exchange.sendResponseHeaders(200, 3L << 30);
			case "slow" -> {
				exchange.sendResponseHeaders(200, 1000);
				try (OutputStream out = exchange.getResponseBody()) {
					for (int i = 0; i < 1000; i++) {
						out.write(1);
						out.flush();
						Thread.sleep(50);
					}
				}
				catch (final InterruptedException exc) {
					Thread.currentThread().interrupt();
				}
			}
			default -> {
				exchange.sendResponseHeaders(200, CONTENT.length);
				exchange.getResponseBody().write(CONTENT);
			}
		}
	}

	private static void redirect(final HttpExchange exchange, final String to) throws IOException {
		exchange.getResponseHeaders().set("Location", to);
		exchange.sendResponseHeaders(307, -1);
	}

	@Test
	void credentialsAndTokenGoToNoOtherHost() {
		final IOException exc = assertThrows(IOException.class, () -> Storages.open("s3://bucket").read("elsewhere"));
		assertTrue(exc.getMessage().contains("307") && exc.getMessage().contains(address(other)), exc.getMessage());
		assertEquals(1, received.size());
		final IOException cached = assertThrows(IOException.class,
			() -> new FileCache(folder.resolve("cache"), 1000).get("s3://bucket/elsewhere"));
		assertTrue(cached.getMessage().contains("follow no redirect"), cached.getMessage());
		assertEquals(2, received.size());
	}

	@Test
	void imagesFollowRedirectsOnTheWebOnly() throws IOException {
		assertArrayEquals(CONTENT, Storages.open(address(server) + "/b").read("elsewhere"));
		for (final String name : List.of("ftp", "file", "broken")) {
			final IOException exc = assertThrows(IOException.class,
				() -> Storages.open(address(server) + "/b").read(name));
			assertTrue(exc.getMessage().contains(address(server) + "/b/" + name) &&
				exc.getMessage().contains("http and https only"), exc.getMessage());
		}
		final IOException loop = assertThrows(IOException.class,
			() -> Storages.open(address(server) + "/b").read("loop"));
		assertTrue(loop.getMessage().contains("from redirect to redirect"), loop.getMessage());
	}

	@Test
	void redirectsToAnotherHostAreLoggedOnce() throws IOException {
		// Another name of this machine is another host; the two names are this test's own, as a pair is logged once.
		final String from = address(server).replace("127.0.0.1", "localhost");
		final PrintStream before = System.err;
		final ByteArrayOutputStream logged = new ByteArrayOutputStream();
		System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
		try {
			for (int i = 0; i < 3; i++) assertArrayEquals(CONTENT, Storages.open(from + "/b").read("elsewhere"));
		}
		finally {
			System.setErr(before);
		}
		final List<String> lines = logged.toString(StandardCharsets.UTF_8)
			.lines()
			.filter(line -> line.contains("sends requests on to"))
			.toList();
		assertEquals(1, lines.size(), lines.toString());
		assertTrue(lines.get(0).contains("localhost sends requests on to 127.0.0.1"), lines.get(0));
	}

	@Test
	void anAnswerIsBounded() {
		settings.set(SizeLimit.PROPERTY, "8");
		for (final String name : List.of("endless", "announced")) {
			final IOException exc = assertThrows(IOException.class,
				() -> Storages.open(address(server) + "/b").read(name));
			assertTrue(exc.getMessage().contains("/b/" + name) && exc.getMessage().contains("8 MB") &&
				exc.getMessage().contains("-D" + SizeLimit.PROPERTY), exc.getMessage());
		}
		settings.set(SizeLimit.PROPERTY, null);
		final IOException metadata = assertThrows(IOException.class,
			() -> Storages.open(address(server) + "/b").readMetadata("zarr.json"));
		assertTrue(metadata.getMessage().contains("64 MB"), metadata.getMessage());
	}

	@Test
	void theDeadlineHoldsForTheWholeBody() {
		settings.set("isophene.remote.timeout", "1");
		final long start = System.nanoTime();
		final IOException exc = assertThrows(IOException.class,
			() -> Storages.open(address(server) + "/b").read("slow"));
		assertTrue(exc.getMessage().contains("no whole answer in 1 s"), exc.getMessage());
		assertTrue(System.nanoTime() - start < 20e9);
	}

	@Test
	void entriesOfZipFilesAndFilesAreBoundedToo() throws IOException {
		final Path zip = folder.resolve("bomb.zarr.zip");
		try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
			out.putNextEntry(new ZipEntry(".zattrs"));
			final byte[] block = new byte[1 << 20];
			for (int i = 0; i < 65; i++) out.write(block);
			out.closeEntry();
		}
		final IOException exc = assertThrows(IOException.class,
			() -> Storages.open(zip.toString()).readMetadata(".zattrs"));
		assertTrue(exc.getMessage().contains(zip.toString()) && exc.getMessage().contains("64 MB"), exc.getMessage());
		settings.set(SizeLimit.PROPERTY, "1");
		Files.write(folder.resolve("chunk"), new byte[(1 << 20) + 1]);
		final IOException chunk = assertThrows(IOException.class,
			() -> Storages.open(folder.toString()).read("chunk"));
		assertTrue(chunk.getMessage().contains("chunk") && chunk.getMessage().contains("1 MB"), chunk.getMessage());
		settings.set(SizeLimit.PROPERTY, "-1");
		final IllegalArgumentException absurd = assertThrows(IllegalArgumentException.class,
			() -> Storages.open(folder.toString()).read("chunk"));
		assertTrue(absurd.getMessage().contains(SizeLimit.PROPERTY), absurd.getMessage());
	}

	@Test
	void theCacheOfImagesIsTheUsersOwn() throws IOException {
		Assumptions.assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
		final Path place = folder.resolve("place");
		final FileCache cache = new FileCache(place, 1000);
		final String address = address(server) + "/b/good";
		cache.get(address).close();
		assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(place)));
		// From now on somebody could put other planes there.
		Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwxrwx"));
		final IOException exc = assertThrows(IOException.class, () -> cache.get(address));
		assertTrue(exc.getMessage().contains(place.toString()) && exc.getMessage().contains("-Disophene.cache"),
			exc.getMessage());
	}

	private static String address(final HttpServer server) {
		return "http://" + server.getAddress().getAddress().getHostAddress() + ":" + server.getAddress().getPort();
	}
}
