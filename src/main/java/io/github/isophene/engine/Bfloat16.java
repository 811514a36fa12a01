// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;

/** Detection of a device's instructions for products of bfloat16 numbers. */
final class Bfloat16 {

	/**
	 * System property that allows bfloat16 on a processor without instructions for it if it is {@value #EMULATED}:
	 * numbers are then converted to float32 and back, slower than float32 alone. For checks of the values.
	 */
	static final String PROPERTY = "isophene.bfloat16";
	static final String EMULATED = "emulated";

	/** Compute capability from which NVIDIA's GPUs have it (Ampere), times ten. */
	private static final int CAPABILITY = 80;
	private static final Path CPUINFO = Path.of("/proc/cpuinfo");

	private Bfloat16() {}

	/** Returns whether bfloat16 is emulated. */
	static boolean emulated() {
		return EMULATED.equals(System.getProperty(PROPERTY));
	}

	/** Returns the reason why a device doesn't compute in bfloat16, a clause; empty if it does. */
	static String missing(final Device device) {
		if (emulated()) return "";
		if (device.isGpu()) return missing(device.getDeviceId(), CudaUtils.getComputeCapability(device.getDeviceId()));
		final String platform = io.github.isophene.engine.NativeLibrary.platform();
		try {
			return platform.startsWith("linux") ? missing(Files.readString(CPUINFO))
				: missing(platform, asked(platform));
		}
		catch (final IOException e) {
			return CPUINFO + " can't be read (" + e.getMessage() + "), which lists the features of the processor";
		}
	}

	/** @param capability of a GPU, times ten: {@code 86} */
	static String missing(final int gpu, final String capability) {
		return capability != null && capability.matches("\\d+") && Integer.parseInt(capability) >= CAPABILITY ? ""
			: "gpu:" + gpu + " has the compute capability " + capability + " (tenths), bfloat16 needs " + CAPABILITY;
	}

	/** @param cpuinfo what Linux says about the processors, x86 or ARM */
	static String missing(final String cpuinfo) {
		String model = "";
		final Set<String> features = new HashSet<>();
		boolean arm = false;
		for (final String line : cpuinfo.split("\\R")) {
			final int colon = line.indexOf(':');
			if (colon < 0) continue;
			final String key = line.substring(0, colon).strip();
			final String value = line.substring(colon + 1).strip();
			if (key.equals("model name") && model.isEmpty()) model = " (" + value + ")";
			arm |= key.equals("Features");
			// The features that all processors share: those of one machine can differ on ARM.
			if (key.equals("flags") || key.equals("Features")) {
				final Set<String> here = new HashSet<>(Arrays.asList(value.split("\\s+")));
				if (features.isEmpty()) features.addAll(here);
				else features.retainAll(here);
			}
		}
		// Every processor with AMX for bfloat16 has avx512_bf16, too; a virtual machine may hide either.
		final boolean there = arm ? features.contains("bf16")
			: features.contains("avx512_bf16") || features.contains("amx_bf16") && features.contains("avx512bw");
		return there ? "" : "this processor" + model + " lacks " + (arm ? "bf16" : "avx512_bf16 and amx_bf16") +
			", its instructions for bfloat16";
	}

	/** @param supported what the engine says; {@code null} if it doesn't know */
	static String missing(final String platform, final Boolean supported) {
		if (Boolean.TRUE.equals(supported)) return "";
		if (supported != null) return "this processor lacks avx512_bf16, its instructions for bfloat16";
		return platform.startsWith("osx") ? "on macOS the engine has no convolutions in bfloat16"
			: "the engine can't tell on " + platform + " whether the processor has instructions for bfloat16";
	}

	/** Asks the engine's own detection by its symbol in the native library, as there is no operation for it. */
	static Boolean asked(final String platform) {
		final String symbol = switch (platform) {
			case "linux-x86_64" -> "_ZN2at3cpu24is_avx512_bf16_supportedEv";
			case "win-x86_64" -> "?is_avx512_bf16_supported@cpu@at@@YA_NXZ";
			default -> null;
		};
		if (symbol == null) return null;
		Engines.start();
		try {
			final Path folder = Path.of(ai.djl.pytorch.jni.LibUtils.getLibtorchPath());
			final Pointer library = NativeLibrary
				.getInstance(folder.resolve(System.mapLibraryName("torch_cpu")).toString())
				.getFunction(symbol);
			// A C++ bool is one byte; the rest of the register is undefined.
			return (((Function) library).invokeInt(new Object[0]) & 0xff) != 0;
		}
		catch (final LinkageError e) {
			return null;
		}
	}
}
