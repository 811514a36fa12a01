// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.OneThread;
import io.github.isophene.engine.ScalarOps;
import io.github.isophene.engine.Tensors;
import io.github.isophene.network.imports.WeightImport;
import io.github.isophene.network.weights.Safetensors;
import io.github.isophene.network.weights.StateDict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A network that each channel of an image goes through by itself, against PyTorch (golden_per_channel.py). */
@ExtendWith(OneThread.class)
class PerChannelTest {

	private static final int IMAGES = 4;
	private static final int SIZE = 64;
	private static final int[] LABELS = {1, 4, 0, 6};
	private static final double RATE = 0.05;
	private static final float TOLERANCE = 1e-4f;

	private final Architecture architecture = Architecture.of("resnet18-each", GoldenTensors.CHANNELS, 4,
		GoldenTensors.CLASSES);

	@TempDir
	Path folder;

	private NDManager manager;

	@BeforeEach
	void open() {
		manager = Engines.newManager("cpu");
	}

	@AfterEach
	void close() {
		manager.close();
	}

	private static StateDict golden() throws IOException {
		try (InputStream in = PerChannelTest.class.getResourceAsStream("golden_per_channel.safetensors")) {
			final byte[] bytes = in.readAllBytes();
			return Safetensors.read(new ByteArrayInputStream(bytes), bytes.length);
		}
	}

	private ResNet network() {
		return new ResNet(architecture, new Parameters(manager, architecture, GoldenTensors.weights(architecture)));
	}

	private NDArray images() {
		return Tensors.create(manager, GoldenTensors.images(IMAGES, SIZE), IMAGES, GoldenTensors.CHANNELS, SIZE, SIZE);
	}

	private static NDArray loss(final ResNet network, final NDArray x) {
		final NDArray logP = network.logits(network.embed(x, Normalization.updating(0.1f))).logSoftmax(1);
		final float[] one = new float[IMAGES * GoldenTensors.CLASSES];
		for (int i = 0; i < IMAGES; i++) one[i * GoldenTensors.CLASSES + LABELS[i]] = 1;
		final NDArray labels = Tensors.create(x.getManager(), one, IMAGES, GoldenTensors.CLASSES)
			.toType(DataType.FLOAT64, true);
		return ScalarOps.over(logP.mul(labels).sum(), -IMAGES);
	}

	@Test
	void everyNormalizationGivesWhatPyTorchGives() throws IOException {
		final StateDict golden = golden();
		final ResNet network = network();
		final NDArray x = images();
		final NDArray running = network.embed(x, Normalization.running());
		assertEquals(new Shape(IMAGES, 5 * 32), running.getShape());
		assertArrayEquals(golden.get("running").values(), running.toFloatArray(), TOLERANCE);
		assertArrayEquals(golden.get("logits").values(), network.logits(running).toFloatArray(), TOLERANCE);
		assertArrayEquals(golden.get("batch").values(), network.embed(x, Normalization.batch()).toFloatArray(),
			TOLERANCE);
		assertArrayEquals(golden.get("samples").values(), network.embed(x, Normalization.samples(1, 4)).toFloatArray(),
			TOLERANCE);
		assertThrows(IllegalArgumentException.class, () -> network.embed(x, Normalization.samples(1, 5)));
	}

	/** In double precision, in which rounding does not cross the kinks of the ReLUs. */
	@Test
	void aStepOfGradientDescentIsThatOfPyTorch() throws IOException {
		final StateDict golden = golden();
		final Parameters parameters = new Parameters(manager, architecture, GoldenTensors.weights(architecture),
			DataType.FLOAT64);
		final ResNet network = new ResNet(architecture, parameters);
		final NDArray x = images().toType(DataType.FLOAT64, false);
		final float[] losses = golden.get("losses").values();
		parameters.setRequiresGradient(true);
		try (GradientCollector gradients = manager.getEngine().newGradientCollector()) {
			final NDArray loss = loss(network, x);
			assertEquals(losses[0], loss.getDouble(), 1e-6);
			gradients.backward(loss);
		}
		assertArrayEquals(golden.get("updated_mean").values(), floats(parameters.get("bn1.running_mean")), 1e-6f);
		assertArrayEquals(golden.get("updated_var").values(), floats(parameters.get("bn1.running_var")), 1e-6f);
		for (final String name : List.of("conv1.weight", "bn1.weight", "layer4.1.bn2.bias", "fc.bias")) {
			final float[] expected = golden.get("gradient." + name).values();
			assertArrayEquals(expected, floats(parameters.get(name).getGradient()), 1e-5f, name);
		}
		final float[] norms = golden.get("gradient.norms").values();
		int at = 0;
		for (final NDArray p : parameters.trainable().values()) {
			final NDArray gradient = p.getGradient();
			assertEquals(norms[at], Math.sqrt(gradient.square().sum().getDouble()), 1e-5 * (1 + norms[at]),
				"norm " + at);
			at++;
			p.setRequiresGradient(false);
			p.subi(gradient.mul(RATE));
		}
		assertEquals(norms.length, at);
		assertEquals(losses[1], loss(network, x).getDouble(), 1e-6);
	}

	private static float[] floats(final NDArray array) {
		return array.toType(DataType.FLOAT32, true).toFloatArray();
	}

	@Test
	void aTapSeesTheMapsOfAllChannelsOfAnImage() {
		final ResNet network = network();
		final NDArray x = images();
		final StringBuilder seen = new StringBuilder();
		final float[] plain = network.embed(x, Normalization.batch()).toFloatArray();
		final float[] copied = network.embed(x, Normalization.batch(), (stage, a) -> {
			seen.append(a.getShape().get(0)).append('x').append(a.getShape().get(1)).append(' ');
			return stage == 2 ? a : a.duplicate();
		}).toFloatArray();
		assertEquals("4x20 4x20 4x40 4x80 4x160 ", seen.toString());
		assertArrayEquals(plain, copied);
		for (int stage = 0; stage <= 4; stage++) {
			final NDArray inside = network.activations(x, stage, Normalization.batch());
			assertEquals(IMAGES, inside.getShape().get(0));
			assertArrayEquals(plain,
				network.resume(inside, stage, Normalization.batch(), (s, a) -> a.duplicate()).toFloatArray());
		}
	}

	@Test
	void beforeAnyTrainingTheEmbeddingIsThatOfTheDefaultModel() throws IOException {
		final Model start = Model.load(Model.DEFAULT);
		final int channels = 3;
		final Architecture each = start.card().architecture().each(channels).withClasses(2);
		final StateDict weights = Initialization.random(each, 1);
		for (final String name : start.weights().names()) weights.put(name, start.weights().get(name));
		final FloatBuffer images = EncoderTest.images(2, channels, 96);
		final float[][] expected;
		try (Encoder encoder = new Encoder(start, "cpu")) {
			expected = encoder.embed(images, 2, channels, 96, 96);
		}
		final NDArray x = Tensors.create(manager, images, 2, channels, 96, 96);
		final float[][] rows = Tensors.rows(
			new ResNet(each, new Parameters(manager, each, weights)).embed(x, Normalization.running()));
		final Model model = model(each, weights);
		try (Encoder encoder = new Encoder(model, "cpu"); NDManager step = manager.newSubManager()) {
			final float[][] stored = encoder.embed(images, 2, channels, 96, 96);
			final float[][] onDevice = Tensors.rows(encoder.embed(step, x));
			for (int i = 0; i < 2; i++) {
				assertEquals(channels * 128, expected[i].length);
				assertArrayEquals(expected[i], rows[i], 1e-5f);
				assertArrayEquals(expected[i], stored[i], 1e-5f);
				assertArrayEquals(expected[i], onDevice[i], 1e-5f);
			}
		}
		assertEquals(start.featureNames(channels), model.featureNames(channels));
	}

	private static Model model(final Architecture of, final StateDict weights) {
		return new Model(new ModelCard("each", "", of, ModelCard.Input.of(of), List.of("DNA", "ER", "Mito"), 96,
			"typemax", List.of("a", "b"), "class", StatisticsOrigin.TRAINING, Map.of()), weights);
	}

	@Test
	void withACosineClassifierTheFeaturesOfAllChannelsHaveLength1() {
		final Architecture each = architecture.each(3).withClasses(2).withHead(Head.cosine(8));
		final Model model = model(each, Initialization.calibrated(each, 1));
		try (Encoder encoder = new Encoder(model, "cpu")) {
			for (final float[] row : encoder.embed(EncoderTest.images(2, 3, 64), 2, 3, 64, 64)) {
				double squares = 0;
				for (final float v : row) squares += v * v;
				assertEquals(1, squares, 1e-5);
			}
		}
	}

	@Test
	void aModelFileKeepsItAndOtherNumbersOfChannelsAreRefused() throws IOException {
		final Architecture each = architecture.each(3).withClasses(2);
		final Model model = model(each, Initialization.random(each, 1));
		final Path file = folder.resolve("each.zip");
		ModelFile.write(model, file);
		final Model read = ModelFile.read(file);
		assertEquals(model.card(), read.card());
		assertEquals(ModelCard.Input.EACH_CHANNEL, read.card().input());
		assertFalse(read.card().anyChannels());
		assertArrayEquals(new long[]{2, 96}, read.weights().get("fc.weight").shape());
		final String message = assertThrows(IllegalArgumentException.class, () -> read.checkChannels(2)).getMessage();
		assertTrue(message.contains("takes 3 channels (DNA, ER, Mito), but the images have 2"), message);
		final ModelCard card = read.card();
		assertThrows(IllegalArgumentException.class, () -> new ModelCard("m", "", each, ModelCard.Input.EACH_CHANNEL,
			List.of("DNA"), 96, "", card.classes(), "", StatisticsOrigin.TRAINING, Map.of()));
		assertThrows(IllegalArgumentException.class, () -> new ModelCard("m", "", each, ModelCard.Input.ALL_CHANNELS,
			card.channels(), 96, "", card.classes(), "", StatisticsOrigin.TRAINING, Map.of()));
	}

	@Test
	void theWidenedFirstLayerGivesTheMeanOfTheChannels() {
		final Architecture one = Architecture.of("resnet18", 1, 4, 0);
		final StateDict weights = GoldenTensors.weights(one);
		final StateDict wide = new StateDict();
		for (final String name : weights.names()) wide.put(name, weights.get(name));
		wide.put(WeightImport.FIRST, WeightImport.widen(weights.get(WeightImport.FIRST), 5));
		final NDArray x = images();
		final NDArray each = new ResNet(one, new Parameters(manager, one, weights))
			.first(x.reshape(new Shape(IMAGES * 5, 1, SIZE, SIZE)));
		final Shape s = each.getShape();
		final NDArray mean = each.reshape(new Shape(IMAGES, 5, s.get(1), s.get(2), s.get(3))).mean(new int[]{1});
		final NDArray joint = new ResNet(one.together(5), new Parameters(manager, one.together(5), wide)).first(x);
		assertArrayEquals(mean.toFloatArray(), joint.toFloatArray(), 1e-5f);
		assertNotEquals(0, Arrays.hashCode(joint.toFloatArray()));
	}

	@Test
	void itsNameIsReadBack() {
		final Architecture of = Architecture.of("resnet50-aa-each", 3, 8, 2);
		assertEquals("resnet50-aa-each", of.name());
		assertEquals(3 * 256, of.embeddingDimension());
		assertEquals(1, of.stem().in());
		assertEquals(of, Architecture.fromJson(of.toJson()));
		assertEquals(Architecture.of("resnet50-aa", 3, 8, 2), of.together(3));
	}
}
