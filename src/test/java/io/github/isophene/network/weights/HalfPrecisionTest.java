// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HalfPrecisionTest {

	@Test
	void everyHalfComesBack() {
		for (int bits = 0; bits < 1 << 16; bits++) {
			final float value = WeightType.halfToFloat((short) bits);
			if (Float.isFinite(value)) assertEquals((short) bits, WeightType.floatToHalf(value), "bits " + bits);
		}
	}

	/** Between two neighbors the nearer one, in the middle the even one. */
	@Test
	void roundsToNearestEven() {
		for (int bits = 0; bits < 0x7bff; bits++) {
			final float low = WeightType.halfToFloat((short) bits);
			final float high = WeightType.halfToFloat((short) (bits + 1));
			final float middle = (low + high) / 2;
			assertEquals(bits % 2 == 0 ? bits : bits + 1, WeightType.floatToHalf(middle), "above bits " + bits);
			assertEquals(bits, WeightType.floatToHalf(Math.nextDown(middle)), "above bits " + bits);
			assertEquals(bits + 1, WeightType.floatToHalf(Math.nextUp(middle)), "above bits " + bits);
		}
	}

	@Test
	void refusesWhatHalfPrecisionHasNot() {
		for (final float value : new float[]{65520, -1e9f, Float.NaN, Float.POSITIVE_INFINITY}) {
			assertTrue(assertThrows(IllegalArgumentException.class, () -> WeightType.floatToHalf(value)).getMessage()
				.contains("Half precision can't hold " + value));
		}
		assertEquals(65504, WeightType.halfToFloat(WeightType.floatToHalf(65519.9f)));
	}

	@Test
	void compactFilesRoundConvolutionsAndKeepVectors(@TempDir final Path folder) throws Exception {
		final StateDict weights = new StateDict();
		weights.put("conv.weight", new NamedTensor(new long[]{1, 2, 1, 1}, new float[]{.1f, -3}));
		weights.put("bn.running_var", new NamedTensor(new long[]{2}, new float[]{.1f, 1e-9f}));
		final Path file = folder.resolve("compact.safetensors");
		Safetensors.writeCompact(weights, file, Map.of("format", "pt"));
		final StateDict read = Safetensors.read(file);
		assertArrayEquals(new float[]{.1f, 1e-9f}, read.get("bn.running_var").values());
		assertArrayEquals(new float[]{0.099975586f, -3}, read.get("conv.weight").values());
		assertArrayEquals(new long[]{1, 2, 1, 1}, read.get("conv.weight").shape());
		final Path whole = folder.resolve("whole.safetensors");
		Safetensors.write(weights, whole, Map.of("format", "pt"));
		assertEquals(4, Files.size(whole) - Files.size(file), "two values of two bytes less, headers alike");
	}
}
