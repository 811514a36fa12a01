// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.OneThread;
import io.github.isophene.engine.Precision;
import io.github.isophene.engine.Tensors;
import io.github.isophene.network.weights.NamedTensor;
import io.github.isophene.network.weights.StateDict;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(OneThread.class)
class FoldedResNetTest {

	@ParameterizedTest
	@ValueSource(strings = {"resnet18", "resnet18-aa", "resnet50", "resnet50-aa"})
	void foldingChangesNothingButTime(final String name) {
		final Model model = model(name, 3, 8);
		try (NDManager manager = Engines.newManager("cpu");
			Parameters parameters = new Parameters(manager, model.card().architecture(), model.weights());
			FoldedResNet folded = new FoldedResNet(manager, model.card().architecture(), model.weights(),
				Precision.FLOAT32, 4, 64);
			NDManager step = manager.newSubManager())
		{
			final NDArray x = Tensors.create(step, EncoderTest.images(2, 3, 75), 2, 3, 75, 75);
			final float[] expected = new ResNet(model.card().architecture(), parameters)
				.embed(x, Normalization.running())
				.toFloatArray();
			assertEquals(2 * model.card().architecture().embeddingDimension(), expected.length);
			assertArrayEquals(expected, folded.embed(x).toFloatArray(), 1e-4f);
		}
	}

	/** A small model whose statistics and shifts are all different. */
	static Model model(final String name, final int channels, final int width) {
		return model(name, channels, width, 0);
	}

	static Model model(final String name, final int channels, final int width, final int classes) {
		final Architecture architecture = Architecture.of(name, channels, width, classes);
		final StateDict weights = Initialization.random(architecture, 1);
		for (final String n : new ArrayList<>(weights.names())) {
			final NamedTensor w = weights.get(n);
			if (w.rank() > 1) continue;
			final Initialization.SplitMix random = new Initialization.SplitMix(2, n);
			for (int i = 0; i < w.values().length; i++) {
				w.values()[i] += (float) (n.endsWith("running_var") ? random.nextDouble()
					: 0.2 * random.nextGaussian());
			}
		}
		final List<String> names = new ArrayList<>();
		for (int i = 0; i < channels; i++) names.add("c" + i);
		return new Model(
			new ModelCard("test", "", architecture, ModelCard.Input.ALL_CHANNELS, names, 64, "",
				IntStream.range(0, classes).mapToObj(i -> "k" + i).toList(), "", StatisticsOrigin.TRAINING, Map.of()),
			weights);
	}
}
