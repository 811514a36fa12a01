// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.OneThread;
import io.github.isophene.engine.Tensors;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Initialization;
import io.github.isophene.network.Parameters;
import io.github.isophene.network.ResNet;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.progress.Progress;
import io.github.isophene.training.data.Augmentation;
import io.github.isophene.training.data.AugmentedTiles;
import io.github.isophene.training.data.Episode;
import io.github.isophene.training.data.EpisodeSampler;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.data.Sample;
import io.github.isophene.training.data.TrainingData;
import io.github.isophene.training.objective.CsArmBn;
import io.github.isophene.training.optimizer.Optimizer;
import io.github.isophene.training.optimizer.OptimizerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * One training step of CS-ARM-BN against PyTorch (training_step.py, whose numbers are those
 * of the public implementation, too), and its gradient against finite
 * differences; both in double precision, where rounding doesn't blur the comparison.
 */
@ExtendWith(OneThread.class)
class TrainingStepTest {

	private static final double TOLERANCE = 1e-5;

	@Test
	void aStepIsThatOfPyTorch() throws Exception {
		final JsonObject golden = golden();
		final int queries = golden.get("queries").getAsInt();
		final int controls = golden.get("controls").getAsInt();
		final int size = golden.get("size").getAsInt();
		final long seed = golden.get("seed").getAsLong();
		final int[] labels = IntStream.range(0, queries)
			.map(i -> golden.getAsJsonArray("labels").get(i).getAsInt())
			.toArray();
		final Architecture network = new Architecture(Architecture.NetworkDepth.RESNET50, true, 5, 64, 8);
		final TrainingData data = data(labels, controls, 8);
		try (NDManager manager = Engines.newManager("cpu");
			Parameters parameters = new Parameters(manager, network, Initialization.random(network, seed),
				DataType.FLOAT64))
		{
			final TrainingContext learner = TrainingContext.of(new ResNet(network, parameters), TrainedPart.WHOLE, data,
				new Targets(data, null), 0.1f);
			try (Optimizer adam = OptimizerOptions.adam(1e-3).create(manager, learner.trained());
				NDManager step = manager.newSubManager())
			{
				final Episode episode = episode(queries, controls);
				final NDArray images = Tensors
					.create(step, images(labels, controls, 5, size, seed), queries + controls, 5, size, size)
					.toType(DataType.FLOAT64, false);
				try (GradientCollector gradients = manager.getEngine().newGradientCollector()) {
					final Outcome outcome = new CsArmBn()
						.forward(new Step(learner, episode, images, RandomStream.of(1, "x"), 0));
					gradients.backward(outcome.loss());
					assertEquals(golden.get("loss").getAsDouble(), outcome.loss().getDouble(),
						TOLERANCE * golden.get("loss").getAsDouble());
					final double[] logits = outcome.logits().toDoubleArray();
					final JsonArray expected = golden.getAsJsonArray("logits");
					assertEquals(expected.size(), logits.length);
					for (int i = 0; i < logits.length; i++)
						assertEquals(expected.get(i).getAsDouble(), logits[i], TOLERANCE);
				}
				final JsonObject gradients = golden.getAsJsonObject("gradients");
				assertEquals(gradients.keySet(), learner.trained().keySet());
				learner.trained().forEach((name, p) -> {
					try (NDArray g = p.getGradient()) {
						check("gradient of " + name, gradients.getAsJsonArray(name), g.toDoubleArray());
					}
				});
				adam.step(1e-3, new NDList(learner.trained().values().stream().map(p -> {
					final NDArray gradient = p.getGradient();
					gradient.attach(step);
					return gradient;
				}).toList()));
				final JsonObject weights = golden.getAsJsonObject("weights");
				assertEquals(weights.keySet(), parameters.all().keySet());
				parameters.all().forEach((name, p) -> check(name, weights.getAsJsonArray(name), p.toDoubleArray()));
			}
		}
	}

	/** Norm and four values, each within the tolerance of itself or of the typical value, whichever is larger. */
	private static void check(final String what, final JsonArray expected, final double[] values) {
		double squares = 0;
		for (final double v : values) squares += v * v;
		final double norm = expected.get(0).getAsDouble();
		assertEquals(norm, Math.sqrt(squares), TOLERANCE * norm, what);
		final double typical = norm / Math.sqrt(values.length);
		for (int i = 0; i < 4; i++) {
			final double e = expected.get(1 + i).getAsDouble();
			assertEquals(e, values[(int) ((long) values.length * i / 4)], TOLERANCE * Math.max(Math.abs(e), typical),
				what + ", " + i);
		}
	}

	@Test
	void theGradientIsThatOfFiniteDifferencesAndReachesTheControls() {
		final Architecture network = new Architecture(Architecture.NetworkDepth.RESNET18, false, 2, 8, 3);
		final int[] labels = {0, 1, 2, 2};
		final TrainingData data = data(labels, 6, 3);
		try (NDManager manager = Engines.newManager("cpu");
			Parameters parameters = new Parameters(manager, network, Initialization.random(network, 5),
				DataType.FLOAT64))
		{
			final TrainingContext learner = TrainingContext.of(new ResNet(network, parameters), TrainedPart.WHOLE, data,
				new Targets(data, new float[]{1, 2, 0.5f}), 0.1f);
			final float[] pixels = images(labels, 6, 2, 48, 3).array();
			final NDArray images = Tensors.create(manager, pixels, 10, 2, 48, 48).toType(DataType.FLOAT64, false);
			images.setRequiresGradient(true);
			loss(manager, learner, images, true);
			final int border = 4 * 2 * 48 * 48;
			assertSlope("pixels of queries", manager, learner, images, images, 0, border);
			assertSlope("pixels of controls", manager, learner, images, images, border, pixels.length);
			for (final String name : List.of("conv1.weight", "layer2.0.bn1.weight", "layer3.0.downsample.1.bias",
				"fc.weight"))
			{
				assertSlope(name, manager, learner, images, parameters.get(name), 0, (int) parameters.get(name).size());
			}
		}
	}

	/** Along a part of the gradient itself the loss must rise by the length of that part. */
	private static void assertSlope(final String what, final NDManager manager, final TrainingContext learner,
		final NDArray images, final NDArray leaf, final int from, final int to)
	{
		final double[] gradient = leaf.getGradient().toDoubleArray();
		final double[] before = leaf.toDoubleArray();
		double squares = 0;
		for (int i = from; i < to; i++) squares += gradient[i] * gradient[i];
		final double length = Math.sqrt(squares);
		assertTrue(length > 1e-4, what + ": no gradient");
		final double h = 1e-6 / length;
		final double[] losses = new double[2];
		final DoubleBuffer values = leaf.toByteBuffer(true).asDoubleBuffer();
		for (int side = 0; side < 2; side++) {
			for (int i = from; i < to; i++) values.put(i, before[i] + (2 * side - 1) * h * gradient[i] / length);
			losses[side] = loss(manager, learner, images, false);
		}
		values.put(0, before);
		assertEquals(length, (losses[1] - losses[0]) / (2 * h), 1e-4 * length, what);
	}

	@Test
	void stepsLeaveNothingBehind() throws Exception {
		try (NDManager manager = Engines.newManager("cpu");
			Parameters parameters = new Parameters(manager, Tiny.NETWORK, Tiny.START))
		{
			final Targets targets = new Targets(Tiny.DATA, null);
			final TrainingContext learner = TrainingContext.of(new ResNet(Tiny.NETWORK, parameters), TrainedPart.WHOLE,
				Tiny.DATA, targets, 0.1f);
			for (final OptimizerOptions options : List.of(OptimizerOptions.adam(1e-3).withClipNorm(0.1),
				OptimizerOptions.sgd(1e-3, 0.9, true).withWeightDecay(0.1)))
			{
				try (Optimizer optimizer = options.create(manager, learner.trained())) {
					final CsArmBn objective = new CsArmBn();
					final EpisodeSampler sampler = objective.sampler(Tiny.DATA, Tiny.SPLIT.training(),
						new EpisodeSizes(4, 4, 2), m -> {});
					final Validation validation = new Validation(Tiny.DATA, Tiny.SPLIT.validation(), objective,
						sampler.sizes(), targets, 1);
					// Between steps there must be no arrays but the parameters and the optimizer's state.
					final int before = manager.getManagedArrays().size();
					final boolean[] stepped = new boolean[1];
					new TrainingRun(manager, learner, objective, Tiny.OPTIONS.withOptimizer(options), sampler,
						validation, null, optimizer, Progress.NONE, new TrainingListener() {

							@Override
							public void step(final StepRecord step) {
								stepped[0] = true;
								assertEquals(before, manager.getManagedArrays().size());
							}

							@Override
							public void epoch(final List<EpochRecord> log) {
								assertEquals(before, manager.getManagedArrays().size());
							}
						}, (position, best) -> {}, Double.POSITIVE_INFINITY).run(TrainingPosition.START, null);
					assertTrue(stepped[0]);
					assertEquals(before, manager.getManagedArrays().size());
				}
			}
		}
	}

	private static double loss(final NDManager manager, final TrainingContext learner, final NDArray images,
		final boolean backward)
	{
		try (GradientCollector gradients = manager.getEngine().newGradientCollector()) {
			final NDArray loss = new CsArmBn()
				.forward(new Step(learner, episode(4, 6), images, RandomStream.of(1, "x"), 0))
				.loss();
			if (backward) gradients.backward(loss);
			return loss.getDouble();
		}
	}

	private static Episode episode(final int queries, final int controls) {
		return new Episode(IntStream.range(0, queries).toArray(),
			IntStream.range(queries, queries + controls).toArray());
	}

	private static TrainingData data(final int[] labels, final int controls, final int classes) {
		final List<Sample> samples = new ArrayList<>();
		for (final int label : labels) samples.add(new Sample("p", "b", label, false));
		for (int i = 0; i < controls; i++) samples.add(new Sample("p", "b", Sample.NO_LABEL, true));
		return new TrainingData(samples, IntStream.range(0, classes).mapToObj(i -> "class " + i).toList(),
			new AugmentedTiles(i -> null, 0, 5, Augmentation.all(32)));
	}

	/** The images of training_step.py: random, the queries brighter than the controls. */
	private static FloatBuffer images(final int[] labels, final int controls, final int channels, final int size,
		final long seed)
	{
		final RandomStream random = RandomStream.of(seed, "images");
		final int n = channels * size * size;
		final FloatBuffer x = FloatBuffer.allocate((labels.length + controls) * n);
		while (x.hasRemaining()) {
			final int image = x.position() / n;
			final float v = (float) random.nextGaussian();
			x.put(image < labels.length ? v * (1 + 0.25f * labels[image]) + 0.5f : v);
		}
		return x.flip();
	}

	private static JsonObject golden() throws Exception {
		try (Reader in = new InputStreamReader(TrainingStepTest.class.getResourceAsStream("training_step.json"),
			StandardCharsets.UTF_8))
		{
			return JsonParser.parseReader(in).getAsJsonObject();
		}
	}
}
