// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.Tensors;
import io.github.isophene.engine.TrainingOps;
import io.github.isophene.network.weights.StateDict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Optimizers against numbers of torch.optim, made by training_optimizers.py. */
class OptimizerTest {

	private static final int N = 7;
	private static final int STEPS = 6;

	@ParameterizedTest
	@ValueSource(strings = {"adam", "adam-decay", "adamw", "sgd", "sgd-momentum", "sgd-nesterov-decay", "adam-clipped",
		"sgd-momentum-clipped-cosine"})
	void stepsAreThoseOfTorch(final String name) throws Exception {
		final OptimizerOptions options = options(name);
		final JsonArray expected = golden().getAsJsonArray(name);
		assertEquals(STEPS, expected.size());
		try (NDManager manager = Engines.newManager("cpu")) {
			final NDArray w = weights(manager);
			try (Optimizer optimizer = options.create(manager, Map.of("w", w))) {
				for (int t = 0; t < STEPS; t++) {
					step(manager, optimizer, w, t, options);
					final float[] values = w.toFloatArray();
					for (int i = 0; i < N; i++) {
						final double e = expected.get(t).getAsJsonArray().get(i).getAsDouble();
						assertEquals(e, values[i], 2e-6 * Math.max(1, Math.abs(e)),
							name + ", step " + t + ", weight " + i);
					}
				}
				assertEquals(STEPS, optimizer.steps());
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"adam", "adamw", "sgd", "sgd-nesterov-decay"})
	void aRestoredOptimizerGoesOnToTheBit(final String name) {
		final OptimizerOptions options = options(name);
		try (NDManager manager = Engines.newManager("cpu")) {
			final NDArray w = weights(manager);
			final NDArray v;
			try (Optimizer a = options.create(manager, Map.of("w", w))) {
				for (int t = 0; t < 3; t++) step(manager, a, w, t, options);
				final StateDict state = a.state();
				v = Tensors.create(manager, w.toFloatArray(), N);
				v.setRequiresGradient(true);
				for (int t = 3; t < STEPS; t++) step(manager, a, w, t, options);
				try (Optimizer b = options.create(manager, Map.of("w", v))) {
					b.restore(state, 3);
					for (int t = 3; t < STEPS; t++) step(manager, b, v, t, options);
					assertEquals(a.state(), b.state());
				}
			}
			assertEquals(new StateDict().put("w", new long[]{N}, w.toFloatArray()),
				new StateDict().put("w", new long[]{N}, v.toFloatArray()));
		}
	}

	@Test
	void aStateOfOtherParametersIsRefused() {
		try (NDManager manager = Engines.newManager("cpu")) {
			final NDArray w = weights(manager);
			try (Optimizer a = OptimizerOptions.adam(1e-3).create(manager, Map.of("w", w));
				Optimizer b = OptimizerOptions.adam(1e-3).create(manager, Map.of("other", w)))
			{
				final String message = assertThrows(IllegalArgumentException.class, () -> b.restore(a.state(), 1))
					.getMessage();
				assertTrue(message.contains("other.exp_avg"), message);
			}
		}
	}

	@Test
	void cosineGoesFromTheStartToZero() {
		final LearningRate rate = new LearningRate(0.1, LearningRate.Schedule.COSINE);
		assertEquals(0.1, rate.at(0, 100), 1e-12);
		assertEquals(0.05, rate.at(50, 100), 1e-12);
		assertEquals(0, rate.at(100, 100), 1e-12);
		assertEquals(0.1, new LearningRate(0.1, LearningRate.Schedule.NONE).at(77, 100), 0);
	}

	@Test
	void impossibleOptionsAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> OptimizerOptions.adam(0));
		assertThrows(IllegalArgumentException.class, () -> OptimizerOptions.sgd(0.1, 1, false));
		assertThrows(IllegalArgumentException.class, () -> OptimizerOptions.sgd(0.1, 0, true));
		assertThrows(IllegalArgumentException.class, () -> OptimizerOptions.adam(1e-3).withWeightDecay(Double.NaN));
	}

	private static OptimizerOptions options(final String name) {
		return switch (name) {
			case "adam" -> OptimizerOptions.adam(1e-3);
			case "adam-decay" -> OptimizerOptions.adam(1e-2).withWeightDecay(0.05);
			case "adamw" -> OptimizerOptions.adamW(1e-2, 0.1);
			case "sgd" -> OptimizerOptions.sgd(0.1, 0, false);
			case "sgd-momentum" -> OptimizerOptions.sgd(0.1, 0.9, false);
			case "sgd-nesterov-decay" -> OptimizerOptions.sgd(0.1, 0.8, true).withWeightDecay(0.01);
			case "adam-clipped" -> OptimizerOptions.adam(1e-3).withClipNorm(0.5);
			default -> OptimizerOptions.sgd(0.1, 0.9, false).withClipNorm(2).withSchedule(LearningRate.Schedule.COSINE);
		};
	}

	private static NDArray weights(final NDManager manager) {
		final float[] values = new float[N];
		for (int i = 0; i < N; i++) values[i] = 0.5f - 0.25f * i;
		final NDArray w = Tensors.create(manager, values, N);
		w.setRequiresGradient(true);
		return w;
	}

	/** One step with the gradient sin(1 + i + 3 t) 10^(i - 4) for weight i. */
	private static void step(final NDManager manager, final Optimizer optimizer, final NDArray w, final int t,
		final OptimizerOptions options)
	{
		final float[] g = new float[N];
		for (int i = 0; i < N; i++) g[i] = (float) (Math.sin(1 + i + 3 * t) * Math.pow(10, i - 4));
		try (NDManager step = manager.newSubManager();
			GradientCollector collector = manager.getEngine().newGradientCollector())
		{
			optimizer.step(options.learningRate().at(t, STEPS),
				TrainingOps.gradients(Tensors.create(step, g, N).mul(w).sum(), List.of(w)));
		}
	}

	private static JsonObject golden() throws Exception {
		try (Reader in = new InputStreamReader(OptimizerTest.class.getResourceAsStream("optimizers.json"),
			StandardCharsets.UTF_8))
		{
			return JsonParser.parseReader(in).getAsJsonObject().getAsJsonObject("cases");
		}
	}
}
