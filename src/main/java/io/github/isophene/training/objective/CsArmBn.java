// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.util.function.Consumer;

import ai.djl.ndarray.NDArray;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Outcome;
import io.github.isophene.training.Step;
import io.github.isophene.training.data.EpisodeSampler;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.data.PlateEpisodes;
import io.github.isophene.training.data.TrainingData;
import org.scijava.plugin.Plugin;

/**
 * Training in context with control-anchored statistics (Sanchez-Fernandez, Pinetz,
 * Zellinger, Klambauer 2026, arXiv:2604.20824): each episode is of one plate, its negative
 * controls go through the network together with the images to classify, every
 * normalization takes mean and variance of both, and cross-entropy is of the labeled
 * images only. Gradients flow through the statistics of both.
 */
@Plugin(type = Objective.class)
public final class CsArmBn implements Objective {

	@Override
	public String name() {
		return "cs-arm-bn";
	}

	@Override
	public String description() {
		return "Training in context: each plate normalized together with its negative controls (arXiv:2604.20824)";
	}

	@Override
	public EpisodeSampler sampler(final TrainingData data, final int[] training, final EpisodeSizes wanted,
		final Consumer<String> log)
	{
		if (wanted.controls() == 0)
			throw new IllegalArgumentException("The objective cs-arm-bn needs controls in its " +
				"episodes: ask for 1 or more, or use the objective arm-bn");
		return new PlateEpisodes(data, training, wanted, log);
	}

	@Override
	public Outcome forward(final Step step) {
		return inContext(step);
	}

	@Override
	public StatisticsOrigin statistics() {
		return StatisticsOrigin.JOINT;
	}

	/** Everything in the episode through the network by its own statistics; the queries' rows into the loss. */
	static Outcome inContext(final Step step) {
		try (NDArray embeddings = step.network().embed(step.images(), step.batchStatistics())) {
			final NDArray logits = step.network().logits(step.queryRows(embeddings));
			return new Outcome(step.crossEntropy(logits), logits);
		}
	}
}
