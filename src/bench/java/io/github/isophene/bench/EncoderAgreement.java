// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;
import io.github.isophene.engine.Engines;
import io.github.isophene.network.Encoder;
import io.github.isophene.network.Model;
import io.github.isophene.network.imports.ImportOptions;
import io.github.isophene.network.imports.ModelImport;
import io.github.isophene.network.weights.Safetensors;
import io.github.isophene.network.weights.StateDict;

/**
 * Compares imported encoders of full size with PyTorch: the largest difference of a feature, and the processor time of
 * an image with one thread. Argument: the folder that src/test/python/full_size_encoders.py has made.
 */
public final class EncoderAgreement {

	private static final int ROUNDS = 4;

	private EncoderAgreement() {}

	public static void main(final String[] arguments) throws Exception {
		Engines.setThreads(1);
		final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		final List<Path> files;
		try (Stream<Path> all = Files.list(Path.of(arguments[0]))) {
			files = all.filter(f -> f.toString().endsWith(".pth")).sorted().toList();
		}
		for (final Path file : files) {
			final String name = file.getFileName().toString().replace(".pth", "");
			final StateDict reference = Safetensors.read(file.resolveSibling(name + ".safetensors"));
			final float[] expected = reference.get("rows").values();
			final int side = (int) reference.get("side").values()[0];
			final Model model = ModelImport.read(file, ImportOptions.of("auto", List.of())).model();
			final int n = expected.length / model.embeddingDimension(1);
			final FloatBuffer images = FloatBuffer.allocate(n * side * side);
			for (int i = 0; i < images.capacity(); i++) images.put(i, (float) Math.sin(i * 0.37) * 1.5f);
			try (Encoder encoder = new Encoder(model, "cpu")) {
				double least = Double.MAX_VALUE;
				double difference = 0;
				double largest = 0;
				for (int round = 0; round < ROUNDS; round++) {
					final long before = system.getProcessCpuTime();
					final float[][] rows = encoder.embed(images, n, 1, side, side);
					least = Math.min(least, (system.getProcessCpuTime() - before) / 1e6 / n);
					for (int i = 0; i < expected.length; i++) {
						final int d = rows[0].length;
						difference = Math.max(difference, Math.abs(rows[i / d][i % d] - expected[i]));
						largest = Math.max(largest, Math.abs(expected[i]));
					}
				}
				System.out.printf("%s, %d px: largest difference %.2g of %.3g, %.1f ms of one thread per image%n",
					name, side, difference, largest, least);
			}
		}
	}
}
