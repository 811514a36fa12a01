// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.Tensors;
import org.junit.jupiter.api.Test;

class EncoderTest {

	@Test
	void channelsAreEmbeddedEachByItself() throws Exception {
		final Model model = Model.load("default");
		final FloatBuffer images = images(3, 2, 64);
		try (Encoder encoder = new Encoder(model, "cpu")) {
			final float[][] both = encoder.embed(images, 3, 2, 64, 64);
			assertEquals(3, both.length);
			assertEquals(model.embeddingDimension(2), both[0].length);
			assertEquals(model.featureNames(2).size(), both[0].length);
			final float[] second = new float[64 * 64];
			images.duplicate().position(3 * 64 * 64).get(second);
			final float[] alone = encoder.embed(FloatBuffer.wrap(second), 1, 1, 64, 64)[0];
			final float[] expected = new float[alone.length];
			System.arraycopy(both[1], alone.length, expected, 0, alone.length);
			assertArrayEquals(expected, alone, 1e-4f);
			for (final float v : alone) assertTrue(Float.isFinite(v) && Math.abs(v) < 1000, "exploded: " + v);
		}
	}

	@Test
	void anEmbeddingDependsNeitherOnItsNeighborsNorOnTheThreads() throws Exception {
		final Model model = FoldedResNetTest.model("resnet50", 2, 16);
		final FloatBuffer images = images(7, 2, 64);
		final int threads = Engines.threads();
		try (Encoder encoder = new Encoder(model, "cpu")) {
			final float[][] together = encoder.embed(images, 7, 2, 64, 64);
			final FloatBuffer last = images.duplicate().position(6 * 2 * 64 * 64);
			assertArrayEquals(together[6], encoder.embed(last, 1, 2, 64, 64)[0]);
			Engines.setThreads(3);
			try (Encoder other = new Encoder(model, "cpu")) {
				assertArrayEquals(together, other.embed(images, 7, 2, 64, 64));
			}
		}
		finally {
			Engines.setThreads(threads);
		}
	}

	@Test
	void arraysAreEmbeddedAsBuffersAre() throws Exception {
		final FloatBuffer images = images(2, 3, 64);
		try (Encoder encoder = new Encoder(Model.load("default"), "cpu"); NDManager step = Engines.newManager("cpu")) {
			final NDArray x = Tensors.create(step, images, 2, 3, 64, 64);
			assertArrayEquals(encoder.embed(images, 2, 3, 64, 64), Tensors.rows(encoder.embed(step, x)));
		}
	}

	@Test
	void aBufferThatIsTooShortIsRefused() throws Exception {
		try (Encoder encoder = new Encoder(Model.load("default"), "cpu")) {
			assertThrows(IllegalArgumentException.class, () -> encoder.embed(FloatBuffer.allocate(100), 1, 1, 64, 64));
		}
	}

	static FloatBuffer images(final int n, final int c, final int size) {
		final Initialization.SplitMix random = new Initialization.SplitMix(7, "images");
		final FloatBuffer images = FloatBuffer.allocate(n * c * size * size);
		while (images.hasRemaining()) images.put((float) random.nextGaussian());
		return images.flip();
	}
}
