// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
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

/** Against timm's modules (src/test/python/golden_encoders.py). */
@ExtendWith(OneThread.class)
class VisionTransformerTest {

	private static final float TOLERANCE = 1e-4f;

	/** Two heads, two blocks. */
	private static final VisionTransformer PLAIN = new VisionTransformer(3, 16, 128, 2, 2, 128, 4, 0, true, false,
		FeatureOutput.OWN);
	private static final VisionTransformer DINOV2 = new VisionTransformer(3, 14, 128, 2, 2, 128, 5, 0, true, true,
		FeatureOutput.OWN);
	private static final VisionTransformer REGISTERS = new VisionTransformer(3, 14, 128, 2, 2, 128, 4, 4, false, true,
		FeatureOutput.OWN);

	private static final ImportOptions AUTO = ImportOptions.of("auto", List.of());

	@TempDir
	private Path folder;

	private static VisionTransformer network(final String name) {
		return name.contains("reg4") ? REGISTERS : name.contains("dinov2") ? DINOV2 : PLAIN;
	}

	/** Weights under timm's names. */
	private static StateDict weights(final VisionTransformer network) {
		final StateDict weights = new StateDict();
		// Drawn by name, which is timm's.
		final StateDict drawn = GoldenTensors.weights(network,
			name -> name.equals(VisionTransformer.REGISTERS) ? VisionTransformer.TIMM_REGISTERS : name);
		drawn.names().forEach(name -> weights.put(name, drawn.get(name)));
		return weights;
	}

	private Path file(final StateDict weights) throws IOException {
		final Path file = folder.resolve("weights.safetensors");
		Safetensors.write(weights, file, Map.of());
		return file;
	}

	@ParameterizedTest
	@CsvSource({"vit_small_patch16_224, 64", "vit_small_patch16_224, 96", "vit_small_patch14_dinov2, 70",
		"vit_small_patch14_dinov2, 56", "vit_small_patch14_dinov2, 98", "vit_small_patch14_reg4_dinov2, 56",
		"vit_small_patch14_reg4_dinov2, 98", "vit_small_patch14_reg4_dinov2, 42"})
	void importedWeightsGiveTheFeaturesOfTimm(final String name, final int size) throws IOException {
		final Path weights = file(weights(network(name)).put("head.weight", NamedTensor.scalar(1))
			.put("mask_token", new long[]{1, 128}, new float[128]));
		final StateDict golden = GoldenTensors.numbers("golden_encoders.safetensors");
		for (final String output : List.of("last.class", "last.class+patches", "block:0.patches")) {
			final String[] parts = output.split("\\.");
			final Model imported = ModelImport
				.read(weights, AUTO.withTileSize(size).withOutput(FeatureOutput.of(parts[0], parts[1])))
				.model();
			ModelFile.write(imported, folder.resolve("m.zip"));
			final Model model = Model.load(folder.resolve("m.zip"));
			assertEquals(imported.card(), model.card());
			assertEquals(model.card().network().parameters().keySet(), model.weights().names());
			final float[] expected = golden.get(name + "." + size + "." + output).values();
			final int d = model.embeddingDimension(1);
			assertEquals(2 * d, expected.length);
			try (Encoder encoder = new Encoder(model, "cpu")) {
				final float[][] rows = encoder.embed(GoldenTensors.gray(2, size), 2, 1, size, size);
				for (int i = 0; i < 2 * d; i++)
					assertEquals(expected[i], rows[i / d][i % d], TOLERANCE, output + " " + i);
				// Channels go through the network one by one.
				final float[] both = encoder.embed(GoldenTensors.gray(2, size), 1, 2, size, size)[0];
				for (int i = 0; i < 2 * d; i++) assertEquals(expected[i], both[i], TOLERANCE);
			}
		}
	}

	/** Numbers of parameters of timm's modules and of DINOv2, without a last layer and a mask token. */
	@ParameterizedTest
	@CsvSource({"vit-small, 384, 16, 14, 0, false, 21665664", "vit-base, 768, 16, 14, 0, false, 85798656",
		"vit-small, 384, 14, 37, 0, true, 22056192", "vit-base, 768, 14, 37, 4, true, 86582784"})
	void publishedNetworksAreRecognizedAndNamed(final String name, final int width, final int patch, final int grid,
		final int registers, final boolean scale, final long parameters) throws IOException
	{
		final VisionTransformer network = new VisionTransformer(3, patch, width, 12, width / 64, 4 * width, grid,
			registers, true, scale, FeatureOutput.OWN);
		assertEquals(name, network.name());
		assertEquals(parameters,
			network.parameters().values().stream().mapToLong(shape -> NamedTensor.count(shape)).sum());
		assertEquals(width, network.embeddingDimension());
		assertEquals(network, Network.fromJson(network.toJson()));
	}

	@Test
	void whatDoesNotFitIsRefused() throws IOException {
		refused(weights(PLAIN), "tile = 100: vit takes tiles whose side is a multiple of its patches' 16 pixels, " +
			"such as 96", AUTO.withTileSize(100));
		refused(weights(PLAIN), "architecture is vit-small, but the names and shapes are those of vit",
			ImportOptions.of("vit-small", List.of()));
		refused(weights(PLAIN), "block:0 to block:1", AUTO.withOutput(FeatureOutput.of("block:2", "")));
		refused(weights(PLAIN), "class, patches, class+patches", AUTO.withOutput(FeatureOutput.of("", "mean+sd")));
		refused(weights(PLAIN).put("blocks.1.attn.q_norm.weight", NamedTensor.scalar(1)),
			"1 that it doesn't have (blocks.1.attn.q_norm.weight)", AUTO);
		refused(weights(PLAIN).put("blocks.1.mlp.fc2.bias", NamedTensor.scalar(1)),
			"blocks.1.mlp.fc2.bias is [] instead of [128]", AUTO);
		refused(weights(PLAIN).put("pos_embed", new long[]{1, 8, 128}, new float[8 * 128]), "8 positions", AUTO);
		refused(weights(PLAIN), "They seem to be of vit", ImportOptions.of("resnet18", List.of()));
	}

	private void refused(final StateDict weights, final String message, final ImportOptions options)
		throws IOException
	{
		final Path file = file(weights);
		final String found = assertThrows(IOException.class, () -> ModelImport.read(file, options)).getMessage();
		assertTrue(found.contains(message) && found.contains("weights.safetensors"), found);
	}

	@Test
	void tilesThatHoldNoWholePatchesAreRefused() throws IOException {
		final Model model = ModelImport.read(file(weights(PLAIN)), AUTO.withTileSize(64)).model();
		try (Encoder encoder = new Encoder(model, "cpu")) {
			final String message = assertThrows(IllegalArgumentException.class,
				() -> encoder.embed(GoldenTensors.gray(1, 72), 1, 1, 72, 72)).getMessage();
			assertTrue(message.contains("multiple of 16"), message);
			for (int i = 0; i < 20; i++) encoder.embed(GoldenTensors.gray(2, 64), 2, 1, 64, 64);
			final int arrays = encoder.openArrays();
			for (int i = 0; i < 20; i++) encoder.embed(GoldenTensors.gray(2, 64), 2, 1, 64, 64);
			assertEquals(arrays, encoder.openArrays());
		}
	}
}
