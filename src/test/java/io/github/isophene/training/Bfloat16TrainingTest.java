// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import io.github.isophene.engine.EngineException;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.OneThread;
import io.github.isophene.engine.Precision;
import io.github.isophene.engine.TrainingOps;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Initialization;
import io.github.isophene.network.Parameters;
import io.github.isophene.network.ResNet;
import io.github.isophene.network.weights.StateDict;
import io.github.isophene.numerics.CosineSimilarity;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.progress.StoppingProgress;
import io.github.isophene.settings.Settings;
import io.github.isophene.training.data.Episode;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.objective.AbraInput;
import io.github.isophene.training.objective.CsArmBn;
import io.github.isophene.training.objective.Erm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scijava.Context;
import org.scijava.plugin.PluginService;

/** Training with convolutions in bfloat16, emulated by rounding. */
@ExtendWith(OneThread.class)
class Bfloat16TrainingTest {

	private static final String EMULATION = "isophene.bfloat16";
	private static final TrainingOptions OPTIONS = Tiny.OPTIONS.withPrecision("bfloat16");

	@TempDir
	Path folder;

	@BeforeEach
	void emulate() {
		System.setProperty(EMULATION, "emulated");
	}

	@AfterEach
	void endEmulation() {
		System.clearProperty(EMULATION);
	}

	/** Loss, figures, and gradients by parameter, of one step. */
	private record Taken(double loss, Map<String, Double> figures, List<float[]> gradients) {}

	private static Taken step(final Objective objective, final Precision precision) throws Exception {
		final Architecture network = Tiny.NETWORK.withHead(objective.head());
		try (NDManager manager = Engines.newManager("cpu");
			Parameters parameters = new Parameters(manager, network, Initialization.random(network, 3)))
		{
			final TrainingContext learner = TrainingContext.of(new ResNet(network, parameters, precision),
				TrainedPart.WHOLE, Tiny.DATA, new Targets(Tiny.DATA, null), 0.1f);
			final Episode episode = objective
				.sampler(Tiny.DATA, Tiny.SPLIT.training(), new EpisodeSizes(24, 24, 1), m -> {})
				.epoch(RandomStream.of(1, "episodes"))
				.get(0);
			try (NDManager step = manager.newSubManager();
				GradientCollector recording = manager.getEngine().newGradientCollector())
			{
				final EpisodeLoader loader = new EpisodeLoader(Tiny.DATA.tiles());
				loader.start(episode, i -> null);
				final Outcome outcome = objective
					.forward(new Step(learner, episode, loader.take(step), RandomStream.of(1, "step"), 0.5));
				final NDList found = TrainingOps.gradients(outcome.loss(), learner.trained().values());
				final List<float[]> gradients = new ArrayList<>();
				for (final NDArray gradient : found) {
					assertEquals(DataType.FLOAT32, gradient.getDataType());
					gradients.add(gradient.toFloatArray());
				}
				return new Taken(outcome.loss().getFloat(), outcome.figures(), gradients);
			}
		}
	}

	@Test
	void gradientsOfAStepPointWhereThoseInFloat32Do() throws Exception {
		for (final Objective objective : List.of(new Erm(), new CsArmBn())) {
			final Taken exact = step(objective, Precision.FLOAT32);
			final Taken rounded = step(objective, Precision.BFLOAT16);
			assertNotEquals(exact.loss(), rounded.loss());
			assertEquals(exact.loss(), rounded.loss(), 0.02 * exact.loss());
			final double[] cosines = IntStream.range(0, exact.gradients().size())
				.mapToDouble(i -> CosineSimilarity.of(exact.gradients().get(i), rounded.gradients().get(i)))
				.sorted()
				.toArray();
			// The last layers normalize by as many values as there are images, and rounding is large beside their
			// spread: torch.autocast of a network of this size gives medians of 0.96 and tenths of 0.92.
			final double median = cosines[cosines.length / 2];
			assertTrue(median > 0.85, objective.name() + ", median " + median);
			final double tenth = cosines[cosines.length / 10];
			assertTrue(tenth > 0.6, objective.name() + ", tenth " + tenth);
			final double whole = CosineSimilarity.of(joined(exact.gradients()), joined(rounded.gradients()));
			assertTrue(whole > 0.8, objective.name() + ", all together " + whole);
		}
	}

	private static float[] joined(final List<float[]> parts) {
		final FloatBuffer all = FloatBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
		parts.forEach(all::put);
		return all.array();
	}

	@Test
	void anAscentIsInFloat32() throws Exception {
		final Objective objective = new AbraInput()
			.configured(Settings.parse("warm-up=0; probability=1; measure=1; radius=0.5"))
			.prepared(Tiny.DATA, Tiny.SPLIT.training(), m -> {});
		final Taken exact = step(objective, Precision.FLOAT32);
		final Taken rounded = step(objective, Precision.BFLOAT16);
		assertNotEquals(exact.loss(), rounded.loss());
		for (final String figure : List.of("inner_loss_before", "inner_loss_after", "perturbation_size"))
			assertEquals(exact.figures().get(figure), rounded.figures().get(figure), figure);
	}

	@Test
	void everyObjectiveTrainsAndTheWeightsAreFloat32() throws Exception {
		try (Context context = new Context(PluginService.class)) {
			for (final Objective objective : Objectives.all(context.service(PluginService.class))) {
				final Architecture network = Tiny.NETWORK.withHead(objective.head());
				final StateDict start = Initialization.random(network, 2);
				final TrainingResult exact = Tiny.trainer(objective, Tiny.OPTIONS.withEpochs(2, 2))
					.train(network, start);
				final TrainingResult rounded = Tiny.trainer(objective, OPTIONS.withEpochs(2, 2)).train(network, start);
				assertNotEquals(exact.last(), rounded.last(), objective.name());
				assertEquals(exact.log().get(0).trainingLoss(), rounded.log().get(0).trainingLoss(),
					0.1 * exact.log().get(0).trainingLoss(), objective.name());
				// A bfloat16 has the last 16 bits 0: the weights that are trained keep all.
				int fine = 0;
				for (final float w : rounded.last().get("layer2.0.conv1.weight").values())
					if ((Float.floatToIntBits(w) & 0xffff) != 0) fine++;
				assertTrue(fine > 100, objective.name());
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"resnet18-gn", "resnet18-each"})
	void otherNetworksTrain(final String name) throws Exception {
		final Architecture network = Architecture.of(name, Tiny.NETWORK.channels(), 8, Tiny.NETWORK.classes());
		final TrainingResult result = Tiny.trainer(new Erm(), OPTIONS.withEpochs(1, 1))
			.train(network, Initialization.random(network, 1));
		assertTrue(Double.isFinite(result.log().get(0).validationLoss()));
	}

	@ParameterizedTest
	@ValueSource(ints = {1, 4})
	void aCanceledTrainingEndsWithTheSameBytes(final int steps) throws Exception {
		final TrainingResult whole = Tiny.trainer(new CsArmBn(), OPTIONS).train(Tiny.NETWORK, Tiny.START);
		final Path file = folder.resolve("training.checkpoint");
		final StoppingProgress progress = new StoppingProgress();
		final TrainingListener listener = new TrainingListener() {

			private int done;

			@Override
			public void step(final StepRecord step) {
				if (++done == steps) progress.cancel();
			}
		};
		assertEquals(TrainingResult.Ending.CANCELED, Tiny.trainer(new CsArmBn(), OPTIONS)
			.checkpoint(file, 60)
			.progress(progress)
			.listener(listener)
			.train(Tiny.NETWORK, Tiny.START)
			.ending());
		final String message = assertThrows(IllegalArgumentException.class,
			() -> Tiny.trainer(new CsArmBn(), Tiny.OPTIONS).checkpoint(file, 60).train(Tiny.NETWORK, Tiny.START))
				.getMessage();
		assertTrue(message.contains("(other precision: it was begun with bfloat16)"), message);
		final TrainingResult resumed = Tiny.trainer(new CsArmBn(), OPTIONS)
			.checkpoint(file, 60)
			.train(Tiny.NETWORK, Tiny.START);
		assertEquals(whole.last(), resumed.last());
		assertEquals(whole.weights(), resumed.weights());
		assertEquals(whole.log(), resumed.log());
	}

	@Test
	void withoutInstructionsItIsRefusedBeforeTheFirstStep() throws Exception {
		endEmulation();
		try {
			Precision.BFLOAT16.require(Device.cpu());
		}
		catch (final EngineException refusal) {
			assertEquals(refusal.getMessage(), assertThrows(EngineException.class,
				() -> Tiny.trainer(new Erm(), OPTIONS).train(Tiny.NETWORK, Tiny.START)).getMessage());
			return;
		}
		assertEquals(1, Tiny.trainer(new Erm(), OPTIONS.withEpochs(1, 1)).train(Tiny.NETWORK, Tiny.START).log().size());
	}
}
