// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.util.List;
import java.util.Map;

/**
 * The built-in model that never learned anything: a baseline. A trained encoder that isn't
 * better than it has learned nothing of use.
 */
final class FixedSeedModel {

	static final String NAME = "fixed-seed";

	/** The seed of its weights; another seed would be another model. */
	static final long SEED = 20260717L;

	private static final Architecture ARCHITECTURE = Architecture.of("resnet18", 1, 32, 0);

	private static final String DESCRIPTION = "An untrained network with random weights from a fixed seed: a " +
		"ResNet-18 of " +
		"width 32 that looks at each channel by itself, as the default model does. Its embeddings are reproducible " +
		"texture features, not learned ones: a baseline that any trained encoder should beat.";

	private FixedSeedModel() {}

	/** Made at the first use. */
	private static final class Holder {

		static final Model MODEL = create();
	}

	/** The model: the same bits on every machine. */
	static Model get() {
		return Holder.MODEL;
	}

	private static Model create() {
		final ModelCard card = new ModelCard(NAME, DESCRIPTION, ARCHITECTURE, ModelCard.Input.EACH_CHANNEL, List.of(),
			DefaultModel.TILE, DefaultModel.INTENSITY, List.of(), "", StatisticsOrigin.TRAINING,
			Map.of("weights", "random, seed " + SEED + ", not trained", "running statistics",
				"of synthetic noise images of mean 0 and variance 1"));
		return new Model(card, Initialization.calibrated(ARCHITECTURE, SEED));
	}
}
