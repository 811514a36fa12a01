// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.isophene.engine.OneThread;
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

/** Against the package efficientnet_lite_pytorch (src/test/python/golden_encoders.py). */
@ExtendWith(OneThread.class)
class EfficientNetLiteTest {

	private static final float TOLERANCE = 1e-4f;

	/** A quarter of the width of number 0, with its stem and head. */
	private static final EfficientNetLite NARROW = new EfficientNetLite(3, List.of(32, 8, 8, 16, 24, 32, 48, 80, 1280),
		List.of(1, 2, 2, 3, 3, 4, 1), FeatureOutput.OWN);

	private static final ImportOptions AUTO = ImportOptions.of("auto", List.of()).withTileSize(64);

	@TempDir
	private Path folder;

	private Path file(final StateDict weights) throws IOException {
		final Path file = folder.resolve("weights.safetensors");
		Safetensors.write(weights, file, Map.of());
		return file;
	}

	@ParameterizedTest
	@CsvSource({"64, last, mean", "64, last, mean+sd", "64, block:4, mean", "64, block:10, mean+sd",
		"64, block:15, mean", "72, last, mean", "72, last, mean+sd", "72, block:4, mean", "72, block:10, mean+sd",
		"72, block:15, mean"})
	void importedWeightsGiveTheFeaturesOfPyTorch(final int size, final String place, final String pool)
		throws IOException
	{
		final StateDict weights = GoldenTensors.weights(NARROW).put("_fc.weight", new long[]{3, 1280},
			new float[3 * 1280]);
		final Model imported = ModelImport.read(file(weights), AUTO.withOutput(FeatureOutput.of(place, pool))).model();
		ModelFile.write(imported, folder.resolve("m.zip"));
		final Model model = Model.load(folder.resolve("m.zip"));
		assertEquals(imported.card(), model.card());
		assertEquals(model.card().network().parameters().keySet(), model.weights().names());
		final float[] expected = GoldenTensors.numbers("golden_encoders.safetensors")
			.get("efficientnet." + size + "." + place + "." + pool)
			.values();
		final int d = model.embeddingDimension(1);
		assertEquals(2 * d, expected.length);
		try (Encoder encoder = new Encoder(model, "cpu")) {
			final float[][] rows = encoder.embed(GoldenTensors.gray(2, size), 2, 1, size, size);
			for (int i = 0; i < 2 * d; i++) assertEquals(expected[i], rows[i / d][i % d], TOLERANCE, "feature " + i);
			// Channels go through the network one by one.
			final float[] both = encoder.embed(GoldenTensors.gray(2, size), 1, 2, size, size)[0];
			assertEquals(2 * d, both.length);
			for (int i = 0; i < 2 * d; i++) assertEquals(expected[i], both[i], TOLERANCE);
		}
	}

	/** Numbers of parameters, blocks and channels of the package, without the last layer. */
	@ParameterizedTest
	@CsvSource({"0, 3371008, 16, 320", "1, 4135680, 21, 320", "2, 4811072, 21, 352", "3, 6916096, 24, 384",
		"4, 11725568, 30, 448"})
	void publishedNetworksAreRecognizedAndNamed(final int number, final long parameters, final int blocks,
		final int last) throws IOException
	{
		final int[][] repeats = {{1, 2, 2, 3, 3, 4, 1}, {1, 3, 3, 4, 4, 5, 1}, {1, 3, 3, 4, 4, 5, 1},
			{1, 3, 3, 5, 5, 6, 1}, {1, 4, 4, 6, 6, 8, 1}};
		final int[][] widths = {{32, 16, 24, 40, 80, 112, 192, 320, 1280}, {32, 16, 24, 40, 80, 112, 192, 320, 1280},
			{32, 16, 24, 48, 88, 120, 208, 352, 1280}, {32, 24, 32, 48, 96, 136, 232, 384, 1280},
			{32, 24, 32, 56, 112, 160, 272, 448, 1280}};
		final EfficientNetLite network = new EfficientNetLite(3, list(widths[number]), list(repeats[number]),
			FeatureOutput.OWN);
		assertEquals("efficientnet-lite" + number, network.name());
		assertEquals(parameters, network.parameters()
			.entrySet()
			.stream()
			.filter(e -> !Parameters.isStatistic(e.getKey()))
			.mapToLong(e -> NamedTensor.count(e.getValue()))
			.sum());
		assertEquals(1280, network.embeddingDimension());
		final EfficientNetLite cut = network.withFeaturesOf(FeatureOutput.of("block:" + (blocks - 1), ""));
		assertEquals(last, cut.embeddingDimension());
		assertThrows(IllegalArgumentException.class,
			() -> network.withFeaturesOf(FeatureOutput.of("block:" + blocks, "")));
		final StateDict weights = zeros(network);
		assertEquals(network, EfficientNetLite.of(weights, 3));
		assertEquals(cut, Network.fromJson(cut.toJson()));
	}

	private static List<Integer> list(final int[] numbers) {
		final List<Integer> list = new ArrayList<>();
		for (final int n : numbers) list.add(n);
		return list;
	}

	private static StateDict zeros(final Network network) {
		final StateDict weights = new StateDict();
		network.parameters().forEach((name, shape) -> weights.put(name, shape, new float[NamedTensor.count(shape)]));
		return weights;
	}

	@Test
	void whatDoesNotFitIsRefusedWithWhatItLooksLike() throws IOException {
		final StateDict weights = GoldenTensors.weights(NARROW);
		refused(weights, "architecture is efficientnet-lite0, but the names and shapes are those of efficientnet-lite",
			ImportOptions.of("efficientnet-lite0", List.of()));
		refused(weights, "They seem to be of efficientnet-lite", ImportOptions.of("resnet18", List.of()));
		refused(weights, "without its last layer", AUTO.withClasses(List.of("a", "b")));
		refused(weights, "block:0 to block:15", AUTO.withOutput(FeatureOutput.of("block:16", "")));
		refused(weights, "mean, mean+sd", AUTO.withOutput(FeatureOutput.of("block:3", "class")));
		refused(GoldenTensors.weights(Architecture.of("resnet18", 3, 4, 0)),
			"don't fit efficientnet-lite1: there is no '_conv_stem.weight'. They seem to be of resnet18",
			ImportOptions.of("efficientnet-lite1", List.of()));
		refused(GoldenTensors.weights(NARROW).put("_blocks.3._extra", NamedTensor.scalar(1)), "1 that it doesn't have",
			AUTO);
		refused(GoldenTensors.weights(NARROW).put("_blocks.3._se_reduce.weight", NamedTensor.scalar(1)),
			"squeeze-and-excitation", AUTO);
		refused(GoldenTensors.weights(NARROW).put("_blocks.3._bn1.bias", NamedTensor.scalar(1)),
			"_blocks.3._bn1.bias is [] instead of [48]", AUTO);
		refused(GoldenTensors.weights(NARROW).put("_blocks.16._project_conv.weight", NamedTensor.scalar(1)),
			"17 blocks", AUTO);
	}

	private void refused(final StateDict weights, final String message, final ImportOptions options)
		throws IOException
	{
		final Path file = file(weights);
		final String found = assertThrows(IOException.class, () -> ModelImport.read(file, options)).getMessage();
		assertTrue(found.contains(message) && found.contains("weights.safetensors"), found);
	}

	@Test
	void whatOnlyEmbedsIsNotTrainedOrAdapted() throws IOException {
		final Model model = ModelImport.read(file(GoldenTensors.weights(NARROW)), AUTO).model();
		final String message = assertThrows(IllegalArgumentException.class, () -> model.card().architecture())
			.getMessage();
		assertTrue(message.contains("efficientnet-lite") && message.contains("ResNet"), message);
		assertArrayEquals(new long[]{32, 1, 3, 3}, model.weights().get(EfficientNetLite.FIRST).shape());
	}
}
