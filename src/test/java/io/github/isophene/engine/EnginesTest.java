// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;

import org.junit.jupiter.api.Test;

class EnginesTest {

	@Test
	void theStatusSaysWhereItComputesAndWhyNotOnTheGpu() {
		final EngineStatus status = Engines.status();
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
	void platformsHaveTheirLibrariesNames() {
		assertEquals("linux-x86_64", NativeLibrary.platform("Linux", "amd64"));
		assertEquals("osx-aarch64", NativeLibrary.platform("Mac OS X", "aarch64"));
		assertEquals("win-x86_64", NativeLibrary.platform("Windows 11", "amd64"));
	}

	@Test
	void aPlatformWithoutLibraryIsNamed() {
		final String message = assertThrows(EngineException.class, () -> NativeLibrary.requireOnClassPath("osx-x86_64", Set
			.of("linux-x86_64 cpu"))).getMessage();
		assertTrue(message.contains("osx-x86_64") && message.contains("osx-aarch64"), message);
	}

	@Test
	void aMissingLibraryIsNamedWithItsFile() {
		final String message = assertThrows(EngineException.class, () -> NativeLibrary.requireOnClassPath("win-x86_64", Set
			.of("linux-x86_64 cpu"))).getMessage();
		assertTrue(message.contains("pytorch-native-cpu-2.7.1-win-x86_64.jar") && message.contains("found only"), message);
	}

	@Test
	void theInnermostCauseIsTheMessage() {
		final String message = Engines.explain(new RuntimeException("Failed to load", new UnsatisfiedLinkError(
			"libtorch.so: GLIBC_2.28 not found"))).getMessage();
		assertTrue(message.contains("GLIBC_2.28") && message.contains("too old"), message);
	}
}
