// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.finetuning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.isophene.network.Architecture;
import io.github.isophene.network.Head;
import io.github.isophene.network.Initialization;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.ModelFile;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.network.weights.StateDict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartPointTest {

	private static final List<String> CLASSES = List.of("a", "b", "c");
	private static final Architecture PLAIN = new Architecture(Architecture.NetworkDepth.RESNET18, false, 1, 8, 3);

	@TempDir
	Path folder;

	private StartPoint start(final Head head) throws Exception {
		final Architecture network = PLAIN.withHead(head);
		final Path file = folder.resolve("start.zip");
		ModelFile.write(new Model(new ModelCard("start", "", network, ModelCard.Input.ALL_CHANNELS, List.of("DNA"), 32,
			"typemax", CLASSES, "class", StatisticsOrigin.TRAINING, Map.of()), Initialization.calibrated(network, 1)),
			file);
		return StartPoint.of(file.toString(), "");
	}

	@Test
	void anotherScaleOfACosineClassifierIsSaidAndTheClassDirectionsAreKept() throws Exception {
		final StartPoint start = start(Head.cosine(16));
		final String message = start.otherHead(Head.cosine(64)).orElseThrow();
		assertTrue(message.contains("has scale 16") && message.contains("has 64"), message);
		final StateDict own = Initialization.calibrated(PLAIN.withHead(Head.cosine(16)), 1);
		final StateDict weights = start.weights(PLAIN.withHead(Head.cosine(64)), CLASSES, 5);
		assertArrayEquals(own.get("fc.weight").values(), weights.get("fc.weight").values());
	}

	@Test
	void aHeadOfAnotherKindIsSaidAndNew() throws Exception {
		final String message = start(Head.LINEAR).otherHead(Head.cosine(16)).orElseThrow();
		assertTrue(message.endsWith("the last layer is new"), message);
		final StateDict own = Initialization.calibrated(PLAIN, 1);
		final StateDict weights = start(Head.LINEAR).weights(PLAIN.withHead(Head.cosine(16)), CLASSES, 5);
		assertFalse(Arrays.equals(own.get("fc.weight").values(), weights.get("fc.weight").values()));
		assertArrayEquals(own.get("conv1.weight").values(), weights.get("conv1.weight").values());
	}

	@Test
	void nothingIsSaidOfTheSameHead() throws Exception {
		assertEquals(Optional.empty(), start(Head.cosine(16)).otherHead(Head.cosine(16)));
		assertEquals(Optional.empty(), start(Head.LINEAR).otherHead(Head.LINEAR));
	}

	@Test
	void theDefaultModelIsTrainedChannelByChannelOrWithAWidenedFirstLayer() throws Exception {
		final Model own = Model.load(Model.DEFAULT);
		final StartPoint start = StartPoint.of("default", "");
		final Architecture each = start.architecture(List.of("DNA", "ER"), 3);
		assertEquals(Architecture.of("resnet18-each", 2, 16, 3), each);
		final StateDict weights = start.weights(each, CLASSES, 5);
		each.check(weights);
		assertArrayEquals(new long[]{3, 256}, weights.get("fc.weight").shape());
		for (final String name : own.weights().names()) assertEquals(own.weights().get(name), weights.get(name), name);
		assertEquals(each, StartPoint.of("default", "resnet18-each:16").architecture(List.of("DNA", "ER"), 3));
		assertTrue(start.otherChannels(each).orElseThrow().contains("256 features"));

		final StartPoint wide = StartPoint.of("default", "ResNet18:16");
		final Architecture together = wide.architecture(List.of("DNA", "ER"), 3);
		assertEquals(Architecture.of("resnet18", 2, 16, 3), together);
		final float[] widened = wide.weights(together, CLASSES, 5).get("conv1.weight").values();
		final float[] kernel = own.weights().get("conv1.weight").values();
		assertEquals(2 * kernel.length, widened.length);
		assertEquals(kernel[0] / 2, widened[0]);
		assertEquals(kernel[0] / 2, widened[49]);
		assertTrue(wide.otherChannels(together).orElseThrow().contains("widened to 2 channels"));

		final String message = assertThrows(IllegalArgumentException.class,
			() -> StartPoint.of("default", "resnet50")).getMessage();
		assertTrue(message.contains("is a resnet18:16") && message.contains("resnet18-each:16"), message);
	}

	@Test
	void aModelTrainedChannelByChannelIsTrainedOnWithItsChannelsOnly() throws Exception {
		final Architecture network = Architecture.of("resnet18-each", 2, 4, 3);
		final Path file = folder.resolve("each.zip");
		final Model own = new Model(new ModelCard("each", "", network, ModelCard.Input.EACH_CHANNEL,
			List.of("DNA", "ER"), 32, "typemax", CLASSES, "class", StatisticsOrigin.TRAINING, Map.of()),
			Initialization.calibrated(network, 1));
		ModelFile.write(own, file);
		final StartPoint start = StartPoint.of(file.toString(), "");
		assertEquals(network, start.architecture(List.of("DNA", "ER"), 3));
		assertEquals(own.weights().get("fc.weight"), start.weights(network, CLASSES, 5).get("fc.weight"));
		final String message = assertThrows(IllegalArgumentException.class,
			() -> start.architecture(List.of("DNA", "ER", "Mito"), 3)).getMessage();
		assertTrue(message.contains("channels are 3 (DNA, ER, Mito), but the start model takes 2 (DNA, ER)"), message);
		assertThrows(IllegalArgumentException.class, () -> StartPoint.of(file.toString(), "resnet18:4"));
	}
}
