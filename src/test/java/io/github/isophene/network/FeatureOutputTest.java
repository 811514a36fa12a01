// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.OneThread;
import io.github.isophene.engine.Precision;
import io.github.isophene.engine.Tensors;
import io.github.isophene.network.imports.ImportOptions;
import io.github.isophene.network.imports.ModelImport;
import io.github.isophene.network.weights.NamedTensor;
import io.github.isophene.network.weights.Safetensors;
import io.github.isophene.network.weights.StateDict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Features from another place than a network's end, against PyTorch (src/test/python/golden_encoders.py). */
@ExtendWith(OneThread.class)
class FeatureOutputTest {

	private static final float TOLERANCE = 1e-4f;

	@TempDir
	private Path folder;

	@ParameterizedTest
	@CsvSource({"resnet18, 64, 96", "resnet50, 64, 64", "resnet50-aa, 8, 288"})
	void everyPassGivesTheFeaturesOfPyTorch(final String name, final int width, final int size) throws IOException {
		final StateDict golden = GoldenTensors.numbers("golden_encoders.safetensors");
		final Architecture whole = Architecture.of(name, GoldenTensors.CHANNELS, width, 0);
		final StateDict weights = GoldenTensors.weights(whole);
		for (final String output : List.of("stage:2.mean", "stage:3.mean+sd", "last.mean+sd")) {
			final String[] parts = output.split("\\.");
			final Architecture architecture = whole.withOutput(FeatureOutput.of(parts[0], parts[1]));
			final float[] expected = golden.get(name + "." + output).values();
			assertEquals(2 * architecture.embeddingDimension(), expected.length);
			final Model model = model(whole, weights).withOutput(architecture.output());
			try (NDManager manager = Engines.newManager("cpu");
				Parameters parameters = new Parameters(manager, architecture, model.weights());
				FoldedResNet folded = new FoldedResNet(manager, architecture, model.weights(), Precision.FLOAT32, 2,
					size))
			{
				final NDArray x = Tensors.create(manager, GoldenTensors.images(2, size), 2, GoldenTensors.CHANNELS,
					size, size);
				final ResNet network = new ResNet(architecture, parameters);
				assertArrayEquals(expected, network.embed(x, Normalization.running()).toFloatArray(), TOLERANCE);
				assertArrayEquals(expected, folded.embed(x).toFloatArray(), TOLERANCE);
				try (SteppedPass pass = new SteppedPass(network, x)) {
					while (!pass.done()) pass.step(Normalization.running());
					assertArrayEquals(expected, pass.embeddings().toFloatArray(), TOLERANCE);
				}
			}
		}
	}

	private static Model model(final Architecture architecture, final StateDict weights) {
		return new Model(new ModelCard("m", "", architecture, ModelCard.Input.ALL_CHANNELS,
			List.of("a", "b", "c", "d", "e"), 64, "", List.of(), "", StatisticsOrigin.TRAINING, Map.of()), weights);
	}

	/** An image of one value has a map of one value where no padding reaches it, and a gradient all the same. */
	@Test
	void theSpreadOfAConstantMapHasAGradient() {
		try (NDManager manager = Engines.newManager("cpu")) {
			final NDArray map = manager.ones(new Shape(1, 2, 3, 3));
			map.setRequiresGradient(true);
			try (var collector = Engine.getInstance().newGradientCollector()) {
				collector.backward(FrozenNetwork.pool(map, FeatureOutput.Pooling.MEAN_SD).sum());
			}
			for (final float g : map.getGradient().toFloatArray()) assertEquals(1 / 9f, g, 1e-6f);
		}
	}

	@Test
	void theBuiltInModelIsWrittenWithAnotherOutput() throws IOException {
		final ModelImport made = ModelImport.read(Path.of("default"),
			ImportOptions.of("auto", List.of()).withOutput(FeatureOutput.of("stage:3", "mean+sd")));
		final Path file = folder.resolve("cut.zip");
		ModelFile.write(made.model(), file);
		final Model cut = Model.load(file);
		assertEquals(made.model().card(), cut.card());
		assertEquals("default-stage3-mean+sd", cut.card().name());
		assertEquals(2 * 64 * 3, cut.embeddingDimension(3));
		assertFalse(cut.weights().contains("layer4.0.conv1.weight"));
		assertEquals(Model.load("default").card().intensity(), cut.card().intensity());
		assertNotEquals(Model.load("default").digest(), cut.digest());

		// The means are those of the whole network's third stage, channel by channel.
		final FloatBuffer images = EncoderTest.images(2, 3, 96);
		final Model means = Model.load("default").withOutput(FeatureOutput.of("stage:3", ""));
		try (Encoder both = new Encoder(cut, "cpu"); Encoder one = new Encoder(means, "cpu")) {
			final float[] all = both.embed(images, 2, 3, 96, 96)[1];
			final float[] mean = one.embed(images, 2, 3, 96, 96)[1];
			for (int c = 0; c < 3; c++) {
				assertArrayEquals(Arrays.copyOfRange(mean, c * 64, c * 64 + 64),
					Arrays.copyOfRange(all, c * 128, c * 128 + 64), 1e-6f);
			}
		}
		final String json = CardJson.write(cut.card(), "", null, "");
		assertTrue(json.contains("\"output\": \"stage:3\"") && json.contains("\"pool\": \"mean+sd\"") &&
			json.contains("\"formatVersion\": 2"), json);
		final String message = assertThrows(IOException.class, () -> ModelImport.read(file,
			ImportOptions.of("auto", List.of()).withOutput(FeatureOutput.of("", "mean+sd")))).getMessage();
		assertTrue(message.contains("stage:3") && message.contains("no weights behind"), message);
	}

	@Test
	void aModelFileIsWrittenWithAnotherOutputAndWithoutItsClasses() throws IOException {
		final Architecture architecture = Architecture.of("resnet18", 2, 4, 3);
		final Model classifier = new Model(new ModelCard("m", "", architecture, ModelCard.Input.ALL_CHANNELS,
			List.of("a", "b"), 64, "", List.of("x", "y", "z"), "Metadata_moa", StatisticsOrigin.TRAINING, Map.of()),
			Initialization.random(architecture, 1));
		final Path file = folder.resolve("classifier.zip");
		ModelFile.write(classifier, file);
		final ModelImport made = ModelImport.read(file,
			ImportOptions.of("auto", List.of()).withOutput(FeatureOutput.of("last", "mean+sd")));
		assertEquals(List.of(), made.model().card().classes());
		assertEquals(List.of("a", "b"), made.model().card().channels());
		assertEquals(64, made.model().embeddingDimension(2));
		assertTrue(made.notes().get(0).contains("last layer"), made.notes().toString());
		assertTrue(made.model().card().training().get("output of").contains(classifier.digest()));
		final String plain = assertThrows(IOException.class,
			() -> ModelImport.read(file, ImportOptions.of("auto", List.of()))).getMessage();
		assertTrue(plain.contains("model already") && plain.contains("output"), plain);
		final String named = assertThrows(IOException.class, () -> ModelImport.read(file,
			ImportOptions.of("auto", List.of("c", "d")).withOutput(FeatureOutput.of("last", "mean+sd")))).getMessage();
		assertTrue(named.contains("leave architecture, channels"), named);
	}

	@Test
	void importedWeightsAreCutAtTheOutput() throws IOException {
		final Architecture architecture = Architecture.of("resnet18", 3, 4, 0);
		final StateDict weights = Initialization.random(architecture, 1);
		final Path file = folder.resolve("weights.safetensors");
		Safetensors.write(weights, file, Map.of());
		final ImportOptions options = ImportOptions.of("auto", List.of("a", "b", "c"))
			.withOutput(FeatureOutput.of("stage:2", ""));
		final Model model = ModelImport.read(file, options).model();
		assertEquals(8, model.embeddingDimension(3));
		assertEquals(model.card().architecture().parameters().keySet(), model.weights().names());
		final String message = assertThrows(IOException.class,
			() -> ModelImport.read(file, options.withClasses(List.of()).withTileSize(32)
				.withOutput(FeatureOutput.of("", "mean+sd")))).getMessage();
		assertTrue(message.contains("tile = 32") && message.contains("at least 64"), message);
		// What lies behind the output must be there and fit all the same, or the file is another network's.
		weights.put("layer4.0.conv1.weight", NamedTensor.scalar(1));
		Safetensors.write(weights, file, Map.of());
		assertTrue(assertThrows(IOException.class, () -> ModelImport.read(file, options)).getMessage()
			.contains("layer4.0.conv1.weight"));
	}

	@ParameterizedTest
	@ValueSource(strings = {"stage:0|", "stage:5|", "block:2|", "layer4|", "stage:|", "|sd", "|class",
		"stage:3|patches"})
	void whatANetworkDoesNotHaveIsRefusedWithTheChoice(final String text) {
		final String[] parts = text.split("\\|", -1);
		final String message = assertThrows(IllegalArgumentException.class,
			() -> Architecture.of("resnet18", 1, 4, 0).withOutput(FeatureOutput.of(parts[0], parts[1]))).getMessage();
		assertTrue(message.startsWith(parts[1].isEmpty() ? "output = " : "pool = "), message);
		assertTrue(message.contains(parts[1].isEmpty() ? "stage:" : "mean+sd"), message);
	}

	@Test
	void theNetworksOwnOutputHasOneForm() {
		final Architecture plain = Architecture.of("resnet18", 1, 4, 0);
		assertEquals(plain, plain.withOutput(FeatureOutput.of("stage:4", "mean")));
		assertEquals(plain, plain.withOutput(FeatureOutput.of(" Last ", "")));
		final Architecture other = plain.withOutput(FeatureOutput.of("stage:2", "mean+sd"));
		assertEquals(other, Architecture.fromJson(other.toJson()));
		assertEquals(List.of(4, 8), List.of(other.stageChannels(1), other.stageChannels(2)));
		assertThrows(IllegalArgumentException.class, () -> other.stageChannels(3));
	}
}
