// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import ai.djl.Device;
import org.junit.jupiter.api.Test;

class PrecisionTest {

	private static final String X86 = "processor\t: 0\nmodel name\t: %s\nflags\t\t: fpu sse2 avx2 %s\n";
	private static final String ARM = "processor\t: %d\nBogoMIPS\t: 50.00\nFeatures\t: fp asimd %s\n";

	@Test
	void autoIsFloat32AndUnknownNamesAreRefused() {
		assertEquals(List.of("auto", "float32", "bfloat16"), Precision.labels());
		assertSame(Precision.FLOAT32, Precision.of("auto"));
		assertSame(Precision.FLOAT32, Precision.of(" "));
		assertSame(Precision.BFLOAT16, Precision.of(" BFloat16"));
		assertEquals("precision = float16: use auto, float32, bfloat16",
			assertThrows(IllegalArgumentException.class, () -> Precision.of("float16")).getMessage());
	}

	@Test
	void networksOfFloat32OnlyAreRefusedByName() {
		Precision.FLOAT32.requireFloat32("dinov2");
		assertEquals("precision = bfloat16: dinov2 is computed in float32 only. Use precision = float32",
			assertThrows(IllegalArgumentException.class, () -> Precision.BFLOAT16.requireFloat32("dinov2"))
				.getMessage());
	}

	@Test
	void theProcessorsFlagsDecide() {
		assertEquals("", Bfloat16.missing(X86.formatted("Xeon", "avx512bw avx512_bf16 amx_bf16")));
		assertEquals("", Bfloat16.missing(X86.formatted("EPYC 9004", "avx512bw avx512_bf16")));
		assertEquals("", Bfloat16.missing(X86.formatted("hidden", "avx512bw amx_bf16")));
		assertEquals("this processor (Old One) lacks avx512_bf16 and amx_bf16, its instructions for bfloat16",
			Bfloat16.missing(X86.formatted("Old One", "avx512bw")));
		assertEquals("", Bfloat16.missing(ARM.formatted(0, "bf16 i8mm")));
		assertEquals("this processor lacks bf16, its instructions for bfloat16",
			Bfloat16.missing(ARM.formatted(0, "bf16 i8mm") + "\n" + ARM.formatted(1, "i8mm")));
		assertTrue(Bfloat16.missing("").contains("avx512_bf16"));
	}

	@Test
	void aGpuNeedsAmpere() {
		assertEquals("", Bfloat16.missing(0, "80"));
		assertEquals("", Bfloat16.missing(0, "90"));
		assertEquals("", Bfloat16.missing(0, "120"));
		assertTrue(Bfloat16.missing(1, "75").startsWith("gpu:1 has the compute capability 75"));
		assertTrue(Bfloat16.missing(1, (String) null).startsWith("gpu:1"));
	}

	@Test
	void otherPlatformsAreRefusedUnlessTheEngineKnowsBetter() {
		assertEquals("", Bfloat16.missing("win-x86_64", true));
		assertTrue(Bfloat16.missing("win-x86_64", false).contains("avx512_bf16"));
		assertTrue(Bfloat16.missing("win-x86_64", (Boolean) null).contains("can't tell on win-x86_64"));
		assertTrue(Bfloat16.missing("osx-aarch64", (Boolean) null).contains("macOS"));
		assertNull(Bfloat16.asked("osx-aarch64"));
	}

	@Test
	void theEngineAgreesWithTheSystem() throws IOException {
		assumeTrue(NativeLibrary.platform().equals("linux-x86_64"));
		final boolean flag = Files.readString(Path.of("/proc/cpuinfo")).contains(" avx512_bf16 ");
		assertEquals(flag, Bfloat16.asked("linux-x86_64"));
	}

	@Test
	void withoutInstructionsItIsRefusedWithTheRemedyUnlessEmulated() {
		assertSame(Precision.FLOAT32, Precision.FLOAT32.require(Device.cpu()));
		System.setProperty(Bfloat16.PROPERTY, Bfloat16.EMULATED);
		try {
			assertSame(Precision.BFLOAT16, Precision.BFLOAT16.require(Device.cpu()));
		}
		finally {
			System.clearProperty(Bfloat16.PROPERTY);
		}
		final String missing = Bfloat16.missing(Device.cpu());
		if (missing.isEmpty()) assertSame(Precision.BFLOAT16, Precision.BFLOAT16.require(Device.cpu()));
		else assertEquals("precision = bfloat16: " + missing + ". Use precision = float32, or another device",
			assertThrows(EngineException.class, () -> Precision.BFLOAT16.require(Device.cpu())).getMessage());
	}
}
