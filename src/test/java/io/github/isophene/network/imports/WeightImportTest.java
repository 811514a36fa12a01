// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network.imports;

import static io.github.isophene.network.weights.WeightFixtures.file;
import static io.github.isophene.network.weights.WeightFixtures.vector;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.isophene.network.Architecture;
import io.github.isophene.network.weights.NamePrefixes;
import io.github.isophene.network.weights.NamedTensor;
import io.github.isophene.network.weights.Safetensors;
import io.github.isophene.network.weights.StateDict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightImportTest {

	@Test
	void takesWhatTheNetworkNeedsInItsOrder() {
		final StateDict found = new StateDict().put("fc.weight", vector(1))
			.put("bn.num_batches_tracked", NamedTensor.scalar(3))
			.put("b", vector(1, 2))
			.put("a", vector(3));
		final Map<String, long[]> expected = new LinkedHashMap<>();
		expected.put("a", new long[]{1});
		expected.put("b", new long[]{2});
		final WeightImport.Matched matched = WeightImport.match(expected, found, "net");
		assertEquals(List.of("a", "b"), List.copyOf(matched.weights().names()));
		assertEquals(vector(1, 2), matched.weights().get("b"));
		assertEquals(List.of("left aside 1 weight that the encoder doesn't have (fc.weight)"), matched.notes());
	}

	@Test
	void oneMessageSaysAllThatDoesNotFit() {
		final Map<String, long[]> expected = new LinkedHashMap<>();
		for (int i = 0; i < 8; i++) expected.put("m" + i, new long[]{1});
		expected.put("s", new long[]{2, 2});
		final StateDict found = new StateDict().put("s", vector(1, 2)).put("x.y", vector(1));
		final String message = assertThrows(IllegalArgumentException.class,
			() -> WeightImport.match(expected, found, "net")).getMessage();
		assertEquals(
			"The weights don't fit net: of its 9 weights and the 2 there are, 8 missing (m0, m1, m2, m3, m4 and 3 " +
				"more); " + "1 of another shape (s is [2] instead of [2, 2]); 1 that it doesn't have (x.y)",
			message);
	}

	@ParameterizedTest
	@CsvSource({"3, 5", "3, 1", "3, 2", "1, 4"})
	void aGrayImageGivesTheSameResponses(final int from, final int to) {
		final int pixels = 2 * 3;
		final NamedTensor weight = random(4, from, 2, 3);
		final NamedTensor widened = WeightImport.widen(weight, to);
		assertArrayEquals(new long[]{4, to, 2, 3}, widened.shape());
		for (int o = 0; o < 4; o++) {
			for (int p = 0; p < pixels; p++) {
				double before = 0;
				double after = 0;
				for (int c = 0; c < from; c++) before += weight.values()[(o * from + c) * pixels + p];
				for (int c = 0; c < to; c++) after += widened.values()[(o * to + c) * pixels + p];
				assertEquals(before, after, 1e-6);
				assertEquals(before / to, widened.values()[o * to * pixels + p], 1e-6);
			}
		}
	}

	@Test
	void asManyChannelsAreTakenAsTheyAre() {
		final NamedTensor five = random(2, 5, 7, 7);
		assertSame(five, WeightImport.widen(five, 5));
		final String message = assertThrows(IllegalArgumentException.class, () -> WeightImport.widen(five, 3))
			.getMessage();
		assertTrue(message.contains("takes 5 channels, but 3 are named"), message);
		assertThrows(IllegalArgumentException.class, () -> WeightImport.widen(five, 0));
		assertThrows(IllegalArgumentException.class, () -> WeightImport.widen(vector(1, 2), 3));
	}

	@Test
	void channelsAreReorderedByName() {
		final NamedTensor weight = new NamedTensor(new long[]{2, 3, 1, 1}, new float[]{1, 2, 3, 4, 5, 6});
		final List<String> from = List.of("DNA", "ER", "Mito");
		assertEquals(new NamedTensor(new long[]{2, 3, 1, 1}, new float[]{3, 1, 2, 6, 4, 5}),
			WeightImport.reorder(weight, from, List.of("Mito", "DNA", "ER")));
		for (final List<String> wrong : List.of(List.of("DNA", "ER"), List.of("DNA", "ER", "AGP"),
			List.of("DNA", "DNA", "ER")))
		{
			assertThrows(IllegalArgumentException.class, () -> WeightImport.reorder(weight, from, wrong));
			assertThrows(IllegalArgumentException.class, () -> WeightImport.reorder(weight, wrong, from));
		}
	}

	@ParameterizedTest
	@CsvSource({"resnet18, 3, 1, 5", "resnet34, 1, 2, 0", "resnet50, 5, 2, 8", "resnet50-aa, 5, 1, 8"})
	void architecturesAreGuessedFromNamesAndShapes(final String name, final int channels, final int width,
		final int classes)
	{
		final Architecture architecture = Architecture.of(name, channels, width, classes);
		final StateDict weights = new StateDict();
		architecture.parameters().forEach((n, shape) -> {
			// The published anti-aliased networks call their last layer 'classifier'.
			weights.put(architecture.antiAliased() ? n.replace("fc.", "classifier.") : n, shape,
				new float[NamedTensor.count(shape)]);
		});
		assertEquals(architecture, WeightImport.guessArchitecture(weights));
	}

	@Test
	void torchvisionsNamesAreRecognized() throws IOException {
		assertEquals(Architecture.of("resnet18", 3, 1, 5),
			WeightImport.guessArchitecture(Safetensors.read(file("resnet18.safetensors"))));
	}

	@Test
	void otherNetworksAreCalledByTheirNames() {
		unknown("vision transformer", "cls_token");
		unknown("CLIP", "conv1.weight", "layer1.0.conv1.weight", "layer4.0.conv1.weight", "attnpool.k_proj.weight");
		unknown("stem has several", "conv1.0.weight", "layer1.0.conv1.weight");
		unknown("Their names are a, b", "a", "b");
		unknown("There are none");
		final StateDict deep = new StateDict();
		Architecture.of("resnet50", 3, 1, 0)
			.parameters()
			.forEach((n, shape) -> deep.put(n, shape, new float[NamedTensor.count(shape)]));
		deep.put("layer3.6.conv1.weight", vector(1));
		final String message = assertThrows(IllegalArgumentException.class, () -> WeightImport.guessArchitecture(deep))
			.getMessage();
		assertTrue(message.contains("[3, 4, 7, 3] bottleneck blocks") && message.contains("torch.jit"), message);
	}

	@Test
	void prefixesAreTakenAwayOnlyIfMostNamesHaveThem() {
		final List<String> notes = new ArrayList<>();
		final Map<String, Integer> names = new LinkedHashMap<>();
		names.put("module._orig_mod.encoder.conv1.weight", 1);
		names.put("module._orig_mod.encoder.bn1.weight", 2);
		names.put("module._orig_mod.projector.weight", 3);
		assertEquals(List.of("conv1.weight", "bn1.weight", "projector.weight"),
			List.copyOf(NamePrefixes.strip(names, notes).keySet()));
		assertEquals(List.of("took the prefix 'module.' from 3 of 3 names",
			"took the prefix '_orig_mod.' from 3 of 3 names", "took the prefix 'encoder.' from 2 of 3 names"), notes);

		final Map<String, Integer> half = Map.of("encoder.a", 1, "decoder.a", 2);
		assertEquals(half, NamePrefixes.strip(half, notes));
		assertEquals(3, notes.size());

		final Map<String, Integer> clash = new LinkedHashMap<>();
		clash.put("fc.weight", 1);
		clash.put("model.fc.weight", 2);
		clash.put("model.a", 3);
		assertEquals(Map.of("fc.weight", 2, "a", 3), NamePrefixes.strip(clash, notes));
		assertTrue(notes.get(3).contains("left aside 1"), notes.get(3));
		assertEquals(Map.of("model.", 1), NamePrefixes.strip(Map.of("model.", 1), notes));
	}

	private static void unknown(final String message, final String... names) {
		final StateDict weights = new StateDict();
		for (final String name : names) weights.put(name, vector(1));
		final String found = assertThrows(IllegalArgumentException.class, () -> WeightImport.guessArchitecture(weights))
			.getMessage();
		assertTrue(found.contains(message) && found.contains("torch.jit"), found);
	}

	private static NamedTensor random(final long... shape) {
		final java.util.Random random = new java.util.Random(3);
		final float[] values = new float[NamedTensor.count(shape)];
		for (int i = 0; i < values.length; i++) values[i] = (float) random.nextGaussian();
		return new NamedTensor(shape, values);
	}
}
