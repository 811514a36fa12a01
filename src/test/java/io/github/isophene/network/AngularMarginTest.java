// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.OneThread;
import io.github.isophene.engine.Tensors;
import io.github.isophene.network.weights.StateDict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The cosine classifier: its margin, and networks and model files that have it. */
@ExtendWith(OneThread.class)
class AngularMarginTest {

	@TempDir
	Path folder;

	@Test
	void aCosineOfPoint6BecomesALogitOf4Point29() {
		try (NDManager manager = Engines.newManager("cpu")) {
			final NDArray logits = Tensors.create(manager, new float[]{30 * .6f, 30 * .2f}, 1, 2);
			final NDArray labels = Tensors.create(manager, new float[]{1, 0}, 1, 2);
			final float[] with = AngularMargin.apply(logits, labels, 30, .5).toFloatArray();
			assertEquals(4.29027, with[0], 2e-5);
			assertEquals(6, with[1], 1e-5);
		}
	}

	@Test
	void theLogitOfTheLabelIsSmallerAtEveryAngle() {
		try (NDManager manager = Engines.newManager("cpu")) {
			final int n = 201;
			final float[] cos = new float[n];
			final float[] ones = new float[n];
			for (int i = 0; i < n; i++) {
				cos[i] = 12 * (-1 + 2f * i / (n - 1));
				ones[i] = 1;
			}
			final float[] with = AngularMargin
				.apply(Tensors.create(manager, cos, n, 1), Tensors.create(manager, ones, n, 1), 12, .2)
				.toFloatArray();
			for (int i = 0; i < n; i++) {
				assertTrue(with[i] < cos[i], "at " + cos[i] / 12 + ": " + with[i]);
				assertTrue(i == 0 || with[i] > with[i - 1], "falls at " + cos[i] / 12);
			}
		}
	}

	@Test
	void logitsAndGradientsAreThoseOfPyTorch() throws Exception {
		final StateDict golden = PerturbationTest.golden();
		try (NDManager manager = Engines.newManager("cpu")) {
			final NDArray z = PerturbationTest.array(manager, golden, "z");
			final NDArray w = PerturbationTest.array(manager, golden, "w");
			final float[] ones = new float[15];
			for (int i = 0; i < 5; i++) ones[3 * i + (int) golden.get("labels").values()[i]] = 1;
			final NDArray labels = Tensors.create(manager, ones, 5, 3);
			z.setRequiresGradient(true);
			w.setRequiresGradient(true);
			try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
				final NDArray logits = AngularMargin.apply(AngularMargin.logits(z, w, 30), labels, 30, .5);
				assertArrayEquals(golden.get("logits").values(), logits.toFloatArray(), 1e-3f);
				collector.backward(logits.logSoftmax(1).mul(labels).sum().div(-5f));
			}
			assertArrayEquals(golden.get("w_gradient").values(), w.getGradient().toFloatArray(), 2e-3f);
			assertArrayEquals(golden.get("z_gradient").values(), z.getGradient().toFloatArray(), 2e-3f);
		}
	}

	@Test
	void embeddingsHaveLength1ByEveryWayThroughTheNetwork() throws Exception {
		final Architecture cosine = Architecture.of("resnet18", 2, 4, 3).withHead(Head.cosine(12));
		final StateDict weights = Initialization.calibrated(cosine, 5);
		assertFalse(weights.contains("fc.bias"));
		final Model model = new Model(new ModelCard("cos", "", cosine, ModelCard.Input.ALL_CHANNELS, List.of("a", "b"),
			48, "", List.of("x", "y", "z"), "class", StatisticsOrigin.TRAINING, Map.of()), weights);
		final FloatBuffer images = EncoderTest.images(3, 2, 48);
		final Path file = folder.resolve("cos.isophene");
		ModelFile.write(model, file);
		final Model read = ModelFile.read(file);
		assertEquals(model.card(), read.card());
		try (NDManager manager = Engines.newManager("cpu");
			Encoder encoder = new Encoder(read, "cpu");
			Parameters parameters = new Parameters(manager, cosine, weights))
		{
			final float[][] rows = encoder.embed(images, 3, 2, 48, 48);
			final ResNet network = new ResNet(cosine, parameters);
			final NDArray embeddings = network.embed(Tensors.create(manager, images, 3, 2, 48, 48),
				Normalization.running());
			final float[] logits = network.logits(embeddings).toFloatArray();
			for (int i = 0; i < 3; i++) {
				double squares = 0;
				for (final float v : rows[i]) squares += v * v;
				assertEquals(1, squares, 1e-5);
				assertArrayEquals(rows[i], embeddings.get(i).toFloatArray(), 1e-5f);
				for (int k = 0; k < 3; k++) assertTrue(Math.abs(logits[3 * i + k]) <= 12.0001);
			}
		}
	}

	@Test
	void aLinearHeadStaysAsItWas() {
		final Architecture linear = Architecture.of("resnet18", 2, 4, 3);
		assertEquals(linear, linear.withHead(Head.LINEAR));
		assertFalse(linear.toJson().has("cosineScale"));
		assertEquals(linear.withHead(Head.cosine(30)),
			Architecture.fromJson(linear.withHead(Head.cosine(30)).toJson()));
		assertThrows(IllegalArgumentException.class, () -> Head.cosine(-1));
		assertThrows(IllegalArgumentException.class, () -> Head.cosine(0));
	}
}
