// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.isophene.cli.Main;
import io.github.isophene.files.TinyDisk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the effect of a setting at the engine's next start, each in a process of its own. */
class EngineSettingTest {

	@TempDir
	private Path folder;

	@BeforeEach
	void keepTheUsersSetting() {
		System.setProperty(EngineSetting.FILE, folder.resolve("engine.properties").toString());
	}

	@AfterEach
	void giveItBack() {
		System.clearProperty(EngineSetting.FILE);
	}

	@Test
	void comesBackAsItWasWrittenWhateverTheLetters() throws IOException {
		final EngineSetting setting = new EngineSetting(Path.of("/opt/Größe プレート/lib"), "2.7.1", "cu128",
			Path.of("/opt/Größe"));
		setting.write();
		assertEquals(setting, EngineSetting.read());
		assertEquals(new EngineSetting(Path.of("a b"), "2.7.1", "cpu", null),
			write(new EngineSetting(Path.of("a b"), "2.7.1", "cpu", null)));
	}

	@Test
	void theNextStartUsesIt() throws IOException, InterruptedException {
		assumeFalse(Engines.status().flavor().startsWith("cu"), "this engine computes on a GPU already");
		final Path copy = folder.resolve("copied here");
		Files.createSymbolicLink(copy, Path.of(Engines.status().library()));
		write(new EngineSetting(copy, "2.7.1", "cpu", null));
		final String status = status();
		assertTrue(status.contains("Library: " + copy) && status.contains("GPU Setup: " + copy), status);
		assertTrue(status.contains("PyTorch 2.7.1 (cpu)"), status);
	}

	/** One home folder for machines with and without a GPU, as on a cluster. */
	@Test
	void withoutADriverTheShippedLibraryIsUsedAndTheStatusSaysSo() throws IOException, InterruptedException {
		assumeFalse(NvidiaDriver.isPresent());
		write(new EngineSetting(folder.resolve("torch/lib"), "2.7.1", "cu128", null));
		final String status = status();
		assertTrue(status.contains("PyTorch 2.7.1 (cpu)") &&
			status.contains("is set but not used, as this machine has no NVIDIA driver"), status);
		assertTrue(status.contains("Why not the GPU: this machine has no NVIDIA driver"), status);
	}

	@Test
	void aFolderThatIsGoneIsNamedWithTheWayBack() throws IOException, InterruptedException {
		write(new EngineSetting(folder.resolve("gone"), "2.7.1", "cpu", null));
		final String status = status();
		assertTrue(status.contains("not available") && status.contains(folder.resolve("gone").toString()) &&
			status.contains("action = undo"), status);
	}

	@Test
	void aSettingThatCannotBeReadIsNamed() throws IOException, InterruptedException {
		Files.writeString(EngineSetting.file(), "flavor=cpu\n");
		final String status = status();
		assertTrue(status.contains("not available") && status.contains(EngineSetting.file().toString()) &&
			status.contains("library is missing"), status);
	}

	/** The disk that the engine unpacks to is full: one message, and nothing half-unpacked is left. */
	@Test
	void aFullDiskIsNamedAndNothingIsLeftOnIt() throws IOException, InterruptedException {
		try (TinyDisk disk = TinyDisk.of(folder, 8000)) {
			final String status = status("-DENGINE_CACHE_DIR=" + disk.folder());
			assertTrue(status.contains("not available") && status.contains("Unpacking needs 0.5 GB"), status);
			try (Stream<Path> files = Files.walk(disk.folder())) {
				assertEquals(0, files.filter(Files::isRegularFile).count());
			}
		}
	}

	@Test
	void aFolderThatCannotBeWrittenToIsNamed() throws IOException, InterruptedException {
		try (TinyDisk disk = TinyDisk.readOnly(folder)) {
			final String status = status("-DENGINE_CACHE_DIR=" + disk.folder());
			assertTrue(status.contains("not available") && status.contains(disk.folder().toString()) &&
				status.contains("ENGINE_CACHE_DIR to another folder"), status);
		}
	}

	private static EngineSetting write(final EngineSetting setting) throws IOException {
		setting.write();
		return EngineSetting.read();
	}

	private String status(final String... options) throws IOException, InterruptedException {
		final Path log = folder.resolve("log");
		final List<
			String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
				"-D" + EngineSetting.FILE + "=" + EngineSetting.file()));
		line.addAll(List.of(options));
		line.addAll(List.of(Main.class.getName(), "--headless", "--run", "Engine Status..."));
		final ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
		if (options.length > 0) builder.environment().remove("ENGINE_CACHE_DIR");
		final Process process = builder.start();
		try {
			assertTrue(process.waitFor(200, TimeUnit.SECONDS), "it hangs");
			return Files.readString(log, StandardCharsets.UTF_8);
		}
		finally {
			process.destroyForcibly();
		}
	}
}
