// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import io.github.isophene.engine.EngineSetting;
import io.github.isophene.engine.EngineState;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.NvidiaDriver;
import io.github.isophene.files.TinyDisk;
import io.github.isophene.progress.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuLibrarySetupTest {

	@TempDir
	private Path folder;
	private HttpServer server;

	@BeforeEach
	void keepTheUsersSetting() {
		System.setProperty(EngineSetting.FILE, folder.resolve("my settings/engine.properties").toString());
	}

	@AfterEach
	void giveItBack() {
		System.clearProperty(EngineSetting.FILE);
		if (server != null) server.stop(0);
	}

	@Test
	void aFolderThatWorksIsSetAndTakenBack() throws IOException {
		final EngineState status = Engines.status();
		assumeFalse(status.flavor().startsWith("cu"), "this engine computes on a GPU already");
		// The engine's own library, as a folder that was copied from another machine.
		final Path copy = folder.resolve("Größe プレート").resolve(Path.of(status.library()).getFileName());
		Files.createDirectories(copy);
		try (Stream<Path> files = Files.list(Path.of(status.library()))) {
			for (final Path file : files.toList()) Files.createSymbolicLink(copy.resolve(file.getFileName()), file);
		}
		final String done = setUp(GpuSetupOptions.use(copy));
		assertTrue(done.contains("Tried: it computes on cpu"), done);
		assertEquals(copy.toRealPath(), EngineSetting.read().library());
		assertTrue(setUp(GpuSetupOptions.of("status")).contains(copy.toRealPath().toString()));
		setUp(GpuSetupOptions.of("undo"));
		assertNull(EngineSetting.read());
		assertTrue(Files.exists(copy), "what the user gave is not ours to delete");
	}

	@Test
	void whatDoesNotWorkIsNotSet() throws IOException {
		LibraryFixtures.wheel(folder.resolve("broken"), "2.7.1", "torch", "torch_cpu", "c10");
		final String message = assertThrows(IOException.class,
			() -> setUp(GpuSetupOptions.use(folder.resolve("broken")))).getMessage();
		assertTrue(message.contains("was tried and doesn't work"), message);
		assertNull(EngineSetting.read());
	}

	@Test
	void aZipIsUnpackedSetAndDeletedAgain() throws IOException {
		assumeFalse(NvidiaDriver.isPresent(), "the fake would be tried here");
		final Path zip = Files.write(folder.resolve("lib torch.zip"), LibraryFixtures.cudaZip());
		final Path target = folder.resolve("into/pytorch");
		final String done = setUp(GpuSetupOptions.use(zip).withFolder(target));
		assertTrue(done.contains("was not tried") && done.contains("SHA-256"), done);
		final EngineSetting setting = EngineSetting.read();
		assertEquals(target, setting.unpacked());
		assertTrue(setting.isCuda() && Files.exists(setting.library().resolve(System.mapLibraryName("torch_cuda"))));
		final String again = assertThrows(IOException.class,
			() -> setUp(GpuSetupOptions.use(zip).withFolder(target))).getMessage();
		assertTrue(again.contains("is there already"), again);
		setUp(GpuSetupOptions.of("undo"));
		assertEquals(List.of(), names(folder.resolve("into")));
		assertNull(EngineSetting.read());
	}

	@Test
	void aZipThatIsDamagedOrAnotherOneLeavesNothing() throws IOException {
		final byte[] good = LibraryFixtures.cudaZip();
		assertUnpackFails("SHA-256", good, "0".repeat(64));
		assertUnpackFails("another", LibraryFixtures.zip("libtorch/lib/" + System.mapLibraryName("torch"), "1",
			"libtorch/build-version", "2.6.0+cu124"), "");
		assertUnpackFails("holds no folder libtorch/lib", "<html>".getBytes(), "");
		assertUnpackFails("leads out", LibraryFixtures.zip("../evil", "1"), "");
	}

	private void assertUnpackFails(final String reason, final byte[] zip, final String sha256) throws IOException {
		final Path file = Files.write(folder.resolve("it.zip"), zip);
		final Path into = folder.resolve("into");
		final String message = assertThrows(IOException.class,
			() -> setUp(GpuSetupOptions.use(file).withSha256(sha256).withFolder(into.resolve("pytorch")))).getMessage();
		assertTrue(message.contains(reason) || reason.equals("another") && message.contains("2.6.0"), message);
		assertEquals(List.of(), names(into));
		assertNull(EngineSetting.read());
	}

	@Test
	void aFullDiskAndACanceledRunLeaveNothing() throws IOException {
		final Path zip = Files.write(folder.resolve("it.zip"), LibraryFixtures.cudaZip());
		try (TinyDisk disk = TinyDisk.of(folder, 512)) {
			final String message = assertThrows(IOException.class,
				() -> setUp(GpuSetupOptions.use(zip).withFolder(disk.folder().resolve("pytorch")))).getMessage();
			assertTrue(message.contains("disk"), message);
			disk.assertHolds();
		}
		assertThrows(CancellationException.class, () -> new GpuLibrarySetup(LibraryFixtures.progress(true))
			.run(GpuSetupOptions.use(zip).withFolder(folder.resolve("into/pytorch"))));
		assertEquals(List.of(), names(folder.resolve("into")));
		assertNull(EngineSetting.read());
	}

	/** Cancel at the first moment that a run looks whether it was pressed, at the second, at the third... */
	@Test
	void cancelAtWhateverMomentLeavesNothing() throws IOException {
		assumeFalse(NvidiaDriver.isPresent(), "the fake would be tried here");
		final Path zip = Files.write(folder.resolve("it.zip"), LibraryFixtures.cudaZip());
		final GpuSetupOptions options = GpuSetupOptions.use(zip).withFolder(folder.resolve("into/pytorch"));
		int moments = 0;
		for (boolean done = false; !done; moments++) {
			final int last = moments;
			try {
				new GpuLibrarySetup(new Progress() {

					private int looked;

					@Override
					public void report(final String what, final long bytes, final long total) {}

					@Override
					public boolean isCanceled() {
						return looked++ >= last;
					}
				}).run(options);
				done = true;
			}
			catch (final CancellationException e) {
				assertEquals(List.of(), names(folder.resolve("into")), "after " + last);
				assertNull(EngineSetting.read());
			}
		}
		assertTrue(moments > 10, "there were only " + moments);
		assertEquals(List.of("pytorch"), names(folder.resolve("into")));
	}

	@Test
	void aSettingThatCannotBeWrittenLeavesNothing() throws IOException {
		assumeFalse(NvidiaDriver.isPresent(), "the fake would be tried here");
		final Path zip = Files.write(folder.resolve("it.zip"), LibraryFixtures.cudaZip());
		try (TinyDisk disk = TinyDisk.readOnly(folder)) {
			System.setProperty(EngineSetting.FILE, disk.folder().resolve("engine.properties").toString());
			final String message = assertThrows(IOException.class,
				() -> setUp(GpuSetupOptions.use(zip).withFolder(folder.resolve("into/pytorch")))).getMessage();
			assertTrue(message.contains("engine.properties") && message.contains("may you write"), message);
			assertEquals(List.of(), names(folder.resolve("into")));
		}
	}

	@Test
	void aDownloadIsUnpackedAsItComesIn() throws IOException {
		assumeFalse(NvidiaDriver.isPresent(), "the fake would be tried here");
		final byte[] zip = LibraryFixtures.cudaZip();
		final String url = serve(200, "application/zip", zip, zip.length);
		final String done = setUp(GpuSetupOptions.download(url).withFolder(folder.resolve("into/pytorch")));
		assertTrue(done.contains("Unpacked to"), done);
		assertTrue(EngineSetting.read().isCuda());
	}

	@Test
	void aDownloadThatFailsLeavesNothing() throws IOException {
		final byte[] zip = LibraryFixtures.cudaZip();
		assertDownloadFails("answers 404", serve(404, "text/plain", new byte[]{1}, 1));
		assertDownloadFails("text/html", serve(200, "text/html", "<html>Please log in</html>".getBytes(), 26));
		assertDownloadFails("after " + zip.length + " of " + 2 * zip.length,
			serve(200, "application/zip", zip, 2 * zip.length));
		assertDownloadFails("MB free", serve(200, "application/zip", zip, 1L << 50));
		server.stop(0);
		assertDownloadFails("can't be reached", "http://localhost:" + server.getAddress().getPort() + "/x.zip");
	}

	private void assertDownloadFails(final String reason, final String url) throws IOException {
		final String message = assertThrows(IOException.class,
			() -> setUp(GpuSetupOptions.download(url).withFolder(folder.resolve("into/pytorch")))).getMessage();
		assertTrue(message.contains(reason), message);
		assertEquals(List.of(), names(folder.resolve("into")));
		assertNull(EngineSetting.read());
	}

	@Test
	void aSettingThatCannotBeReadIsNamedAndCanBeTakenBack() throws IOException {
		Files.createDirectories(EngineSetting.file().getParent());
		Files.writeString(EngineSetting.file(), "library=/somewhere\n");
		final String message = assertThrows(IOException.class, EngineSetting::read).getMessage();
		assertTrue(message.contains(EngineSetting.file().toString()) && message.contains("version is missing"),
			message);
		setUp(GpuSetupOptions.of("undo"));
		assertFalse(Files.exists(EngineSetting.file()));
	}

	@Test
	void wrongKeysAreNamed() {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> GpuSetupOptions.of("install")).getMessage()
			.contains("status, use, download, undo"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> GpuSetupOptions.of("use")).getMessage()
			.contains("library is missing"));
		assertTrue(assertThrows(IllegalArgumentException.class,
			() -> GpuSetupOptions.download("ftp://x")).getMessage().contains("https://"));
		assertTrue(
			assertThrows(IllegalArgumentException.class, () -> GpuSetupOptions.use(folder).withSha256("12"))
				.getMessage()
				.contains("64 hexadecimal digits"));
		assertEquals("", GpuSetupOptions.defaultUrl("osx-aarch64"));
		assertTrue(GpuSetupOptions.defaultUrl("linux-x86_64").matches("https://.*2\\.7\\.1%2Bcu128\\.zip"));
	}

	private static String setUp(final GpuSetupOptions options) throws IOException {
		return new GpuLibrarySetup(LibraryFixtures.progress(false), 1000).run(options);
	}

	/** @param length what the server says there is */
	private String serve(final int status, final String type, final byte[] body, final long length) throws IOException {
		if (server != null) server.stop(0);
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", exchange -> {
			exchange.getResponseHeaders().add("Content-Type", type);
			exchange.sendResponseHeaders(status, length);
			try (OutputStream out = exchange.getResponseBody()) {
				out.write(body);
			}
			catch (final IOException e) {
				// The connection breaks: that is what is tried.
			}
			exchange.close();
		});
		server.start();
		return "http://localhost:" + server.getAddress().getPort() + "/libtorch.zip";
	}

	private static List<String> names(final Path folder) throws IOException {
		if (!Files.exists(folder)) return List.of();
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(f -> f.getFileName().toString()).sorted().toList();
		}
	}
}
