// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnginesTest {

	@Test
	void theStatusSaysWhereItComputesAndWhyNotOnTheGpu() {
		final EngineState status = Engines.status();
		assertTrue(status.available(), status.toString());
		assertEquals("2.7.1", status.version());
		assertFalse(status.library().isEmpty());
		assertTrue(status.devices().contains("cpu"));
		assertTrue(status.devices().contains(status.device()));
		assertTrue(status.threads() > 0);
		assertEquals(status.device().equals("cpu"), !status.reason().isEmpty());
		assertEquals("true", System.getProperty("ai.djl.offline"));
	}

	@Test
	void aWrongDeviceNameNamesTheRightOnes() {
		final String message = assertThrows(IllegalArgumentException.class, () -> Engines.device("cuda")).getMessage();
		assertTrue(message.contains("auto, cpu, gpu"), message);
	}

	@Test
	void aGpuThatIsNotThereIsNotReplacedByTheCpu() {
		final String message = assertThrows(EngineException.class, () -> Engines.device("gpu:99")).getMessage();
		assertTrue(message.contains("device = gpu:99") && message.contains("auto or cpu"), message);
		assertTrue(Engines.device("CPU").getDeviceType().equals("cpu"));
	}

	@Test
	void threadsCanBeSet() {
		final int before = Engines.threads();
		try {
			Engines.setThreads(1);
			assertEquals(1, Engines.threads());
			assertThrows(IllegalArgumentException.class, () -> Engines.setThreads(-1));
		}
		finally {
			Engines.setThreads(before);
		}
	}

	@Test
	void librariesThatOthersMayReplaceAreNotLoaded(@TempDir final Path folder) throws IOException {
		assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
		final Path cache = Files.createDirectory(folder.resolve("cache"));
		final Path libraries = Files.createDirectories(cache.resolve("pytorch/2.7.1-cpu-linux-x86_64"));
		for (final Path made : List.of(cache, libraries.getParent(), libraries))
			Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
		NativeLibrary.requireTrusted(cache);
		NativeLibrary.requireTrusted(folder.resolve("missing"));
		for (final Path open : List.of(cache, libraries.getParent(), libraries)) {
			Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xrwx"));
			final String message = assertThrows(EngineException.class, () -> NativeLibrary.requireTrusted(cache))
				.getMessage();
			assertTrue(message.contains("The engine's libraries aren't loaded: ") && message.contains(open + ",") &&
				message.contains("ENGINE_CACHE_DIR"), message);
			Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
		}
	}

	@Test
	void platformsHaveTheirLibrariesNames() {
		assertEquals("linux-x86_64", NativeLibrary.platform("Linux", "amd64"));
		assertEquals("osx-aarch64", NativeLibrary.platform("Mac OS X", "aarch64"));
		assertEquals("win-x86_64", NativeLibrary.platform("Windows 11", "amd64"));
	}

	@ParameterizedTest
	@CsvSource({"Mac OS X,x86_64,osx-x86_64,Apple silicon", "Linux,i386,linux-i386,32 bit",
		"Windows 10,x86,win-x86,32 bit", "Windows 11,aarch64,win-aarch64,win-x86_64",
		"Linux,riscv64,linux-riscv64,linux-aarch64", "FreeBSD,amd64,freebsd-x86_64,linux-x86_64"})
	void aPlatformWithoutLibraryIsNamedWithWhatIsSupportedAndWhatStillWorks(final String os, final String arch,
		final String name, final String hint)
	{
		final String message = assertThrows(EngineException.class,
			() -> NativeLibrary.requireSupported(NativeLibrary.platform(os, arch))).getMessage();
		assertTrue(message.contains("this platform, " + name) && message.contains(hint), message);
		for (final String platform : NativeLibrary.PLATFORMS) assertTrue(message.contains(platform), message);
		assertTrue(message.contains("correcting profiles, their assessment and the report don't need it"), message);
	}

	@Test
	void aLinuxWithoutGlibcIsNamed(@TempDir final Path root) throws IOException {
		assertFalse(NativeLibrary.isMusl(root));
		Files.createFile(Files.createDirectories(root.resolve("lib")).resolve("ld-musl-x86_64.so.1"));
		assertTrue(NativeLibrary.isMusl(root));
		Files.createFile(Files.createDirectories(root.resolve("usr/lib/x86_64-linux-gnu")).resolve("libc.so.6"));
		assertFalse(NativeLibrary.isMusl(root), "glibc with musl beside it, as on Debian with its package musl");
		final String message = assertThrows(EngineException.class,
			() -> NativeLibrary.requireSupported("linux-musl-x86_64")).getMessage();
		assertTrue(message.contains("musl instead of glibc"), message);
	}

	@Test
	void aMissingLibraryIsNamedWithItsFile() {
		final String message = assertThrows(EngineException.class,
			() -> NativeLibrary.requireOnClassPath("win-x86_64", Set.of("linux-x86_64 cpu"))).getMessage();
		assertTrue(message.contains("pytorch-native-cpu-2.7.1-win-x86_64.jar") && message.contains("found only"),
			message);
	}

	@Test
	void aMissingDriverIsNamed() {
		final String message = Engines
			.explain(new UnsatisfiedLinkError("libcaffe2_nvrtc.so: libcuda.so.1: cannot open shared object file"))
			.getMessage();
		assertTrue(message.contains("no NVIDIA driver") && message.contains("action = undo"), message);
	}

	@Test
	void theInnermostCauseIsTheMessage() {
		final String message = Engines
			.explain(
				new RuntimeException("Failed to load", new UnsatisfiedLinkError("libtorch.so: GLIBC_2.28 not found")))
			.getMessage();
		assertTrue(message.contains("GLIBC_2.28") && message.contains("too old"), message);
	}
}
