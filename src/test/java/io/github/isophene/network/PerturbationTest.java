// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.OneThread;
import io.github.isophene.engine.Tensors;
import io.github.isophene.network.weights.Safetensors;
import io.github.isophene.network.weights.StateDict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Perturbations of images and features: identity at 0, golden numbers of PyTorch, gradients. */
@ExtendWith(OneThread.class)
class PerturbationTest {

	static StateDict golden() throws IOException {
		try (InputStream in = PerturbationTest.class.getResourceAsStream("golden_styles.safetensors")) {
			final byte[] bytes = in.readAllBytes();
			return Safetensors.read(new java.io.ByteArrayInputStream(bytes), bytes.length);
		}
	}

	static NDArray array(final NDManager manager, final StateDict golden, final String name) {
		return Tensors.create(manager, golden.get(name).values(), golden.get(name).shape());
	}

	@Test
	void uncertainStatisticsAreThoseOfPyTorch() throws Exception {
		try (NDManager manager = Engines.newManager("cpu")) {
			final NDArray y = new StatisticsPerturbation(null, -1).apply(array(manager, golden(), "x"),
				array(manager, golden(), "noise"));
			assertArrayEquals(golden().get("dsu").values(), y.toFloatArray(), 1e-5f);
		}
	}

	@Test
	void mixedStatisticsAreThoseOfPyTorch() throws Exception {
		try (NDManager manager = Engines.newManager("cpu")) {
			final float[] order = golden().get("order").values();
			final float[] other = new float[36];
			for (int i = 0; i < 6; i++) other[6 * i + (int) order[i]] = 1;
			final NDArray y = StyleMixing.apply(array(manager, golden(), "x"), Tensors.create(manager, other, 6, 6),
				array(manager, golden(), "own").reshape(6, 1));
			assertArrayEquals(golden().get("mixstyle").values(), y.toFloatArray(), 1e-5f);
		}
	}

	private static Perturbation perturbation(final NDManager manager, final String name) {
		final float[][] scale = {{.25f, .2f, .3f}, {.1f, .1f, .2f}, {.5f, .4f, .5f}, {.15f, .2f, .1f}, {0, .1f, .2f}};
		return switch (name) {
			case "camera" -> new CameraPerturbation(new float[]{-.5f, -1, 0}, scale);
			case "images" -> new StatisticsPerturbation(null, .1);
			default -> new StatisticsPerturbation(manager
				.create(new double[]{.5, .5, 0, 0, 0, 0, 0, 0, .5, .5, 0, 0, 0, 0, 0, 0, .5, .5}, new Shape(3, 6)), .1);
		};
	}

	@ParameterizedTest
	@ValueSource(strings = {"camera", "images", "plates"})
	void nothingHappensAtZero(final String name) throws Exception {
		try (NDManager manager = Engines.newManager("cpu")) {
			final Perturbation p = perturbation(manager, name);
			final NDArray x = array(manager, golden(), "x").toType(DataType.FLOAT64, false);
			final NDArray y = p.apply(x, manager.zeros(new Shape(6, p.coordinates(3)), DataType.FLOAT64));
			assertArrayEquals(x.toDoubleArray(), y.toDoubleArray(), 1e-5);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"camera", "images", "plates"})
	void gradientsAreThoseOfCentralDifferences(final String name) throws Exception {
		try (NDManager manager = Engines.newManager("cpu")) {
			final Perturbation p = perturbation(manager, name);
			final NDArray x = array(manager, golden(), "x").toType(DataType.FLOAT64, false);
			final double[] d = values(6 * p.coordinates(3), "d", .7);
			final NDArray weights = manager.create(values((int) x.size(), "w", 1), x.getShape());
			final NDArray leaf = manager.create(d, new Shape(6, p.coordinates(3)));
			leaf.setRequiresGradient(true);
			try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
				collector.backward(p.apply(x, leaf).mul(weights).sum());
			}
			final double[] gradient = leaf.getGradient().toDoubleArray();
			for (int i = 0; i < d.length; i++) {
				final double[] up = d.clone();
				final double[] down = d.clone();
				up[i] += 1e-5;
				down[i] -= 1e-5;
				final double slope = (loss(p, x, up, weights) - loss(p, x, down, weights)) / 2e-5;
				assertEquals(slope, gradient[i], 1e-5 * Math.max(1, Math.abs(slope)), name + " coordinate " + i);
			}
			// Beyond the bounds there is none.
			assertTrue(Arrays.stream(gradient).filter(g -> g != 0).count() > .6 * gradient.length);
		}
	}

	private static double loss(final Perturbation p, final NDArray x, final double[] d, final NDArray weights) {
		final NDArray coordinates = x.getManager().create(d, new Shape(6, p.coordinates(3)));
		return p.apply(x, coordinates).mul(weights).sum().getDouble();
	}

	private static double[] values(final int n, final String name, final double sd) {
		final Initialization.SplitMix random = new Initialization.SplitMix(2, name);
		final double[] values = new double[n];
		for (int i = 0; i < n; i++) values[i] = sd * random.nextGaussian();
		return values;
	}

	@Test
	void theCameraDoesWhatItsCoordinatesSay() throws Exception {
		try (NDManager manager = Engines.newManager("cpu")) {
			final float[][] scale = {{.5f, .5f}, {2, 2}, {1, 1}, {.5f, .5f}, {0, .25f}};
			final Perturbation p = new CameraPerturbation(new float[]{1, 2}, scale);
			final float[] flat = new float[2 * 64];
			Arrays.fill(flat, 0, 64, 5);
			Arrays.fill(flat, 64, 128, 6);
			final NDArray x = Tensors.create(manager, flat, 1, 2, 8, 8);
			// d: gains, offsets, blurs, vignettings, bleed-through of the first channel into the second
			final float[] gain = p.apply(x, Tensors.create(manager, new float[]{1, 0, 0, 1, 0, 0, 0, 0, 0}, 1, 9))
				.toFloatArray();
			assertEquals(1 + 4 * Math.exp(.5), gain[10], 1e-4);
			assertEquals(6 + 2, gain[100], 1e-4);
			final float[] bleed = p.apply(x, Tensors.create(manager, new float[]{0, 0, 0, 0, 1, 1, 0, 0, 1}, 1, 9))
				.toFloatArray();
			assertEquals(5, bleed[10], 1e-4, "a flat image stays what it is when blurred, also at its border");
			assertEquals(5, bleed[0], 1e-4);
			assertEquals(6 + .25 * 4, bleed[100], 1e-4);
			final float[] dark = p.apply(x, Tensors.create(manager, new float[]{0, 0, 0, 0, 0, 0, 1, 0, 0}, 1, 9))
				.toFloatArray();
			assertEquals(1 + 4 * (1 - .5 * .875 * .875), dark[0], 1e-4);
			assertEquals(1 + 4 * (1 - .5 * .125 * .125), dark[27], 1e-4);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = {0, 1, 2, 3, 4})
	void aPassCanBeResumedAnywhere(final int stage) {
		final Architecture architecture = Architecture.of("resnet18", 2, 4, 3);
		try (NDManager manager = Engines.newManager("cpu");
			Parameters parameters = new Parameters(manager, architecture, Initialization.random(architecture, 3)))
		{
			final ResNet network = new ResNet(architecture, parameters);
			final NDArray images = Tensors.create(manager, EncoderTest.images(3, 2, 48), 3, 2, 48, 48);
			final ResNet.Tap tap = (s, x) -> s == 2 || s == stage ? x.mul(1.5f) : x;
			final float[] whole = network.embed(images, Normalization.batch(), tap).toFloatArray();
			final NDArray inside = network.activations(images, stage, Normalization.batch());
			final float[] resumed = stage > 2 ? null
				: network.resume(inside, stage, Normalization.batch(), tap).toFloatArray();
			if (resumed != null) assertArrayEquals(whole, resumed, 1e-6f);
			assertArrayEquals(network.embed(images, Normalization.batch()).toFloatArray(),
				network.resume(inside, stage, Normalization.batch(), ResNet.Tap.NONE).toFloatArray(), 1e-6f);
			assertEquals(4, inside.getShape().dimension());
		}
	}
}
