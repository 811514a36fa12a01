// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import io.github.isophene.network.weights.NamedTensor;
import io.github.isophene.network.weights.StateDict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest {

	/** Tests the parameter counts of torchvision's ResNets with 1000 classes and 3 channels, from its documentation. */
	@ParameterizedTest
	@CsvSource({"resnet18, 11689512, 512", "resnet34, 21797672, 512", "resnet50, 25557032, 2048"})
	void itHasAsManyParametersAsPublished(final String name, final long parameters, final int dimension) {
		for (final String form : List.of("", "-aa")) {
			final Architecture architecture = Architecture.of(name + form, 3, 64, 1000);
			final long count = architecture.parameters()
				.entrySet()
				.stream()
				.filter(e -> !Parameters.isStatistic(e.getKey()))
				.mapToLong(e -> NamedTensor.count(e.getValue()))
				.sum();
			assertEquals(parameters, count);
			assertEquals(dimension, architecture.embeddingDimension());
		}
	}

	@Test
	void namesAndShapesAreTorchvisions() {
		final var parameters = Architecture.of("resnet50", 5, 64, 8).parameters();
		assertArrayEquals(new long[]{64, 5, 7, 7}, parameters.get("conv1.weight"));
		assertArrayEquals(new long[]{256, 64, 1, 1}, parameters.get("layer1.0.downsample.0.weight"));
		assertArrayEquals(new long[]{2048}, parameters.get("layer4.2.bn3.running_var"));
		assertArrayEquals(new long[]{8, 2048}, parameters.get("fc.weight"));
		assertEquals(List.of("conv1.weight", "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var",
			"layer1.0.conv1.weight"), List.copyOf(parameters.keySet()).subList(0, 6));
		assertTrue(!Architecture.of("resnet18", 5, 64, 0).parameters().containsKey("layer1.0.downsample.0.weight"));
		assertTrue(!Architecture.of("resnet18", 5, 64, 0).parameters().containsKey("fc.weight"));
	}

	@ParameterizedTest
	@CsvSource({"resnet18, 1, 32, 0", "ResNet34, 5, 64, 3", "resnet50-aa, 5, 16, 8"})
	void itComesBackFromJson(final String name, final int channels, final int width, final int classes) {
		final Architecture architecture = Architecture.of(name, channels, width, classes);
		assertEquals(architecture, Architecture.fromJson(architecture.toJson()));
		assertEquals(architecture, Architecture.of(architecture.name(), channels, width, classes));
	}

	@Test
	void anUnknownNameNamesTheKnownOnes() {
		final String message = assertThrows(IllegalArgumentException.class,
			() -> Architecture.of("resnet101", 3, 64, 0)).getMessage();
		assertTrue(message.contains("resnet101") && message.contains("resnet50") && message.contains("-aa"), message);
	}

	@Test
	void weightsThatDoNotFitAreNamed() {
		final Architecture architecture = Architecture.of("resnet18", 3, 4, 2);
		final StateDict weights = Initialization.random(architecture, 1);
		architecture.check(weights.put("bn1.num_batches_tracked", NamedTensor.scalar(7)));
		final String shape = assertThrows(IllegalArgumentException.class,
			() -> architecture.withClasses(3).check(weights)).getMessage();
		assertTrue(shape.contains("fc.weight") && shape.contains("[2, 32]") && shape.contains("[3, 32]"), shape);
		final String missing = assertThrows(IllegalArgumentException.class,
			() -> Architecture.of("resnet34", 3, 4, 2).check(weights)).getMessage();
		assertTrue(missing.contains("layer1.2.conv1.weight") && missing.contains("architecture"), missing);
	}

	@Test
	void numbersOutOfRangeAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> Architecture.of("resnet18", 0, 64, 0));
		assertThrows(IllegalArgumentException.class, () -> Architecture.of("resnet18", 1, 0, 0));
		assertThrows(IllegalArgumentException.class, () -> Architecture.of("resnet18", 1, 64, -1));
	}
}
