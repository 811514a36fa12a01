// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SteppedPassTest {

	@ParameterizedTest
	@ValueSource(strings = {"resnet18", "resnet18-aa", "resnet50", "resnet50-aa"})
	void goneThroughItIsTheForwardPass(final String name) {
		final Model model = FoldedResNetTest.model(name, 2, 8);
		try (NDManager manager = Engines.newManager("cpu");
			Parameters parameters = new Parameters(manager, model.card().architecture(), model.weights());
			NDManager step = manager.newSubManager())
		{
			final ResNet network = new ResNet(model.card().architecture(), parameters);
			final NDArray x = Tensors.create(step, EncoderTest.images(3, 2, 75), 3, 2, 75, 75);
			final float[] expected = network.embed(x, Normalization.batch()).toFloatArray();
			final List<String> names = new ArrayList<>();
			try (SteppedPass pass = new SteppedPass(network, x)) {
				while (!pass.done()) {
					names.add(pass.layer().name());
					assertThrows(IllegalStateException.class, pass::embeddings);
					assertTrue(pass.size() >= pass.activations().getShape().size());
					pass.step(Normalization.batch());
				}
				assertArrayEquals(expected, pass.embeddings().toFloatArray());
				assertThrows(IllegalStateException.class, () -> pass.step(Normalization.batch()));
			}
			assertEquals(model.card().architecture().convolutions().stream().map(Architecture.ConvNorm::norm).toList(),
				names);
		}
	}

	@Test
	void aCopyGoesItsOwnWayFromEveryPlace() {
		final Model model = FoldedResNetTest.model("resnet18-aa", 1, 4);
		try (NDManager manager = Engines.newManager("cpu");
			Parameters parameters = new Parameters(manager, model.card().architecture(), model.weights());
			NDManager step = manager.newSubManager())
		{
			final ResNet network = new ResNet(model.card().architecture(), parameters);
			final NDArray x = Tensors.create(step, EncoderTest.images(2, 1, 64), 2, 1, 64, 64);
			final float[] expected = network.embed(x, Normalization.running()).toFloatArray();
			try (SteppedPass pass = new SteppedPass(network, x)) {
				while (!pass.done()) {
					try (SteppedPass copy = pass.copy()) {
						assertEquals(pass.size(), copy.size());
						while (!copy.done()) copy.step(Normalization.running());
						assertArrayEquals(expected, copy.embeddings().toFloatArray());
					}
					pass.step(Normalization.running());
				}
				assertArrayEquals(expected, pass.embeddings().toFloatArray());
			}
		}
	}

	@Test
	void itHoldsNoMoreArraysThanItNeeds() {
		final Model model = FoldedResNetTest.model("resnet18", 1, 4);
		try (NDManager manager = Engines.newManager("cpu");
			Parameters parameters = new Parameters(manager, model.card().architecture(), model.weights());
			NDManager step = manager.newSubManager())
		{
			final ResNet network = new ResNet(model.card().architecture(), parameters);
			final NDArray x = Tensors.create(step, EncoderTest.images(2, 1, 64), 2, 1, 64, 64);
			try (SteppedPass pass = new SteppedPass(network, x)) {
				while (!pass.done()) {
					pass.step(Normalization.batch());
					assertTrue(step.getManagedArrays().size() <= 3, () -> step.getManagedArrays().size() + " arrays");
				}
			}
			assertEquals(1, step.getManagedArrays().size());
		}
	}

	@Test
	void momentsOfPartsAddUpToThoseOfTheWhole() {
		final Model model = FoldedResNetTest.model("resnet18", 3, 4);
		try (NDManager manager = Engines.newManager("cpu");
			Parameters parameters = new Parameters(manager, model.card().architecture(), model.weights()))
		{
			final NormParameters layer = parameters.norm("bn1");
			final NDArray x = Tensors.create(manager, EncoderTest.images(5, 4, 8), 5, 4, 8, 8).mul(3).add(7);
			final ChannelMoments whole = ChannelMoments.of(x, layer);
			final ChannelMoments parts = new ChannelMoments(4);
			parts.add(ChannelMoments.of(x.get("0:2"), layer));
			parts.add(new ChannelMoments(4));
			parts.add(ChannelMoments.of(x.get("2:5"), layer));
			assertEquals(320, parts.count());
			assertArrayEquals(whole.biased().mean(), parts.biased().mean(), 1e-5f);
			assertArrayEquals(whole.unbiased().variance(), parts.unbiased().variance(), 1e-4f);
			final float[] values = x.get(":, 1").toFloatArray();
			double mean = 0;
			for (final float v : values) mean += v / 320;
			double squares = 0;
			for (final float v : values) squares += (v - mean) * (v - mean);
			assertEquals(mean, parts.biased().mean()[1], 1e-5);
			assertEquals(squares / 320, parts.biased().variance()[1], 1e-4);
			assertEquals(squares / 319, parts.unbiased().variance()[1], 1e-4);
			final ChannelMoments single = ChannelMoments.of(x.get("0:1, :, 0:1, 0:1"), layer);
			assertEquals(0, single.biased().variance()[0]);
			assertThrows(IllegalStateException.class, single::unbiased);
			assertThrows(IllegalArgumentException.class, () -> single.add(new ChannelMoments(3)));
		}
	}
}
