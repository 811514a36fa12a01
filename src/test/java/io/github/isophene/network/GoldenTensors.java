// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.util.function.UnaryOperator;

import io.github.isophene.network.weights.NamedTensor;
import io.github.isophene.network.weights.Safetensors;
import io.github.isophene.network.weights.StateDict;

/** The weights and images that src/test/python/golden_resnet.py makes, and the numbers it has computed from them. */
final class GoldenTensors {

	static final int CHANNELS = 5;
	static final int CLASSES = 7;

	private GoldenTensors() {}

	static StateDict numbers() throws IOException {
		return numbers("golden_resnet.safetensors");
	}

	static StateDict numbers(final String file) throws IOException {
		try (InputStream in = GoldenTensors.class.getResourceAsStream(file)) {
			final byte[] bytes = in.readAllBytes();
			return Safetensors.read(new ByteArrayInputStream(bytes), bytes.length);
		}
	}

	static StateDict weights(final Network architecture) {
		return weights(architecture, name -> name);
	}

	/** Under the names that somebody else has for them. */
	static StateDict weights(final Network architecture, final UnaryOperator<String> names) {
		final StateDict weights = new StateDict();
		architecture.parameters().forEach((own, shape) -> {
			final String name = names.apply(own);
			final Initialization.SplitMix random = new Initialization.SplitMix(0, name);
			final float[] values = new float[NamedTensor.count(shape)];
			for (int i = 0; i < values.length; i++) values[i] = (float) value(name, shape, random.nextDouble());
			weights.put(name, shape, values);
		});
		return weights;
	}

	private static double value(final String name, final long[] shape, final double u) {
		if (shape.length == 4) return (2 * u - 1) * Math.sqrt(6.0 / (shape[1] * shape[2] * shape[3]));
		if (name.startsWith("fc.")) return (2 * u - 1) * 0.05;
		if (shape.length == 2) return (2 * u - 1) * Math.sqrt(3.0 / shape[1]);
		if (shape.length == 3) return 2 * u - 1;
		if (name.endsWith("running_var")) return 0.5 + u;
		if (name.endsWith("bn3.weight")) return 0.1 + 0.1 * u;
		if (name.contains("._bn") && name.endsWith(".weight")) return 0.7 + 0.6 * u;
		if (name.endsWith(".weight")) return 0.25 + 0.5 * u;
		return 0.2 * (2 * u - 1);
	}

	/** The images [count, 1, size, size] of golden_encoders.py. */
	static FloatBuffer gray(final int count, final int size) {
		final Initialization.SplitMix random = new Initialization.SplitMix(0, "gray " + size);
		final FloatBuffer images = FloatBuffer.allocate(count * size * size);
		while (images.hasRemaining()) images.put((float) (40 * random.nextDouble() - 20));
		return images.flip();
	}

	static FloatBuffer images(final int count, final int size) {
		final Initialization.SplitMix random = new Initialization.SplitMix(0, "images " + count + " " + size);
		final FloatBuffer images = FloatBuffer.allocate(count * CHANNELS * size * size);
		while (images.hasRemaining()) images.put((float) (4 * random.nextDouble() - 2));
		return images.flip();
	}
}
