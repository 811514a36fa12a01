// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.GradientCollector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingOpsTest {

	@Test
	void gradientsAreNewArraysAndNothingIsAddedUp() {
		try (NDManager manager = Engines.newManager("cpu");
			GradientCollector recording = manager.getEngine().newGradientCollector())
		{
			final NDArray a = leaf(manager, new float[]{1, 2, 3});
			final NDArray b = leaf(manager, new float[]{4, 5, 6});
			final NDArray unused = leaf(manager, new float[]{7, 8});
			for (int i = 0; i < 2; i++) {
				final NDList found = TrainingOps.gradients(a.mul(b).sum(), List.of(a, unused, b));
				assertArrayEquals(new float[]{4, 5, 6}, found.get(0).toFloatArray());
				assertArrayEquals(new float[2], found.get(1).toFloatArray(), "the loss doesn't depend on it");
				assertArrayEquals(new float[]{1, 2, 3}, found.get(2).toFloatArray());
			}
			assertArrayEquals(new float[3], a.getGradient().toFloatArray());
			assertEquals(null, a.getName());
		}
	}

	@Test
	void sumsAndLengthsAreThoseOfAllTogether() {
		try (NDManager manager = Engines.newManager("cpu")) {
			final NDList sums = new NDList(Tensors.create(manager, new float[]{1, 2}, 2),
				Tensors.create(manager, new float[]{3}, 1));
			TrainingOps.add(sums, new NDList(Tensors.create(manager, new float[]{2, -2}, 2),
				Tensors.create(manager, new float[]{1}, 1)));
			assertArrayEquals(new float[]{3, 0}, sums.get(0).toFloatArray());
			assertArrayEquals(new float[]{4}, sums.get(1).toFloatArray());
			TrainingOps.clip(sums, 10);
			assertArrayEquals(new float[]{4}, sums.get(1).toFloatArray(), "5 is shorter than 10");
			TrainingOps.clip(sums, 1);
			assertArrayEquals(new float[]{.6f, 0}, sums.get(0).toFloatArray(), 1e-6f);
			assertArrayEquals(new float[]{.8f}, sums.get(1).toFloatArray(), 1e-6f);
		}
	}

	@Test
	void reluInPlaceHasTheGradientOfRelu() {
		try (NDManager manager = Engines.newManager("cpu");
			GradientCollector recording = manager.getEngine().newGradientCollector())
		{
			final NDArray a = leaf(manager, new float[]{-1, 2, -3});
			final NDArray b = leaf(manager, new float[]{2, -1, 1});
			final NDArray x = ScalarOps.times(a, 2);
			final NDArray y = TrainingOps.relu(x);
			assertArrayEquals(new float[]{0, 4, 0}, y.toFloatArray());
			assertArrayEquals(new float[]{0, 4, 0}, x.toFloatArray(), "in place");
			final NDArray z = TrainingOps.addRelu(ScalarOps.times(y, 3), b);
			assertArrayEquals(new float[]{2, 11, 1}, z.toFloatArray());
			final NDList found = TrainingOps.gradients(z.sum(), List.of(a, b));
			assertArrayEquals(new float[]{0, 6, 0}, found.get(0).toFloatArray());
			assertArrayEquals(new float[]{1, 1, 1}, found.get(1).toFloatArray());
		}
	}

	@ParameterizedTest
	@CsvSource({"1, 7, 7", "1, 5, 2", "1, 1, 1", "2, 8, 8", "2, 7, 4", "2, 1, 1"})
	void theProductOfMatricesIsTheConvolution(final int stride, final int height, final int width) {
		try (NDManager manager = Engines.newManager("cpu");
			GradientCollector recording = manager.getEngine().newGradientCollector())
		{
			final NDArray x = leaf(manager, waves(2 * 6 * height * width, .7)).reshape(2, 6, height, width);
			final NDArray w = leaf(manager, waves(4 * 6 * 9, .3)).reshape(4, 6, 3, 3);
			final NDArray expected = Conv2d
				.conv2d(x, w, null, new Shape(stride, stride), new Shape(1, 1))
				.singletonOrThrow();
			final NDArray found = TrainingOps.convolve(x, w, stride);
			assertEquals(expected.getShape(), found.getShape());
			assertArrayEquals(expected.toFloatArray(), found.toFloatArray(), 1e-5f);
			final NDArray factors = Tensors.create(manager, waves((int) found.size(), .9), found.getShape().getShape());
			final NDList gradients = TrainingOps.gradients(found.mul(factors).sum(), List.of(x, w));
			final NDList others = TrainingOps.gradients(expected.mul(factors).sum(), List.of(x, w));
			for (int i = 0; i < 2; i++)
				assertArrayEquals(others.get(i).toFloatArray(), gradients.get(i).toFloatArray(), 1e-4f);
		}
	}

	@ParameterizedTest
	@CsvSource({"3, 1", "3, 2", "1, 1", "1, 2", "7, 2"})
	void aConvolutionInBfloat16RoundsWhatItTakesAndGivesAndSoDoItsGradients(final int kernel, final int stride) {
		try (NDManager manager = Engines.newManager("cpu");
			GradientCollector recording = manager.getEngine().newGradientCollector())
		{
			final NDArray x = leaf(manager, waves(2 * 6 * 9 * 8, .7)).reshape(2, 6, 9, 8);
			final NDArray w = leaf(manager, waves(4 * 6 * kernel * kernel, .3)).reshape(4, 6, kernel, kernel);
			final NDArray roundX = leaf(manager, rounded(x)).reshape(x.getShape());
			final NDArray roundW = leaf(manager, rounded(w)).reshape(w.getShape());
			final NDArray y = Conv2d
				.conv2d(roundX, roundW, null, new Shape(stride, stride), new Shape(kernel / 2, kernel / 2))
				.singletonOrThrow();
			final NDArray factors = Tensors.create(manager, waves((int) y.size(), .9), y.getShape().getShape());
			final NDArray roundFactors = Tensors.create(manager, rounded(factors), y.getShape().getShape());
			final NDList expected = new NDList(y);
			expected.addAll(TrainingOps.gradients(y.mul(roundFactors).sum(), List.of(roundX, roundW)));
			for (final boolean emulated : new boolean[]{false, true}) {
				final NDList found = new NDList(TrainingOps.convolveInBfloat16(x, w, stride, emulated));
				found.addAll(TrainingOps.gradients(found.get(0).mul(factors).sum(), List.of(x, w)));
				for (int i = 0; i < 3; i++) {
					assertEquals(DataType.FLOAT32, found.get(i).getDataType());
					assertEquals(expected.get(i).getShape(), found.get(i).getShape());
					final float[] a = expected.get(i).toFloatArray();
					final float[] b = found.get(i).toFloatArray();
					float largest = 0;
					for (final float v : a) largest = Math.max(largest, Math.abs(v));
					for (int k = 0; k < a.length; k++) {
						assertEquals(0, Float.floatToIntBits(b[k]) & 0xffff, "more than 8 bits");
						// Without instructions for it, the engine rounds sums of its own, too.
						assertEquals(a[k], b[k], Math.abs(a[k]) / 128 + (emulated ? 1e-5 : largest / 64));
					}
				}
			}
		}
	}

	/** The values to the nearest bfloat16, ties to even. */
	private static float[] rounded(final NDArray array) {
		final float[] values = array.toFloatArray();
		for (int i = 0; i < values.length; i++) {
			final int bits = Float.floatToIntBits(values[i]);
			values[i] = Float.intBitsToFloat((bits + 0x7fff + (bits >>> 16 & 1)) & 0xffff0000);
		}
		return values;
	}

	@Test
	void onlyManyFeaturesOnSmallMapsAreMultiplied() {
		try (NDManager manager = Engines.newManager("cpu")) {
			final NDArray w = manager.zeros(new Shape(512, 512, 3, 3));
			assertTrue(TrainingOps.multiplies(manager.zeros(new Shape(2, 512, 7, 7)), w, 1, 1));
			assertTrue(TrainingOps.multiplies(manager.zeros(new Shape(2, 512, 16, 16)), w, 2, 1));
			assertFalse(TrainingOps.multiplies(manager.zeros(new Shape(2, 512, 16, 16)), w, 1, 1), "large maps");
			assertFalse(TrainingOps.multiplies(manager.zeros(new Shape(2, 512, 7, 7)), w, 1, 0), "no padding");
			assertFalse(TrainingOps.multiplies(manager.zeros(new Shape(2, 512, 7, 7), DataType.FLOAT64), w, 1, 1));
			assertFalse(TrainingOps.multiplies(manager.zeros(new Shape(2, 64, 7, 7)),
				manager.zeros(new Shape(64, 64, 3, 3)), 1, 1), "few features");
			assertFalse(TrainingOps.multiplies(manager.zeros(new Shape(2, 512, 7, 7)),
				manager.zeros(new Shape(2048, 512, 1, 1)), 1, 0), "1 x 1");
		}
	}

	private static NDArray leaf(final NDManager manager, final float[] values) {
		final NDArray leaf = Tensors.create(manager, values, values.length);
		leaf.setRequiresGradient(true);
		return leaf;
	}

	private static float[] waves(final int n, final double step) {
		final float[] values = new float[n];
		for (int i = 0; i < n; i++) values[i] = (float) Math.sin(step * i + .1);
		return values;
	}
}
