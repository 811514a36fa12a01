// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.Arrays;

import ai.djl.Device;
import io.github.isophene.engine.EngineException;
import io.github.isophene.engine.OneThread;
import io.github.isophene.engine.Precision;
import io.github.isophene.numerics.CosineSimilarity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Embeddings in bfloat16, on processors that lack its instructions by conversions. */
@ExtendWith(OneThread.class)
class BFloat16Test {

	private static final String EMULATION = "isophene.bfloat16";

	@AfterEach
	void endEmulation() {
		System.clearProperty(EMULATION);
	}

	@ParameterizedTest
	@ValueSource(strings = {"default", "resnet18", "resnet18-aa", "resnet50", "resnet18-gn"})
	void embeddingsPointWhereThoseInFloat32Do(final String name) throws Exception {
		System.setProperty(EMULATION, "emulated");
		final Model model = name.equals("default") ? Model.load(name) : FoldedResNetTest.model(name, 2, 16);
		final FloatBuffer images = EncoderTest.images(3, 2, 64);
		try (Encoder exact = new Encoder(model, "cpu");
			Encoder encoder = new Encoder(model, "cpu", Precision.BFLOAT16))
		{
			assertEquals(Precision.FLOAT32, exact.precision());
			assertEquals(Precision.BFLOAT16, encoder.precision());
			final float[][] expected = exact.embed(images, 3, 2, 64, 64);
			final float[][] got = encoder.embed(images, 3, 2, 64, 64);
			final int open = encoder.openArrays();
			assertFalse(Arrays.equals(expected[0], got[0]), "computed in float32");
			for (int i = 0; i < got.length; i++) {
				final double cosine = CosineSimilarity.of(expected[i], got[i]);
				assertTrue(cosine >= 0.999, "cosine " + cosine);
			}
			encoder.embed(images, 3, 2, 64, 64);
			assertEquals(open, encoder.openArrays());
		}
	}

	@Test
	void processorsWithoutItAreRefusedByTheFeatureTheyLack() {
		try {
			Precision.BFLOAT16.require(Device.cpu());
			return; // has it
		}
		catch (final EngineException expected) {
			assertTrue(expected.getMessage().contains("precision = bfloat16"), expected.getMessage());
		}
		final String message = assertThrows(EngineException.class,
			() -> new Encoder(FoldedResNetTest.model("resnet18", 2, 16), "cpu", Precision.BFLOAT16)).getMessage();
		assertTrue(message.contains("lacks") && message.contains("bf16") && message.contains("precision = float32"),
			message);
	}
}
