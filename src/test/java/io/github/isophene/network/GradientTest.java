// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.OneThread;
import io.github.isophene.engine.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients against central differences, in double precision, on a ResNet of width 4. */
@ExtendWith(OneThread.class)
class GradientTest {

	private static final int IMAGES = 4;
	private static final int QUERIES = 2;
	private static final int SIZE = 48;
	private static final double STEP = 1e-6;

	private final Architecture architecture = Architecture.of("resnet18", 2, 4, 3);

	@ParameterizedTest
	@ValueSource(strings = {"running", "batch", "samples"})
	void gradientsAreThoseOfCentralDifferences(final String form) {
		final Normalization normalization = switch (form) {
			case "running" -> Normalization.running();
			case "batch" -> Normalization.batch();
			default -> Normalization.samples(QUERIES, IMAGES);
		};
		try (NDManager manager = Engines.newManager("cpu"); Parameters parameters = parameters(manager)) {
			final NDArray x = images(manager);
			gradient(parameters, x, normalization);
			for (final String name : List.of("conv1.weight", "bn1.weight", "layer1.0.bn1.bias",
				"layer2.0.downsample.0.weight", "layer3.1.conv2.weight", "layer4.1.bn2.weight", "fc.bias"))
			{
				assertSameAsDifferences(form + " " + name, parameters, parameters.get(name), x, normalization);
			}
			assertSameAsDifferences(form + " images", parameters, x, x, normalization);
		}
	}

	@Test
	void controlsThatHaveNoLabelHaveAGradientThroughTheStatisticsOnly() {
		try (NDManager manager = Engines.newManager("cpu"); Parameters parameters = parameters(manager)) {
			for (final Map.Entry<Normalization, Boolean> form : Map
				.of(Normalization.running(), false, Normalization.batch(), true, Normalization.samples(QUERIES, IMAGES),
					true)
				.entrySet())
			{
				final NDArray x = images(manager);
				gradient(parameters, x, form.getKey());
				final double[] g = x.getGradient().toDoubleArray();
				double controls = 0;
				for (int i = QUERIES * g.length / IMAGES; i < g.length; i++) controls += Math.abs(g[i]);
				assertEquals(form.getValue(), controls > 1e-9,
					"sum of absolute gradients at the controls: " + controls);
			}
		}
	}

	private static void assertSameAsDifferences(final String what, final Parameters parameters, final NDArray p,
		final NDArray x, final Normalization normalization)
	{
		final double[] gradient = p.getGradient().toDoubleArray();
		final double[] values = p.toDoubleArray();
		final Initialization.SplitMix random = new Initialization.SplitMix(3, what);
		// Along a random direction: every component takes part.
		final double[] direction = new double[values.length];
		double expected = 0;
		double norm = 0;
		for (int i = 0; i < values.length; i++) {
			direction[i] = random.nextGaussian();
			expected += direction[i] * gradient[i];
			norm += gradient[i] * gradient[i];
		}
		final double up = lossAt(parameters, p, values, direction, STEP, x, normalization);
		final double down = lossAt(parameters, p, values, direction, -STEP, x, normalization);
		lossAt(parameters, p, values, direction, 0, x, normalization);
		assertTrue(norm > 1e-12, what + ": no gradient at all");
		assertEquals((up - down) / (2 * STEP), expected, 1e-4 * Math.max(Math.sqrt(norm), Math.abs(expected)), what);
	}

	private static double lossAt(final Parameters parameters, final NDArray p, final double[] values,
		final double[] direction, final double step, final NDArray x, final Normalization normalization)
	{
		final double[] moved = values.clone();
		for (int i = 0; i < moved.length; i++) moved[i] += step * direction[i];
		p.toByteBuffer(true).asDoubleBuffer().put(moved);
		try (NDManager sub = x.getManager().newSubManager()) {
			final NDArray copy = x.duplicate();
			copy.attach(sub);
			return loss(parameters, copy.stopGradient(), normalization).toDoubleArray()[0];
		}
	}

	/** Cross-entropy of the queries alone, the classes 0 and 2. */
	private static NDArray loss(final Parameters parameters, final NDArray x, final Normalization normalization) {
		final ResNet network = new ResNet(Architecture.of("resnet18", 2, 4, 3), parameters);
		final NDArray logits = network.logits(network.embed(x, normalization)).get("0:" + QUERIES);
		final NDArray labels = x.getManager().create(new double[]{1, 0, 0, 0, 0, 1}, new Shape(QUERIES, 3));
		return logits.logSoftmax(1).mul(labels).sum().neg();
	}

	private static void gradient(final Parameters parameters, final NDArray x, final Normalization normalization) {
		parameters.setRequiresGradient(true);
		x.setRequiresGradient(true);
		try (GradientCollector collector = x.getManager().getEngine().newGradientCollector()) {
			collector.backward(loss(parameters, x, normalization));
		}
	}

	private Parameters parameters(final NDManager manager) {
		return new Parameters(manager, architecture, FoldedResNetTest.model("resnet18", 2, 4, 3).weights(),
			DataType.FLOAT64);
	}

	private static NDArray images(final NDManager manager) {
		final FloatBuffer values = EncoderTest.images(IMAGES, 2, SIZE);
		return Tensors.create(manager, values, IMAGES, 2, SIZE, SIZE).toType(DataType.FLOAT64, false);
	}
}
