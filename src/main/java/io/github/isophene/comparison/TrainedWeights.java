// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import io.github.isophene.network.Architecture;
import io.github.isophene.network.LayerNorms;

/**
 * Weights that a comparison trains; methods with the same ones share the training.
 *
 * @param objective name of the objective
 * @param norms normalization after each convolution, in place of that of the comparison's network if it isn't batch
 *          normalization
 * @param selfStandardized whether each image is standardized by itself
 */
public record TrainedWeights(String objective, LayerNorms norms, boolean selfStandardized) {

	/** Returns those of the comparison's own network. */
	public static TrainedWeights of(final String objective) {
		return new TrainedWeights(objective, LayerNorms.BATCH, false);
	}

	/** Returns the network that is trained. */
	Architecture of(final Architecture own) {
		final Architecture normalized = norms == LayerNorms.BATCH ? own : own.withNorms(norms);
		return selfStandardized ? normalized.withSelfStandardization() : normalized;
	}

	/** Returns a name for files: the objective, and what differs in the network. */
	String label() {
		return objective + (norms == LayerNorms.BATCH ? "" : "-" + norms.label()) +
			(selfStandardized ? "-standardized" : "");
	}
}
