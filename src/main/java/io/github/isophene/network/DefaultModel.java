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

	private DefaultModel() {}

	/** Makes the model: the same bits on every machine. */
	static Model create() {
		final Architecture architecture = Architecture.of("resnet18", 1, 32, 0);
		final ModelCard card = new ModelCard(NAME, DESCRIPTION, architecture, ModelCard.Input.EACH_CHANNEL, List.of(), 224, "",
			List.of(), "", ModelCard.StatisticsKind.RUNNING, Map.of("weights", "random, seed " + SEED + ", not trained"));
		return new Model(card, Initialization.random(architecture, SEED));
	}
}
