// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;

import ai.djl.ndarray.NDManager;

import io.github.isophene.engine.Engines;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Initialization;
import io.github.isophene.network.Parameters;
import io.github.isophene.network.ResNet;
import io.github.isophene.network.StateDict;

import org.junit.jupiter.api.Test;

class TrainerTest {

	private static final Architecture NETWORK = new Architecture(Architecture.Depth.RESNET18, false, ToyPlates.CHANNELS, 4,
		ToyPlates.CLASSES.size());

	@Test
	void trainingInContextWorksOnNewBatchesWhereOrdinaryTrainingFails() throws Exception {
		final TrainingData data = new ToyPlates(36, 5).batches("old", 4, 16, 24, 0.15).batches("new", 2, 16, 24, 0.9).data(32);
		final Split split = Split.of(data.samples(), List.of("new0", "new1"), Split.INNER, 1);
		final double erm = heldOut(data, split, new Erm());
		final double context = heldOut(data, split, new CsArmBn());
		System.out.println("erm " + erm + " cs-arm-bn " + context);
		assertTrue(context > 0.85, "cs-arm-bn: " + context);
		assertTrue(erm < context - 0.15, "erm: " + erm + ", cs-arm-bn: " + context);
	}

	private static double heldOut(final TrainingData data, final Split split, final Objective objective) throws Exception {
		final TrainingOptions options = TrainingOptions.PUBLISHED.withSizes(new EpisodeSizes(24, objective instanceof Erm ? 0 : 24, objective instanceof Erm ? 1 : 2))
			.withOptimizer(OptimizerOptions.adam(3e-3)).withEpochs(20, 20).withDevice("cpu");
		long t = System.nanoTime();
		final TrainingResult result = new Trainer(data, split, objective, options).listener(new TrainingListener() {

			@Override
			public void message(final String text) {
				System.out.println(text);
			}
		}).train(NETWORK, Initialization.random(NETWORK, 1));
		System.out.println((System.nanoTime() - t) * 1e-9 + "s");
		System.out.println(TrainingLog.csv(result.log()));
		return score(data, split.heldOut(), objective, result.weights());
	}

	static double score(final TrainingData data, final int[] samples, final Objective objective, final StateDict weights)
		throws Exception
	{
		try (NDManager manager = Engines.newManager("cpu"); Parameters p = new Parameters(manager, NETWORK, weights)) {
			return new Validation(data, samples, objective, new EpisodeSizes(24, 24, 1), new Targets(data, null), 1).score(
				manager, new ResNet(NETWORK, p), () -> false).accuracy();
		}
	}
}
