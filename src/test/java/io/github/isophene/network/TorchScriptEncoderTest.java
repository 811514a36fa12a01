// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import static io.github.isophene.network.weights.WeightFixtures.file;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.isophene.network.imports.ModelImportTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchScriptEncoderTest {

	@ParameterizedTest
	@ValueSource(strings = {"torchscript-map.pt", "torchscript-flat.pt", "torchscript-frozen.pt"})
	void embedsAsInPyTorch(final String name) throws IOException {
		try (TorchScriptEncoder encoder = new TorchScriptEncoder(file(name), "cpu")) {
			assertEquals(3, encoder.embeddingDimension(2, 7, 7));
			assertEquals("cpu", encoder.device());
			final float[][] expected = ModelImportTest.expected("torchscript-expected.json");
			final FloatBuffer images = images(6);
			final float[][] found = encoder.embed(images, 6, 2, 7, 7);
			assertEquals(0, images.position());
			assertEquals(6, found.length);
			for (int i = 0; i < 2; i++) assertArrayEquals(expected[i], found[i], 1e-6f);
			// The sixth goes with another bunch than the first, and must be what it is alone.
			final float[][] last = encoder.embed(images.position(5 * 98), 1, 2, 7, 7);
			assertArrayEquals(last[0], found[5], 1e-6f);
		}
	}

	@Test
	void whatTheNetworkCannotTakeIsSaid() throws IOException {
		try (TorchScriptEncoder encoder = new TorchScriptEncoder(file("torchscript-map.pt"), "cpu")) {
			final String message = assertThrows(IllegalArgumentException.class,
				() -> encoder.embed(FloatBuffer.allocate(147), 1, 3, 7, 7)).getMessage();
			assertTrue(message.contains("torchscript-map.pt") && message.contains("channels"), message);
			assertTrue(message.lines().count() == 1, message);
			assertThrows(IllegalArgumentException.class, () -> encoder.embed(FloatBuffer.allocate(97), 1, 2, 7, 7));
			// And it goes on after that.
			assertEquals(3, encoder.embeddingDimension(2, 7, 7));
		}
		try (TorchScriptEncoder encoder = new TorchScriptEncoder(file("torchscript-two.pt"), "cpu")) {
			final String message = assertThrows(IllegalArgumentException.class,
				() -> encoder.embeddingDimension(2, 7, 7)).getMessage();
			assertTrue(message.contains("2 arrays instead of one"), message);
		}
	}

	@Test
	void otherFilesAreRefused(@TempDir final Path folder) throws IOException {
		assertThrows(IOException.class, () -> new TorchScriptEncoder(folder.resolve("none.pt"), "cpu"));
		final IOException exc = assertThrows(IOException.class, () -> new TorchScriptEncoder(file("plain.pt"), "cpu"));
		assertTrue(exc.getMessage().contains("no TorchScript archive"), exc.getMessage());
		final Path broken = folder.resolve("broken.pt");
		final java.util.Map<String, byte[]> parts = new java.util.LinkedHashMap<>();
		parts.put("a/data.pkl", new PickleBuilder().op("}").pickle());
		parts.put("a/constants.pkl", new byte[0]);
		Files.write(broken, PickleBuilder.zip(parts, java.util.zip.ZipEntry.STORED));
		final IOException refused = assertThrows(IOException.class, () -> new TorchScriptEncoder(broken, "cpu"));
		assertTrue(refused.getMessage().contains("broken.pt can't be loaded"), refused.getMessage());
	}

	@Test
	void weightsThatAreNotFiniteAreRefused(@TempDir final Path folder) throws IOException {
		final java.util.Map<String, byte[]> parts = new java.util.LinkedHashMap<>();
		try (java.util.zip.ZipFile zip = new java.util.zip.ZipFile(file("torchscript-map.pt").toFile())) {
			for (final java.util.zip.ZipEntry entry : java.util.Collections.list(zip.entries())) {
				final byte[] bytes = zip.getInputStream(entry).readAllBytes();
				if (entry.getName().endsWith("/data/0")) {
					java.nio.ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).putFloat(0, Float.NaN);
				}
				parts.put(entry.getName(), bytes);
			}
		}
		final Path diverged = folder.resolve("diverged.pt");
		Files.write(diverged, PickleBuilder.zip(parts, java.util.zip.ZipEntry.STORED));
		final IOException refused = assertThrows(IOException.class, () -> new TorchScriptEncoder(diverged, "cpu"));
		assertTrue(refused.getMessage().contains("diverged.pt has weights that are NaN"), refused.getMessage());
	}

	private static FloatBuffer images(final int n) {
		final FloatBuffer images = FloatBuffer.allocate(n * 98);
		for (int i = 0; i < images.capacity(); i++) images.put(i, i % 11 / 11f);
		return images;
	}
}
