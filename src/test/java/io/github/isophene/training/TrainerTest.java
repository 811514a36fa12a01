// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import ai.djl.ndarray.NDManager;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.OneThread;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Initialization;
import io.github.isophene.network.Parameters;
import io.github.isophene.network.ResNet;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.network.weights.StateDict;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.pixels.TileSource;
import io.github.isophene.progress.Progress;
import io.github.isophene.progress.StoppingProgress;
import io.github.isophene.training.data.Augmentation;
import io.github.isophene.training.data.AugmentedTiles;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.data.Sample;
import io.github.isophene.training.data.Split;
import io.github.isophene.training.data.ToyPlates;
import io.github.isophene.training.data.TrainingData;
import io.github.isophene.training.objective.Abra;
import io.github.isophene.training.objective.CsArmBn;
import io.github.isophene.training.objective.Erm;
import io.github.isophene.training.optimizer.OptimizerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(OneThread.class)
class TrainerTest {

	/** Small arrays aren't worth a second thread, and waiting for it is slow on a busy machine. */
	@Test
	void trainingInContextWorksOnNewBatchesWhereOrdinaryTrainingFails() throws Exception {
		final TrainingData data = new ToyPlates(36, 5).batches("old", 4, 16, 24, 0.15)
			.batches("new", 2, 16, 24, 0.8)
			.data(32);
		final Split split = Split.of(data.samples(), List.of("new0", "new1"), Split.INNER, 1);
		final TrainingResult erm = train(data, split, new Erm(), 24, 0, 1);
		final TrainingResult context = train(data, split, new CsArmBn(), 24, 24, 2);
		assertEquals(StatisticsOrigin.TRAINING, erm.statistics());
		assertEquals(StatisticsOrigin.JOINT, context.statistics());
		// Both learn what they are shown...
		assertTrue(best(erm).validationAccuracy() > 0.9, "erm, in the domain: " + best(erm));
		assertTrue(best(context).validationAccuracy() > 0.9, "cs-arm-bn, in the domain: " + best(context));
		// ...but only one of them knows what a plate's technical state is.
		final double ermNew = accuracy(data, split.heldOut(), new Erm(), erm.weights());
		final double contextNew = accuracy(data, split.heldOut(), new CsArmBn(), context.weights());
		assertTrue(contextNew > 0.85, "cs-arm-bn on new batches: " + contextNew);
		assertTrue(ermNew < 0.7, "erm on new batches: " + ermNew);
	}

	private static EpochRecord best(final TrainingResult result) {
		return result.log().get(result.bestEpoch() - 1);
	}

	private static TrainingResult train(final TrainingData data, final Split split, final Objective objective,
		final int queries, final int controls, final int accumulate) throws IOException
	{
		final TrainingOptions options = TrainingOptions.PUBLISHED
			.withSizes(new EpisodeSizes(queries, controls, accumulate))
			.withOptimizer(OptimizerOptions.adam(3e-3))
			.withEpochs(9, 20)
			.withDevice("cpu");
		return new Trainer(data, split, objective, options).train(Tiny.NETWORK, Initialization.random(Tiny.NETWORK, 1));
	}

	private static double accuracy(final TrainingData data, final int[] samples, final Objective objective,
		final StateDict weights) throws IOException
	{
		try (NDManager manager = Engines.newManager("cpu");
			Parameters p = new Parameters(manager, Tiny.NETWORK, weights))
		{
			return new Validation(data, samples, objective, new EpisodeSizes(24, 24, 1), new Targets(data, null), 1)
				.score(manager, new ResNet(Tiny.NETWORK, p), (chunk, total) -> true)
				.accuracy();
		}
	}

	@Test
	void theSameSeedGivesTheSameBytes() throws Exception {
		final TrainingResult first = Tiny.trainer(new CsArmBn(), Tiny.OPTIONS).train(Tiny.NETWORK, Tiny.START);
		final TrainingResult again = Tiny.trainer(new CsArmBn(), Tiny.OPTIONS).train(Tiny.NETWORK, Tiny.START);
		assertEquals(first.weights(), again.weights());
		assertEquals(first.last(), again.last());
		assertEquals(TrainingLog.csv(first.log()), TrainingLog.csv(again.log()));
		assertNotEquals(first.last(),
			Tiny.trainer(new CsArmBn(), Tiny.OPTIONS.withSeed(2)).train(Tiny.NETWORK, Tiny.START).last());
	}

	@Test
	void onAnyThreadItIsTheSame() throws Exception {
		// Whether gradients are recorded by default differs between threads.
		final TrainingResult here = Tiny.trainer(new CsArmBn(), Tiny.OPTIONS.withEpochs(2, 2))
			.train(Tiny.NETWORK, Tiny.START);
		final TrainingResult there = CompletableFuture.supplyAsync(() -> {
			Engines.setThreads(1);
			try {
				return Tiny.trainer(new CsArmBn(), Tiny.OPTIONS.withEpochs(2, 2)).train(Tiny.NETWORK, Tiny.START);
			}
			catch (final IOException e) {
				throw new UncheckedIOException(e);
			}
		}).get();
		assertEquals(here.last(), there.last());
		assertEquals(here.log(), there.log());
	}

	@Test
	void twoTrainingsAtOnceAreRefused() throws Exception {
		final List<String> message = new ArrayList<>();
		Tiny.trainer(new Erm(), Tiny.OPTIONS.withEpochs(1, 1)).listener(new TrainingListener() {

			@Override
			public void step(final StepRecord step) {
				message.add(assertThrows(IllegalStateException.class,
					() -> Tiny.trainer(new Erm(), Tiny.OPTIONS).train(Tiny.NETWORK, Tiny.START)).getMessage());
			}
		}).train(Tiny.NETWORK, Tiny.START);
		assertTrue(message.get(0).contains("Another training"), message.get(0));
	}

	@ParameterizedTest
	@EnumSource(TrainedPart.class)
	void onlyTheTrainedPartChanges(final TrainedPart part) throws Exception {
		final TrainingResult result = Tiny.trainer(new Erm(), Tiny.OPTIONS.withPart(part).withEpochs(1, 1))
			.train(Tiny.NETWORK, Tiny.START);
		int changed = 0;
		for (final String name : Tiny.NETWORK.parameters().keySet()) {
			final boolean statistic = name.contains(".running_");
			// Statistics follow where their layer is trained.
			final boolean expected = part.trains(statistic ? name.replaceAll("running_(mean|var)", "weight") : name);
			assertEquals(!expected, result.last().get(name).equals(Tiny.START.get(name)), name);
			if (expected && !statistic) changed++;
		}
		assertEquals(switch (part) {
			case WHOLE -> 62;
			case NORMS_AND_HEAD -> 42;
			case LAST_STAGE -> 17;
			case LAST_2_STAGES -> 32;
			case LAST_3_STAGES -> 47;
			case HEAD -> 2;
		}, changed);
		assertEquals(part, TrainedPart.of(part.label().toUpperCase(java.util.Locale.ROOT)));
	}

	@Test
	void cancelingKeepsTheBestSoFar() throws Exception {
		final List<StepRecord> steps = new ArrayList<>();
		final StoppingProgress progress = new StoppingProgress();
		final TrainingListener listener = new TrainingListener() {

			@Override
			public void step(final StepRecord step) {
				steps.add(step);
				if (steps.size() >= 7) progress.cancel();
			}
		};
		final TrainingResult result = Tiny.trainer(new CsArmBn(), Tiny.OPTIONS)
			.progress(progress)
			.listener(listener)
			.train(Tiny.NETWORK, Tiny.START);
		assertEquals(TrainingResult.Ending.CANCELED, result.ending());
		assertEquals(7, steps.size());
		assertEquals(2, result.log().size());
		assertTrue(result.bestEpoch() >= 1);
		assertNotEquals(result.last(), result.weights());
		assertTrue(steps.get(6).done() > steps.get(5).done());
		assertEquals(steps.get(6).done(), progress.done());
		assertTrue(steps.get(6).secondsLeft() > 0 && Double.isFinite(steps.get(6).secondsLeft()));
	}

	@Test
	void patienceEndsATrainingThatLearnsNothing() throws Exception {
		final TrainingResult result = Tiny
			.trainer(new Erm(),
				Tiny.OPTIONS.withOptimizer(OptimizerOptions.adam(0.05)).withPart(TrainedPart.HEAD).withEpochs(60, 2))
			.train(Tiny.NETWORK, Tiny.START);
		assertEquals(TrainingResult.Ending.PATIENCE, result.ending());
		assertEquals(result.bestEpoch() + 2, result.log().size());
		final double best = best(result).validationLoss();
		assertTrue(result.log().stream().allMatch(r -> r.validationLoss() >= best));
	}

	@Test
	void aCollapsedTrainingEndsWithAdvice() throws Exception {
		final List<String> messages = new ArrayList<>();
		final TrainingResult result = Tiny
			.trainer(new Abra().configured(Map.of("head", "linear", "warm-up", "0")), Tiny.OPTIONS.withEpochs(9, 20))
			.progress(new Progress() {

				@Override
				public void report(final String message, final long done, final long total) {
					// only sentences are looked at
				}

				@Override
				public void info(final String sentence) {
					messages.add(sentence);
				}
			})
			.train(Tiny.NETWORK, blind());
		assertEquals(TrainingResult.Ending.COLLAPSED, result.ending());
		assertEquals(2, result.log().size(), "epochs");
		assertTrue(messages.stream().anyMatch(m -> m.contains("Choose a smaller radius")), messages.toString());
	}

	/** Weights of a network that looks at nothing: every image has the embedding of its last shifts. */
	private static StateDict blind() {
		final StateDict weights = new StateDict();
		for (final String name : Tiny.START.names()) {
			final float[] values = Tiny.START.get(name).values().clone();
			// Only shifts of the normalizations are left, and these are positive.
			if (name.matches(".*(bn\\d|downsample\\.1)\\.weight")) Arrays.fill(values, 0);
			if (name.matches(".*(bn\\d|downsample\\.1)\\.bias")) Arrays.fill(values, 1);
			weights.put(name, Tiny.START.get(name).shape(), values);
		}
		return weights;
	}

	@Test
	void aDivergedTrainingSaysSo() {
		final String message = assertThrows(ArithmeticException.class,
			() -> Tiny.trainer(new Erm(), Tiny.OPTIONS.withOptimizer(OptimizerOptions.sgd(1e30, 0, false)))
				.train(Tiny.NETWORK, Tiny.START))
			.getMessage();
		assertTrue(message.contains("lower learning rate"), message);
	}

	@Test
	void aFaultyImageIsNamed() {
		final TrainingData data = new TrainingData(Tiny.DATA.samples(), Tiny.DATA.classes(), new AugmentedTiles(i -> {
			throw new IOException("can't read image.tif");
		}, Tiny.DATA.samples().size(), ToyPlates.CHANNELS, Augmentation.all(32)));
		final String message = assertThrows(IOException.class,
			() -> new Trainer(data, Tiny.SPLIT, new Erm(), Tiny.OPTIONS).train(Tiny.NETWORK, Tiny.START)).getMessage();
		assertEquals("can't read image.tif", message);
	}

	@Test
	void partsThatDoNotFitAreRefused() {
		final Architecture other = Tiny.NETWORK.withClasses(5);
		final String message = assertThrows(IllegalArgumentException.class,
			() -> Tiny.trainer(new Erm(), Tiny.OPTIONS).train(other, Initialization.random(other, 1))).getMessage();
		assertTrue(message.contains("5 outputs") && message.contains("3 classes"), message);
		final List<Sample> noControls = Tiny.DATA.samples()
			.stream()
			.map(s -> new Sample(s.plate(), s.batch(), s.label(),
				s.control() && !s.batch().equals(batchOf(Tiny.SPLIT.validation()))))
			.toList();
		final TrainingData data = new TrainingData(noControls, Tiny.DATA.classes(), Tiny.DATA.tiles());
		final String plate = assertThrows(IllegalArgumentException.class,
			() -> new Trainer(data, Tiny.SPLIT, new CsArmBn(), Tiny.OPTIONS).train(Tiny.NETWORK, Tiny.START))
			.getMessage();
		assertTrue(plate.contains("validation plate") && plate.contains("no negative controls"), plate);
	}

	private static String batchOf(final int[] part) {
		return Tiny.DATA.samples().get(part[0]).batch();
	}

	@Test
	void balancedWeightsGiveEveryClassTheSameSay() {
		final List<Sample> samples = new ArrayList<>();
		for (int i = 0; i < 12; i++) samples.add(new Sample("p" + i % 2, "b", i < 9 ? 0 : 1, false));
		final TrainingData data = new TrainingData(samples, List.of("often", "rare", "never"), Tiny.DATA.tiles());
		final float[] weights = data.balancedWeights(IntStream.range(0, 12).toArray());
		assertEquals(12.0 / (2 * 9), weights[0], 1e-6);
		assertEquals(12.0 / (2 * 3), weights[1], 1e-6);
		assertEquals(0, weights[2], 0);
		assertEquals(9 * weights[0], 3 * weights[1], 1e-5);
		assertFalse(weights[0] == weights[1]);
	}

	@Test
	void aProbeEncodesEveryImageOnceAndLearnsTheSame() throws Exception {
		final TrainingOptions head = Tiny.OPTIONS.withPart(TrainedPart.HEAD).withSizes(new EpisodeSizes(12, 0, 1));
		final List<String> reads = new CopyOnWriteArrayList<>();
		final TrainingResult[] results = new TrainingResult[2];
		for (final boolean random : new boolean[]{false, true}) {
			final TileSource tiles = new TileSource() {

				@Override
				public boolean isRandom() {
					// What is called random, but isn't, goes through the whole network every time.
					return random;
				}

				@Override
				public int count() {
					return Tiny.DATA.tiles().count();
				}

				@Override
				public int channels() {
					return Tiny.DATA.tiles().channels();
				}

				@Override
				public int size() {
					return Tiny.DATA.tiles().size();
				}

				@Override
				public void read(final int sample, final RandomStream augmentation, final FloatBuffer out)
					throws IOException
				{
					if (!random) reads.add(sample + "");
					Tiny.DATA.tiles().read(sample, null, out);
				}
			};
			results[random ? 1 : 0] = new Trainer(new TrainingData(Tiny.DATA.samples(), Tiny.DATA.classes(), tiles),
				Tiny.SPLIT, new Erm(), head).train(Tiny.NETWORK, Tiny.START);
		}
		assertEquals(Tiny.DATA.samples().stream().filter(Sample::labeled).count(), reads.size());
		final float[] once = results[0].last().get("fc.weight").values();
		final float[] every = results[1].last().get("fc.weight").values();
		for (int i = 0; i < once.length; i++) assertEquals(every[i], once[i], 1e-5f);
		assertEquals(Tiny.START.get("conv1.weight"), results[0].last().get("conv1.weight"));
		for (int e = 0; e < results[0].log().size(); e++) {
			assertEquals(results[1].log().get(e).validationLoss(), results[0].log().get(e).validationLoss(), 1e-5);
		}
	}
}
