// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.util.function.Consumer;

import ai.djl.ndarray.NDArray;
import io.github.isophene.network.Normalization;
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
 * Training by the statistics of each plate's negative controls alone: as {@link CsArmBn}, but every normalization
 * takes mean and variance of the controls in the episode, and gradients flow through them. It predicts by the
 * controls, so training and prediction agree, and no query depends on another. Ours, as a rival of calibrated
 * controls; stored statistics are not kept.
 */
@Plugin(type = Objective.class)
public final class ControlBn implements Objective {

	@Override
	public String name() {
		return "control-bn";
	}

	@Override
	public String description() {
		return "Training in context: each plate normalized by its negative controls alone (a rival of calibrated " +
			"controls)";
	}

	@Override
	public EpisodeSampler sampler(final TrainingData data, final int[] training, final EpisodeSizes wanted,
		final Consumer<String> log)
	{
		if (wanted.controls() == 0)
			throw new IllegalArgumentException("The objective control-bn needs controls in its " +
				"episodes: ask for 1 or more, or use the objective arm-bn");
		return new PlateEpisodes(data, training, wanted, log);
	}

	@Override
	public Outcome forward(final Step step) {
		try (NDArray embeddings = step.network()
			.embed(step.images(), Normalization.samples(step.queries(), step.episode().size())))
		{
			final NDArray logits = step.network().logits(step.queryRows(embeddings));
			return new Outcome(step.crossEntropy(logits), logits);
		}
	}

	@Override
	public StatisticsOrigin statistics() {
		return StatisticsOrigin.CONTROLS;
	}
}
