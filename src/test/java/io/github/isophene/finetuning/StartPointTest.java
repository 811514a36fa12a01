// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.finetuning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
}
