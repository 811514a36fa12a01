// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.isophene.UserErrors;
import io.github.isophene.demo.DemoOptions;
import io.github.isophene.demo.DemoScreen;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.progress.Progress;
import io.github.isophene.run.Failure;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenFormats;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.format.LoadDataFormat;
import io.github.isophene.storage.Addresses;
import io.github.isophene.storage.RemoteSettings;
import io.github.isophene.storage.Storages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Passwords, signatures and tokens in the addresses of images, which tables of errors and logs would pass on. */
class SecretAddressesTest {

	private static final String QUERY = "?X-Amz-Signature=TOPSECRET&token=TOPSECRET";

	@TempDir
	private Path folder;
	private HttpServer server;
	private RemoteSettings settings;
	private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
	private PrintStream before;

	@BeforeEach
	void start() throws IOException {
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", exchange -> {
			try (exchange) {
				answer(exchange);
			}
		});
		server.start();
		settings = new RemoteSettings().set("isophene.remote.attempts", "1")
			.set("isophene.remote", "true")
			.set("isophene.remote.size", "1")
			.set("isophene.s3.endpoint", "http://user:HUNTER2@127.0.0.1:" + port())
			.set("aws.region", "eu-test-1")
			.set("isophene.s3.anonymous", "true")
			.set("isophene.cache", folder.resolve("cache").toString());
		before = System.err;
		System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
	}

	@AfterEach
	void stop() {
		System.setErr(before);
		settings.close();
		server.stop(0);
	}

	private int port() {
		return server.getAddress().getPort();
	}

	private void answer(final HttpExchange exchange) throws IOException {
		final String path = exchange.getRequestURI().getPath();
		final String self = "http://user:HUNTER2@127.0.0.1:" + port() + path + QUERY;
		switch (path.replaceFirst("[?].*", "").replaceFirst(".*/", "").replace(".tif", "")) {
			case "loop" -> redirect(exchange, self);
			case "ftp" -> redirect(exchange, "ftp://user:HUNTER2@h/a.tif" + QUERY);
			case "broken" -> redirect(exchange, "http://user:HUNTER2@[" + QUERY);
			case "gone" -> exchange.sendResponseHeaders(404, -1);
			case "denied" -> exchange.sendResponseHeaders(403, -1);
			case "ill" -> exchange.sendResponseHeaders(500, -1);
			case "large" -> exchange.sendResponseHeaders(200, 8L << 20);
			case "cut" -> send(exchange, new byte[]{'I', 'I', 42, 0, 127, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
			default -> send(exchange, "no image at all".getBytes(StandardCharsets.US_ASCII));
		}
	}

	private static void redirect(final HttpExchange exchange, final String to) throws IOException {
		exchange.getResponseHeaders().set("Location", to);
		exchange.sendResponseHeaders(302, -1);
	}

	private static void send(final HttpExchange exchange, final byte[] bytes) throws IOException {
		exchange.sendResponseHeaders(200, bytes.length);
		exchange.getResponseBody().write(bytes);
	}

	/** Every kind of failure, with what its reason must say. */
	private Map<String, String> failures() {
		final String host = "http://user:HUNTER2@127.0.0.1:" + port();
		final Map<String, String> all = new LinkedHashMap<>();
		all.put(host + "/loop.tif" + QUERY, "from redirect to redirect");
		all.put(host + "/ftp.tif" + QUERY, "http and https only");
		all.put(host + "/broken.tif" + QUERY, "http and https only");
		all.put(host + "/gone.tif" + QUERY, "HTTP status 404");
		all.put(host + "/denied.tif" + QUERY, "HTTP status 403");
		all.put(host + "/ill.tif" + QUERY, "HTTP status 500");
		all.put(host + "/large.tif" + QUERY, "1 MB");
		all.put(host + "/cut.tif" + QUERY, "truncated");
		all.put(host + "/none.tif" + QUERY, "no TIFF");
		all.put(host + "/my plate/none.tif" + QUERY, "no TIFF");
		all.put(host + "/none.xyz" + QUERY, "none.xyz");
		all.put("http://user:HUNTER2@127.0.0.1:1/a.tif" + QUERY, "doesn't answer");
		all.put("http://user:HUNTER2@/a.tif" + QUERY, "no valid address");
		all.put(host + "/a^b{c}.tif" + QUERY, "no valid address");
		all.put("s3://bucket/gone.tif" + QUERY, "HTTP status 404");
		all.put("s3://bucket/denied.tif" + QUERY, "HTTP status 403");
		all.put("s3://bucket/ftp.tif" + QUERY, "follow no redirect");
		all.put("s3://user:HUNTER2@bucket/gone.tif" + QUERY, "names no bucket");
		return all;
	}

	@Test
	void noFailureOfAnImageShowsThem() throws IOException {
		final Screen good = DemoScreen.write(folder.resolve("images"), DemoOptions.defaults().withBatches(1)
			.withPlates(1)
			.withWells(4)
			.withFields(1)
			.withSize(32)
			.withClasses(2)
			.withSeed(3), Progress.NONE).screen();
		final List<Field> fields = new ArrayList<>(good.fields());
		final Map<String, String> failures = failures();
		int number = 0;
		for (final String address : failures.keySet()) {
			final List<Plane> planes = new ArrayList<>(good.fields().get(0).planes());
			planes.replaceAll(plane -> Plane.of(address));
			fields.add(new Field(fields.get(0).plate(), "P" + (1 + number++), "1", fields.get(0).metadata(), planes));
		}
		final Path out = Files.createDirectory(folder.resolve("out"));
		final EmbeddingReport report = new ScreenEmbedder(FieldReaders.builtIn()).embed(
			new Screen(good.channels(), fields), TileNetwork.open("default", "cpu"),
			EmbeddingOptions.into(out.resolve("profiles.csv")).withTile(32), Progress.NONE);
		final String errors = Files.readString(report.errors());
		assertEquals(failures.size(), report.failed(), errors);
		final List<String> lines = errors.lines().skip(1).toList();
		assertEquals(failures.size(), lines.size(), errors);
		for (final String reason : failures.values())
			assertTrue(lines.stream().anyMatch(line -> line.contains(reason)), () -> reason + " in\n" + errors);
		try (Stream<Path> files = Files.walk(out)) {
			for (final Path file : files.filter(Files::isRegularFile).toList())
				requireNone(Files.readString(file, StandardCharsets.ISO_8859_1));
		}
		requireNone(report.message());
	}

	@Test
	void noExceptionOfAReaderShowsThem() {
		failures().forEach((address, reason) -> {
			final Field field = new Field("P", "A01", "1", Map.of(), List.of(Plane.of(address)));
			final Exception exc = assertThrows(Exception.class, () -> FieldReaders.builtIn().read(field));
			requireNone(stack(exc));
			assertTrue(exc.getMessage().contains(reason), exc.getMessage());
			requireNone(field.location());
			final Exception storage = assertThrows(Exception.class, () -> {
				final byte[] bytes = Storages.open(address).read("");
				throw new IOException(Storages.open(address).describe("zarr.json") + bytes);
			});
			requireNone(stack(storage));
		});
	}

	@Test
	void otherSchemesAreRefusedWithoutThem() throws IOException {
		for (final String address : List.of("ftp://u:HUNTER2@h/a.tif", "gs://b/a.tif" + QUERY, "sftp://HUNTER2@h/a.tif",
			"ftp://u:HUN/HUNTER2@h/a.tif", "ftp://u:a?HUNTER2@h/a.tif"))
		{
			requireNone(stack(assertThrows(Exception.class, () -> Plane.of(address).withIllumination(
				new Plane(address, -1, -1)))));
			final Path table = Files.writeString(folder.resolve("t.csv"),
				"Metadata_Plate,Metadata_Well,URL_OrigDNA\nP,A01," + address + "\nP,A01," + address + "\n");
			final Exception exc = assertThrows(Exception.class,
				() -> new ScreenFormats(List.of(new LoadDataFormat())).open(table, "auto", ScreenOptions.none()));
			requireNone(stack(exc));
			assertTrue(exc.getMessage().contains(table.toString()), exc.getMessage());
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {"https://u:HUNTER2@h/a.tif?t=TOPSECRET|https://h/a.tif",
		"https:/u:HUNTER2@h/a.tif|https:/h/a.tif", "https://h/a@b.tif|https://h/a@b.tif",
		"https://[::1]:80/a@b.tif|https://[::1]:80/a@b.tif", "ftp://u:a/HUNTER2@h/b.tif|ftp://h/b.tif",
		"/data/a?b.tif|/data/a?b.tif", "C:/a?b@c|C:/a?b@c",
		"https://h/a b.tif?x=TOPSECRET y|https://h/a b.tif"})
	void anAddressIsShownWithout(final String address, final String shown) {
		assertEquals(shown, Addresses.shown(address));
	}

	@Test
	void aTextIsShownWithout() {
		assertEquals("P A01: http://h/a.tif is (https://g/b): why? Is https://h right?", Addresses.hidden(
			"P A01: http://u:HUNTER2@h/a.tif?t=TOPSECRET is (" +
				"https://HUNTER2@g/b?TOPSECRET): why? Is https://h right?"));
		assertEquals("x: http://h/my plate/a.tif: gone.\nwhy?no",
			Addresses.hidden("x: http://h/my plate/a.tif?a=TOPSECRET: gone.\nwhy?no"));
		assertEquals("http://h/a", UserErrors.message(new IOException("http://u:HUNTER2@h/a?TOPSECRET")));
		assertEquals("http://h/a", new Failure("P", "A01", "1", Failure.Kind.READING, "http://u:p@h/a?TOPSECRET")
			.reason());
	}

	private static String stack(final Throwable exc) {
		final StringWriter text = new StringWriter();
		exc.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

	private void requireNone(final String text) {
		for (final String secret : Arrays.asList("HUNTER2", "TOPSECRET")) {
			assertFalse(text.contains(secret), text);
			assertFalse(logged.toString(StandardCharsets.UTF_8).contains(secret), logged::toString);
		}
	}
}
