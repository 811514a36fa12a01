// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.OneThread;
import io.github.isophene.engine.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Hundreds of passes need no more memory than the first ones. */
@ExtendWith(OneThread.class)
class LeakTest {

	/**
	 * By how much resident memory may grow, MB: Java's own heap fills up meanwhile. The feature
	 * maps of the passes are several times that.
	 */
	private static final double SLACK = 150;

	@Test
	void embeddingKeepsNothing() throws IOException {
		final Model model = FoldedResNetTest.model("resnet18", 2, 16);
		final FloatBuffer images = EncoderTest.images(4, 2, 64);
		try (Encoder encoder = new Encoder(model, "cpu")) {
			for (int i = 0; i < 100; i++) encoder.embed(images, 4, 2, 64, 64);
			final int arrays = encoder.openArrays();
			final double before = residentMegabytes();
			for (int i = 0; i < 300; i++) encoder.embed(images, 4, 2, 64, 64);
			assertEquals(arrays, encoder.openArrays());
			assertFlat(before);
		}
	}

	@Test
	void trainingKeepsNothing() throws IOException {
		final Architecture architecture = Architecture.of("resnet18", 2, 4, 3);
		try (NDManager manager = Engines.newManager("cpu");
			Parameters parameters = new Parameters(manager, architecture, Initialization.random(architecture, 1)))
		{
			parameters.setRequiresGradient(true);
			final ResNet network = new ResNet(architecture, parameters);
			for (int i = 0; i < 30; i++) step(manager, network);
			final int arrays = manager.getManagedArrays().size();
			final double before = residentMegabytes();
			for (int i = 0; i < 100; i++) step(manager, network);
			assertEquals(arrays, manager.getManagedArrays().size());
			assertFlat(before);
		}
	}

	/** One step of gradient descent, alternating the kind of statistics. */
	private static void step(final NDManager manager, final ResNet network) {
		try (NDManager step = manager.newSubManager()) {
			final NDArray x = Tensors.create(step, EncoderTest.images(4, 2, 32), 4, 2, 32, 32);
			try (GradientCollector collector = step.getEngine().newGradientCollector()) {
				final NDArray a = network.logits(network.embed(x, Normalization.updating(0.1f)));
				final NDArray b = network.logits(network.embed(x, Normalization.samples(1, 4)));
				collector.backward(a.sub(b).square().mean());
			}
			for (final NDArray p : network.parameters().trainable().values()) {
				// Each call makes a new handle that belongs to the parameter's manager, and so does what is
				// computed from it. Values are detached: a thread that has not loaded the engine records gradients.
				try (NDArray gradient = p.getGradient(); NDArray change = gradient.mul(1e-3f);
					NDArray values = p.stopGradient())
				{
					values.subi(change);
					gradient.subi(gradient);
				}
			}
		}
	}

	private static void assertFlat(final double before) throws IOException {
		final double grown = residentMegabytes() - before;
		assertTrue(grown < SLACK, "resident memory has grown by " + grown + " MB");
	}

	/** MB; 0 where the system doesn't tell. */
	private static double residentMegabytes() throws IOException {
		final Path statm = Path.of("/proc/self/statm");
		if (!Files.isReadable(statm)) return 0;
		return Long.parseLong(Files.readString(statm).split(" ")[1]) * 4096e-6;
	}
}
