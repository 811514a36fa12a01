// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvolutionsTest {

	private static final int IN = 3;
	private static final int OUT = 4;
	private static final int SIDE = 9;

	@ParameterizedTest
	@ValueSource(booleans = {true, false})
	void convolutionsAreWhatTheDefinitionSays(final boolean fuse) {
		final float[] w = random(OUT * IN * 3 * 3, 1);
		final float[] b = random(OUT, 2);
		final float[] x = random(2 * IN * SIDE * SIDE, 3);
		final float[] other = random(2 * OUT * 5 * 5, 4);
		final float[] sum = definition(x, w, b);
		try (NDManager manager = Engines.newManager("cpu");
			Convolutions convolutions = new Convolutions(manager, Precision.FLOAT32, fuse))
		{
			assertTrue(fuse || !convolutions.fused());
			final Convolution c = convolutions.create(w, new long[]{OUT, IN, 3, 3}, b, 2, 1,
				new long[]{2, IN, SIDE, SIDE});
			final NDArray images = Tensors.create(manager, x, 2, IN, SIDE, SIDE);
			assertArrayEquals(sum, c.apply(images).toFloatArray(), 1e-5f);
			final float[] relu = new float[sum.length];
			final float[] added = new float[sum.length];
			for (int i = 0; i < sum.length; i++) {
				relu[i] = Math.max(0, sum[i]);
				added[i] = Math.max(0, sum[i] + other[i]);
			}
			assertArrayEquals(relu, c.applyRelu(images).toFloatArray(), 1e-5f);
			assertArrayEquals(added,
				c.applyAddRelu(images, Tensors.create(manager, other, 2, OUT, 5, 5)).toFloatArray(), 1e-5f);
			assertEquals(x[0], images.toFloatArray()[0]);
		}
	}

	/** Depthwise, 3x3, stride 1, with sums far beyond both bounds of ReLU6. */
	@ParameterizedTest
	@ValueSource(booleans = {true, false})
	void depthwiseConvolutionsAndRelu6AreWhatTheDefinitionSays(final boolean fuse) {
		final int channels = 16;
		final float[] w = random(channels * 9, 1);
		final float[] b = random(channels, 2);
		final float[] x = random(2 * channels * SIDE * SIDE, 3);
		for (int i = 0; i < x.length; i++) x[i] *= 30;
		final float[] other = random(x.length, 4);
		final float[] sum = new float[x.length];
		final float[] clipped = new float[x.length];
		final float[] added = new float[x.length];
		for (int i = 0; i < x.length; i++) {
			final int c = i / (SIDE * SIDE) % channels;
			double value = b[c];
			for (int t = 0; t < 9; t++) {
				final int row = i / SIDE % SIDE + t / 3 - 1;
				final int column = i % SIDE + t % 3 - 1;
				if (row < 0 || row >= SIDE || column < 0 || column >= SIDE) continue;
				value += (double) w[c * 9 + t] * x[(i / (SIDE * SIDE) * SIDE + row) * SIDE + column];
			}
			sum[i] = (float) value;
			clipped[i] = Math.min(6, Math.max(0, sum[i]));
			added[i] = sum[i] + other[i];
		}
		try (NDManager manager = Engines.newManager("cpu");
			Convolutions convolutions = new Convolutions(manager, Precision.FLOAT32, fuse))
		{
			final Convolution c = convolutions.create(w, new long[]{channels, 1, 3, 3}, b, 1, 1, channels,
				new long[]{2, channels, SIDE, SIDE});
			final NDArray images = Tensors.create(manager, x, 2, channels, SIDE, SIDE);
			assertArrayEquals(sum, c.apply(images).toFloatArray(), 1e-4f);
			assertArrayEquals(clipped, c.applyRelu6(images).toFloatArray(), 1e-4f);
			assertArrayEquals(added,
				c.applyAdd(images, Tensors.create(manager, other, 2, channels, SIDE, SIDE)).toFloatArray(), 1e-4f);
		}
	}

	@Test
	void theLibraryForLinuxOnX86HasFusedOnes() {
		Assumptions.assumeTrue(Engines.status().platform().equals("linux-x86_64"));
		try (NDManager manager = Engines.newManager("cpu"); Convolutions convolutions = new Convolutions(manager)) {
			assertTrue(convolutions.fused());
		}
	}

	@Test
	void aModuleThatIsNotInTheJarIsNamed() {
		try (NDManager manager = Engines.newManager("cpu")) {
			final String message = assertThrows(IllegalStateException.class, () -> new TorchScript(manager, "Missing"))
				.getMessage();
			assertTrue(message.contains("Missing.torchscript"), message);
		}
	}

	/** 3x3, stride 2, padding 1. */
	private static float[] definition(final float[] x, final float[] w, final float[] b) {
		final float[] y = new float[2 * OUT * 5 * 5];
		for (int i = 0; i < y.length; i++) {
			final int n = i / (OUT * 25);
			final int o = i / 25 % OUT;
			double sum = b[o];
			for (int t = 0; t < IN * 9; t++) {
				final int row = i / 5 % 5 * 2 + t / 3 % 3 - 1;
				final int column = i % 5 * 2 + t % 3 - 1;
				if (row < 0 || row >= SIDE || column < 0 || column >= SIDE) continue;
				sum += (double) w[o * IN * 9 + t] * x[((n * IN + t / 9) * SIDE + row) * SIDE + column];
			}
			y[i] = (float) sum;
		}
		return y;
	}

	private static float[] random(final int n, final long seed) {
		final SplittableRandom random = new SplittableRandom(seed);
		final float[] values = new float[n];
		for (int i = 0; i < n; i++) values[i] = (float) (random.nextDouble() - 0.5);
		return values;
	}
}
