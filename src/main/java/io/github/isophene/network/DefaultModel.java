// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.util.List;
import java.util.Map;

/**
 * The model that is built in. It takes any number of channels, each by itself.
 */
final class DefaultModel {

	static final String NAME = "default";

	/** The seed of its weights; another seed would be another model. */
	static final long SEED = 20260717L;

	private static final String DESCRIPTION = "An untrained network with random weights from a fixed seed: a ResNet-18 of " +
		"width 32 that looks at each channel by itself. Its embeddings are reproducible texture features, not learned ones; " +
		"they serve to try things out and as a baseline. For real work, train or import a model.";

	private static final String INTENSITY = "percentile:0.1:99.9+fixed:0.2:0.2";

	private DefaultModel() {}

	/** Made at the first use. */
	private static final class Holder {

		static final Model MODEL = create();
	}

	/** The model: the same bits on every machine. */
	static Model get() {
		return Holder.MODEL;
	}

	private static Model create() {
		final Architecture architecture = Architecture.of("resnet18", 1, 32, 0);
		final ModelCard card = new ModelCard(NAME, DESCRIPTION, architecture, ModelCard.Input.EACH_CHANNEL, List.of(), 224,
			INTENSITY, List.of(), "", ModelCard.StatisticsKind.RUNNING, Map.of("weights", "random, seed " + SEED +
				", not trained", "running statistics", "of synthetic noise images of mean 0 and variance 1"));
		return new Model(card, Initialization.calibrated(architecture, SEED));
	}
}
