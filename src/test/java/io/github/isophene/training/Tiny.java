// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.util.List;

import io.github.isophene.network.Architecture;
import io.github.isophene.network.Initialization;
import io.github.isophene.network.weights.StateDict;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.data.Split;
import io.github.isophene.training.data.ToyPlates;
import io.github.isophene.training.data.TrainingData;

/** A training of a few seconds: six plates, a narrow network, four epochs of three steps. */
public final class Tiny {

	public static final Architecture NETWORK = new Architecture(Architecture.NetworkDepth.RESNET18, false,
		ToyPlates.CHANNELS, 4, ToyPlates.CLASSES.size());
	public static final StateDict START = Initialization.random(NETWORK, 1);
	public static final TrainingData DATA = new ToyPlates(36, 9).batches("b", 3, 4, 8, 0.3).data(32);
	public static final Split SPLIT = Split.of(DATA.samples(), List.of(), Split.INNER, 1);
	public static final TrainingOptions OPTIONS = TrainingOptions.PUBLISHED.withSizes(new EpisodeSizes(8, 8, 2))
		.withEpochs(4, 20)
		.withDevice("cpu");

	private Tiny() {}

	public static Trainer trainer(final Objective objective, final TrainingOptions options) {
		return new Trainer(DATA, SPLIT, objective, options);
	}
}
