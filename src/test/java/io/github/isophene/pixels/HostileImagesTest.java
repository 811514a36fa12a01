// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

import io.github.isophene.pixels.file.Fixtures;
import io.github.isophene.pixels.illumination.Illumination;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenFormats;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.StreamingXml;
import io.github.isophene.screen.format.LoadDataFormat;
import io.github.isophene.storage.RemoteSettings;
import io.github.isophene.storage.Storages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Images behind a server that a user has agreed to, by a table, and that means harm nevertheless; and files of few
 * bytes that claim to be large ones.
 */
class HostileImagesTest {

	private static final ScreenFormats FORMATS = new ScreenFormats(List.of(new LoadDataFormat()));

	@TempDir
	private Path folder;
	private ServerSocket server;
	private RemoteSettings settings;

	@BeforeEach
	void start() throws IOException {
		server = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
		final Thread thread = new Thread(this::serve, "hostile-images");
		thread.setDaemon(true);
		thread.start();
		settings = new RemoteSettings().set("isophene.remote.attempts", "1")
			.set("isophene.remote.timeout", "2")
			.set("isophene.remote.size", "8")
			.set("isophene.remote.consents", folder.resolve("consents").toString())
			.set("isophene.cache", folder.resolve("cache").toString());
	}

	@AfterEach
	void stop() throws IOException {
		settings.close();
		server.close();
	}

	private void serve() {
		while (!server.isClosed()) {
			try {
				final Socket socket = server.accept();
				final Thread answer = new Thread(() -> answer(socket), "hostile-answer");
				answer.setDaemon(true);
				answer.start();
			}
			catch (final IOException exc) {
				return; // the end of the test
			}
		}
	}

	/** Not by a library's server, which keeps to what it has announced. */
	private void answer(final Socket socket) {
		try (socket; InputStream in = socket.getInputStream(); OutputStream out = socket.getOutputStream()) {
			final StringBuilder request = new StringBuilder();
			for (int c = in.read(); c >= 0 && request.indexOf("\r\n\r\n") < 0; c = in.read()) {
				request.append((char) c);
				if (request.indexOf("\r\n\r\n") >= 0) break;
			}
			final String name = request.toString().replaceFirst("(?s)GET /([a-z]+).*", "$1");
			final byte[] image = Fixtures.all().get("u16-lzw-le-strip.tif");
			switch (name) {
				case "short" -> write(out, "200 OK", "Content-Length: " + (image.length + 5), image);
				case "long" -> write(out, "200 OK", "Content-Length: " + (image.length - 5), image);
				// Java takes it for none: the body ends with the connection.
				case "negative" -> write(out, "200 OK", "Content-Length: -1\r\nConnection: close", image);
				case "huge" -> write(out, "200 OK", "Content-Length: 9223372036854775807", image);
				case "file" -> redirect(out, "file:///etc/hostname");
				case "host" -> redirect(out, "http://127.0.0.1:" + server.getLocalPort() + "/good.tif");
				case "endless" -> {
					write(out, "200 OK", "Connection: close", new byte[0]);
					for (final byte[] block = new byte[1 << 16];;) out.write(block);
				}
				case "slow" -> {
					write(out, "200 OK", "Content-Length: 1000", new byte[0]);
					for (int i = 0; i < 1000; i++) {
						out.write(1);
						Thread.sleep(50);
					}
				}
				case "header" -> {
					out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
					for (;;) out.write("X-Filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n".getBytes(
						StandardCharsets.US_ASCII));
				}
				case "nonsense" -> out.write("220 mail.example ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
				case "silent" -> Thread.sleep(20_000);
				default -> write(out, "200 OK", "Content-Length: " + image.length, image);
			}
			out.flush();
		}
		catch (final IOException exc) {
			return; // the client has hung up, as it should
		}
		catch (final InterruptedException exc) {
			Thread.currentThread().interrupt();
		}
	}

	private static void redirect(final OutputStream out, final String to) throws IOException {
		write(out, "302 Found", "Location: " + to + "\r\nContent-Length: 0", new byte[0]);
	}

	private static void write(final OutputStream out, final String status, final String header, final byte[] body)
		throws IOException
	{
		out.write(("HTTP/1.1 " + status + "\r\n" + header + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
		out.write(body);
	}

	private Field field(final String name) throws IOException {
		final Path table = Files.writeString(folder.resolve(name + ".csv"),
			"Metadata_Plate,Metadata_Well,URL_OrigDNA\nP,A01,http://localhost:" + server.getLocalPort() + "/" + name +
				".tif\n");
		assertThrows(IOException.class, () -> FORMATS.open(table, "auto", ScreenOptions.none()));
		settings.set("isophene.remote", "http://localhost:" + server.getLocalPort());
		final Field field = FORMATS.open(table, "auto", ScreenOptions.none()).fields().get(0);
		settings.set("isophene.remote", null);
		return field;
	}

	@ParameterizedTest
	@Timeout(60)
	@CsvSource(delimiter = '|', value = {"endless|8 MB", "huge|8 MB", "slow|no whole answer in 2 s",
		"short|doesn't answer", "file|http and https only", "header|doesn't answer",
		"nonsense|doesn't answer", "silent|no whole answer in 2 s"})
	void agreedServersEndInAMessageToo(final String name, final String reason) throws IOException {
		final Field field = field(name);
		final IOException exc = assertThrows(IOException.class, () -> FieldReaders.builtIn().read(field));
		assertTrue(exc.getMessage().startsWith("P A01 site 1: ") && exc.getMessage().contains("/" + name + ".tif") &&
			exc.getMessage().contains(reason), exc.getMessage());
	}

	@Test
	@Timeout(60)
	void whatIsThereIsRead() throws IOException {
		for (final String name : List.of("good", "host", "negative"))
			assertEquals(Fixtures.WIDTH, FieldReaders.builtIn().read(field(name)).dimension(0), name);
		// Bytes behind the announced ones belong to nobody: those before are a TIFF that is cut short.
		final Field longer = field("long");
		final IOException exc = assertThrows(IOException.class, () -> FieldReaders.builtIn().read(longer));
		assertTrue(exc.getMessage().contains("/long.tif"), exc.getMessage());
	}

	/** A header line without an end, of a few hundred kilobytes when packed. */
	@Test
	@Timeout(60)
	void aTableThatUnfoldsWithoutEndIsRefused() throws IOException {
		final Path table = folder.resolve("bomb.csv.gz");
		try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(table)) {

			{
				def.setLevel(Deflater.BEST_SPEED);
			}
		}) {
			final byte[] block = "a".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
			for (int i = 0; i < 300; i++) out.write(block);
		}
		assertTrue(Files.size(table) < 4 << 20);
		final IOException exc = assertThrows(IOException.class,
			() -> FORMATS.open(table, "auto", ScreenOptions.none()));
		assertTrue(exc.getMessage().contains("bomb.csv.gz"), exc.getMessage());
	}

	/** A sparse file takes no room on the disk of whoever made the archive. */
	@Test
	void anIlluminationFunctionIsBounded() throws IOException {
		final Path function = folder.resolve("i.npy");
		try (RandomAccessFile file = new RandomAccessFile(function.toFile(), "rw")) {
			file.setLength(3L << 30);
		}
		Fixtures.write("u16-lzw-le-strip.tif", folder);
		final Path table = Files.writeString(folder.resolve("t.csv"),
			"Metadata_Plate,Metadata_Well,FileName_OrigDNA,FileName_IllumDNA\nP,A01,u16-lzw-le-strip.tif,i.npy\n");
		final Screen screen = FORMATS.open(table, "auto", ScreenOptions.none());
		final ChannelReader reader = new ChannelReader(FieldReaders.builtIn(), screen.channels(), screen.channels(),
			Downscale.NONE, Illumination.of("apply", screen.fields(), Field::plate));
		final IOException exc = assertThrows(IOException.class, () -> reader.read(screen.fields().get(0)));
		assertTrue(exc.getMessage().contains("i.npy") && exc.getMessage().contains("8 MB"), exc.getMessage());
	}

	/** Links of a stranger's folder to /dev/zero, and named pipes, which nobody writes to. */
	@Test
	@Timeout(120)
	void pipesAndDevicesAreNeverOpened() throws IOException, InterruptedException {
		final List<Path> special = new ArrayList<>();
		for (final String name : List.of("pipe.tif", "pipe.png", "pipe.npy", "pipe.xml", "pipe.csv", "pipe.parquet")) {
			final Path pipe = folder.resolve(name);
			try {
				if (new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() != 0) continue;
			}
			catch (final IOException exc) {
				continue; // Windows has no such files
			}
			special.add(pipe);
			final Path device = folder.resolve("device-" + name);
			if (Files.exists(Path.of("/dev/zero"))) special.add(Files.createSymbolicLink(device, Path.of("/dev/zero")));
		}
		Assumptions.assumeFalse(special.isEmpty());
		Fixtures.write("u16-lzw-le-strip.tif", folder);
		for (final Path file : special) {
			requireRefused(file, () -> FORMATS.open(file, "loaddata", ScreenOptions.none()));
			requireRefused(file, () -> StreamingXml.read(file, (StreamingXml.Handler) null));
			final String name = file.getFileName().toString();
			// A link that leads out of a folder is refused before.
			if (name.startsWith("pipe")) {
				requireRefused(file, () -> Storages.open(folder.toString()).read(name));
				requireRefused(file, () -> Storages.open(folder.toString()).readEnd(name, 8));
			}
			final boolean function = file.toString().matches(".*(npy|xml)");
			final String image = function ? "u16-lzw-le-strip.tif" : name;
			if (!function && !image.matches(".*(tif|png)")) continue;
			final Path table = Files.writeString(folder.resolve("t.csv"),
				"Metadata_Plate,Metadata_Well,FileName_OrigDNA,FileName_IllumDNA\nP,A01," + image + "," +
					name + "\n");
			final Screen screen = FORMATS.open(table, "auto", ScreenOptions.none());
			if (!function) requireRefused(file, () -> FieldReaders.builtIn().read(screen.fields().get(0)));
			requireRefused(file, () -> new ChannelReader(FieldReaders.builtIn(), screen.channels(), screen.channels(),
				Downscale.NONE, Illumination.of("apply", screen.fields(), Field::plate)).read(screen.fields().get(0)));
		}
	}

	private static void requireRefused(final Path file, final Executable opening) {
		final IOException exc = assertThrows(IOException.class, opening, file.toString());
		assertTrue(exc.getMessage().contains(file.toString()) && exc.getMessage().contains("not a regular file"),
			exc.getMessage());
	}
}
