// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.isophene.engine.EngineState;
import io.github.isophene.engine.Engines;

/**
 * Embedding, training and adaptation of a ResNet-18 on the GPU and on the processor: whether the results agree within
 * what rounding explains, and images per second of both, beside those of eager PyTorch on the same device. Ends with
 * exit status 1 if they don't agree. Without a GPU everything runs on the processor twice, and the output says that
 * nothing is claimed.
 * <p>
 * Arguments, all with defaults: {@code python=python3 width=64 size=224 images=16 rounds=8}; with {@code python=} there
 * is no peer.
 * </p>
 */
public final class GpuCheck {

	private GpuCheck() {}

	public static void main(final String[] arguments) throws IOException, InterruptedException {
		final Map<String, String> options = new LinkedHashMap<>(
			Map.of("python", "python3", "width", "64", "size", "224", "images", "16", "rounds", "8"));
		for (final String argument : arguments) {
			final String[] pair = argument.split("=", 2);
			if (pair.length < 2 || options.put(pair[0], pair[1]) == null) throw new IllegalArgumentException(argument);
		}
		final EngineState state = Engines.status();
		final boolean gpu = Engines.device("auto").isGpu();
		System.out.println(options);
		System.out.println("Engine " + state.version() + ", devices " + String.join(", ", state.devices()));
		System.out.println(gpu ? "cpu against gpu:0"
			: "No GPU (" + state.reason() + "): the processor against itself; nothing is claimed about GPUs");
		final List<DeviceComparison.WorkOnTwo> all = new DeviceComparison(Integer.parseInt(options.get("width")),
			Integer.parseInt(options.get("size")), Integer.parseInt(options.get("images")),
			Integer.parseInt(options.get("rounds"))).run("cpu", gpu ? "gpu:0" : "cpu");
		boolean agree = true;
		System.out.printf("%n| work | cpu, images/s | %s, images/s | largest difference | tolerance | |%n" +
			"| --- | --: | --: | --: | --: | --- |%n", gpu ? "gpu:0" : "cpu again");
		for (final DeviceComparison.WorkOnTwo work : all) {
			agree &= work.agrees();
			System.out.printf(Locale.ROOT, "| %s | %.1f | %.1f | %.1e | %.0e | %s |%n", work.what(), work.first(),
				work.second(), work.difference(), work.tolerance(), work.agrees() ? "agrees" : "DIFFERS");
		}
		if (!options.get("python").isEmpty()) peer(options);
		if (!agree) System.exit(1);
	}

	private static void peer(final Map<String, String> options) throws IOException, InterruptedException {
		final Process process = new ProcessBuilder(options.get("python"), "src/test/python/bench_gpu_peer.py",
			options.get("size"), options.get("images"), options.get("rounds"),
			String.valueOf(Engines.threads())).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		try (BufferedReader lines = new BufferedReader(
			new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)))
		{
			lines.lines().forEach(System.out::println);
		}
		if (process.waitFor() != 0) System.out.println("PyTorch could not be run: the reason is above");
	}
}
