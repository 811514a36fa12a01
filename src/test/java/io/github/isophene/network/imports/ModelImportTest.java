// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network.imports;

import static io.github.isophene.network.weights.WeightFixtures.file;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import com.google.gson.Gson;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Encoder;
import io.github.isophene.network.Initialization;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.ModelFile;
import io.github.isophene.network.PickleBuilder;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.network.weights.NamedTensor;
import io.github.isophene.network.weights.Safetensors;
import io.github.isophene.network.weights.StateDict;
import io.github.isophene.network.weights.WeightFixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class ModelImportTest {

	private static final List<String> RGB = List.of("R", "G", "B");

	@TempDir
	Path folder;

	@ParameterizedTest
	@ValueSource(strings = {"resnet18.safetensors", "resnet18.pt"})
	void importedWeightsEmbedAsInPyTorch(final String name) throws IOException {
		final ModelImport imported = ModelImport.read(file(name), ImportOptions.of("auto", RGB).withTileSize(64));
		assertEquals(Architecture.of("resnet18", 3, 1, 0), imported.model().card().architecture());
		assertEquals("resnet18", imported.model().card().name());
		final Path file = folder.resolve("m.zip");
		ModelFile.write(imported.model(), file);
		final Model model = ModelFile.read(file);
		assertEquals(imported.model().weights(), model.weights());

		final FloatBuffer images = FloatBuffer.allocate(2 * 3 * 64 * 64);
		for (int i = 0; i < images.capacity(); i++) images.put(i, i * 7 % 31 / 31f);
		try (Encoder encoder = new Encoder(model, "cpu")) {
			final float[][] expected = expected("resnet18-expected.json");
			final float[][] found = encoder.embed(images, 2, 3, 64, 64);
			for (int i = 0; i < 2; i++) assertArrayEquals(expected[i], found[i], 1e-5f * max(expected[i]));
		}
	}

	@Test
	void weightsOfATrainingThatDivergedAreRefused() throws IOException {
		final StateDict all = Safetensors.read(file("resnet18.safetensors"));
		final StateDict nan = new StateDict();
		for (final String name : all.names()) nan.put(name, all.get(name));
		final NamedTensor first = all.get("layer2.0.conv1.weight");
		final float[] values = first.values().clone();
		values[3] = Float.NaN;
		nan.put("layer2.0.conv1.weight", new NamedTensor(first.shape(), values));
		final Path weights = folder.resolve("nan.safetensors");
		Safetensors.write(nan, weights, Map.of());
		final IOException exc = assertThrows(IOException.class,
			() -> ModelImport.read(weights, ImportOptions.of("auto", RGB)));
		assertTrue(exc.getMessage().contains("'layer2.0.conv1.weight' has values that are NaN"), exc.getMessage());
	}

	/** The engine would take the root of a negative number, and its activations turn NaN into 0. */
	@Test
	void negativeVariancesAreRefused() throws IOException {
		final StateDict all = Safetensors.read(file("resnet18.safetensors"));
		final StateDict negative = new StateDict();
		for (final String name : all.names()) negative.put(name, all.get(name));
		final NamedTensor first = all.get("layer1.0.bn1.running_var");
		final float[] values = first.values().clone();
		values[0] = -0.5f;
		negative.put("layer1.0.bn1.running_var", new NamedTensor(first.shape(), values));
		final Path weights = folder.resolve("negative.safetensors");
		Safetensors.write(negative, weights, Map.of());
		final IOException exc = assertThrows(IOException.class,
			() -> ModelImport.read(weights, ImportOptions.of("auto", RGB)));
		assertTrue(exc.getMessage().contains("'layer1.0.bn1.running_var' has values below 0"), exc.getMessage());
	}

	@Test
	void checkpointsOfATrainingThatDivergedAreRefusedToo() throws IOException {
		final Map<String, byte[]> parts = new LinkedHashMap<>();
		boolean changed = false;
		try (ZipFile zip = new ZipFile(file("resnet18.pt").toFile())) {
			for (final ZipEntry entry : zip.stream().toList()) {
				final byte[] part = zip.getInputStream(entry).readAllBytes();
				if (!changed && entry.getName().endsWith("/data/0")) {
					ByteBuffer.wrap(part).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, Float.POSITIVE_INFINITY);
					changed = true;
				}
				parts.put(entry.getName(), part);
			}
		}
		assertTrue(changed);
		final Path weights = folder.resolve("infinite.pt");
		Files.write(weights, PickleBuilder.zip(parts, ZipEntry.STORED));
		final IOException exc = assertThrows(IOException.class,
			() -> ModelImport.read(weights, ImportOptions.of("auto", RGB)));
		assertTrue(exc.getMessage().contains("has values that are Infinity") &&
			exc.getMessage().contains("infinite.pt"), exc.getMessage());
	}

	@Test
	void aTorchScriptFileOfAnotherNetworkIsTheModelItself() {
		final IOException exc = assertThrows(IOException.class,
			() -> ModelImport.read(file("torchscript-map.pt"), ImportOptions.of("auto", RGB)));
		assertTrue(exc.getMessage().endsWith("give it itself as the model to embed with it"), exc.getMessage());
	}

	@Test
	void whatWasGuessedAndLeftOutIsSaid() throws IOException {
		final List<
			String> notes = ModelImport.read(file("resnet18.safetensors"), ImportOptions.of("auto", RGB)).notes();
		assertEquals(List.of("the names and shapes are those of resnet18 with 3 channels and 5 classes",
			"left out the linear layer, since its classes are not named"), notes);
	}

	/** The weights of a training with -each: one input, and a last layer that takes the features of all channels. */
	@Test
	void weightsOfANetworkPerChannelAreRecognized() throws IOException {
		final List<String> classes = List.of("a", "b", "c");
		final Architecture each = Architecture.of("resnet18-each", 3, 4, 3);
		final StateDict own = Initialization.calibrated(each, 1);
		final Path weights = folder.resolve("each.safetensors");
		Safetensors.write(own, weights, Map.of());
		for (final String name : List.of("auto", "resnet18-each", "resnet18-each:4")) {
			final Model model = ModelImport.read(weights, ImportOptions.of(name, RGB).withClasses(classes)).model();
			assertEquals(each, model.card().architecture(), name);
			assertEquals(ModelCard.Input.EACH_CHANNEL, model.card().input());
			assertFalse(model.card().anyChannels());
			for (final String n : own.names()) assertEquals(own.get(n), model.weights().get(n), n);
		}
		final Model any = ModelImport.read(weights, ImportOptions.of("auto", List.of())).model();
		assertTrue(any.card().anyChannels());
		assertEquals(Architecture.of("resnet18", 1, 4, 0), any.card().architecture());
		assertEquals(each.withClasses(0), ModelImport.read(weights, ImportOptions.of("auto", RGB)).model().card()
			.architecture(), "named channels, no classes: it embeds these channels");

		importFails(weights, ImportOptions.of("auto", List.of()).withClasses(classes),
			"architecture is resnet18-each, whose last layer takes the features of certain channels: name them in " +
				"channels, or leave out classes");
		importFails(weights, ImportOptions.of("resnet18-each", List.of()),
			"name them in channels, or leave out -each");
		importFails(weights, ImportOptions.of("auto", RGB.subList(0, 2)).withClasses(classes),
			"fc.weight is [3, 96] instead of [3, 64]");
		importFails(weights, ImportOptions.of("resnet18-each:16", RGB),
			"architecture is resnet18-each:16, but the weights are of width 4: write resnet18-each:4 or resnet18-each");
	}

	private static void importFails(final Path weights, final ImportOptions options, final String message) {
		final String said = assertThrows(IOException.class, () -> ModelImport.read(weights, options)).getMessage();
		assertTrue(said.contains(message), said);
	}

	@Test
	void namedClassesKeepTheLinearLayer() throws IOException {
		final ImportOptions options = ImportOptions.of("resnet18", RGB);
		final Model model = ModelImport
			.read(file("resnet18.pt"),
				options.withClasses(List.of("a", "b", "c", "d", "e"))
					.withName("mine")
					.withStatistics(StatisticsOrigin.JOINT)
					.withIntensity("percentile"))
			.model();
		assertEquals(5, model.card().architecture().classes());
		assertArrayEquals(new long[]{5, 8}, model.weights().get("fc.weight").shape());
		assertEquals("mine", model.card().name());
		assertEquals("percentile", model.card().intensity());
		assertEquals(StatisticsOrigin.JOINT, model.card().statistics());
		refused("fc.weight is [5, 8] instead of [2, 8]", "resnet18.pt", options.withClasses(List.of("a", "b")));
	}

	@Test
	void channelsAreAdaptedReorderedOrTakenOneByOne() throws IOException {
		final NamedTensor first = Safetensors.read(file("resnet18.safetensors")).get("conv1.weight");
		final ModelImport five = ModelImport.read(file("resnet18.safetensors"),
			ImportOptions.of("auto", List.of("a", "b", "c", "d", "e")));
		assertEquals(WeightImport.widen(first, 5), five.model().weights().get("conv1.weight"));
		assertTrue(five.notes().contains(
			"adapted the first convolution from 3 to 5 channels (mean of its kernels, times 3 / 5)"),
			five.notes().toString());

		final ModelImport single = ModelImport.read(file("resnet18.safetensors"), ImportOptions.of("auto", List.of()));
		assertTrue(single.notes().stream().anyMatch(note -> note.startsWith("no channels are named, so each")),
			single.notes().toString());
		final Model each = single.model();
		assertEquals(ModelCard.Input.EACH_CHANNEL, each.card().input());
		assertEquals(WeightImport.widen(first, 1), each.weights().get("conv1.weight"));
		assertEquals(4 * 8, each.embeddingDimension(4));

		final Model turned = ModelImport
			.read(file("resnet18.safetensors"),
				ImportOptions.of("auto", List.of("B", "R", "G")).withWeightChannels(RGB))
			.model();
		assertEquals(WeightImport.reorder(first, RGB, List.of("B", "R", "G")), turned.weights().get("conv1.weight"));
		refused("in another order", "resnet18.pt",
			ImportOptions.of("auto", List.of("B", "R", "X")).withWeightChannels(RGB));
	}

	@Test
	void csArmBnsNamesBecomeAnAntiAliasedNetworkWithItsClasses() throws IOException {
		// As its Featurizer names them: the network under featurizer., the linear layer beside it.
		final Architecture architecture = Architecture.of("resnet50-aa", 5, 1, 8);
		final StateDict published = new StateDict();
		Initialization.random(architecture, 1)
			.names()
			.forEach(n -> published.put(n.startsWith("fc.") ? n.replace("fc.", "classifier.") : "featurizer." + n,
				Initialization.random(architecture, 1).get(n)));
		final Path file = folder.resolve("fold_0.safetensors");
		Safetensors.write(published, file, Map.of());
		final List<String> channels = List.of("RNA", "ER", "AGP", "Mito", "DNA");
		final List<String> classes = List.of("0", "1", "2", "3", "4", "5", "6", "7");
		final ModelImport imported = ModelImport.read(file, ImportOptions.of("auto", channels).withClasses(classes));
		assertEquals(architecture, imported.model().card().architecture());
		assertEquals(Initialization.random(architecture, 1), imported.model().weights());
		assertTrue(imported.notes().contains("took the layer 'classifier' for 'fc'"), imported.notes().toString());
		assertEquals(architecture.withClasses(0),
			ModelImport.read(file, ImportOptions.of("resnet50-antialiased", channels)).model().card().architecture());
	}

	@Test
	void whatDoesNotFitIsRefusedWithTheFilesName() {
		refused("don't fit resnet50", "resnet18.pt", ImportOptions.of("resnet50", RGB));
		refused("There is no architecture 'vgg'", "resnet18.pt", ImportOptions.of("vgg", RGB));
		refused("no network that is known", "checkpoint.pt", ImportOptions.of("auto", RGB));
		refused("no network that is known", "torchscript-map.pt", ImportOptions.of("auto", RGB));
		refused("frozen", "torchscript-frozen.pt", ImportOptions.of("auto", RGB));
		refused("holds code", "module.pt", ImportOptions.of("auto", RGB));
		final IOException exc = assertThrows(IOException.class,
			() -> ModelImport.read(folder.resolve("none.pt"), ImportOptions.of("auto", RGB)));
		assertTrue(exc.getMessage().contains("no file"), exc.getMessage());
	}

	private static void refused(final String message, final String name, final ImportOptions options) {
		final IOException exc = assertThrows(IOException.class, () -> ModelImport.read(file(name), options));
		assertTrue(exc.getMessage().contains(message) && exc.getMessage().contains(name), exc.getMessage());
	}

	public static float[][] expected(final String name) {
		return new Gson().fromJson(new String(WeightFixtures.bytes(name), StandardCharsets.UTF_8), float[][].class);
	}

	private static float max(final float[] values) {
		float max = 1;
		for (final float v : values) max = Math.max(max, Math.abs(v));
		return max;
	}
}
