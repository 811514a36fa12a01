// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.util.function.Consumer;

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
 * Training in context without controls: each episode is of one plate and normalized by its
 * own statistics, which hold whatever mixture of classes the episode has (ARM-BN: Zhang et
 * al. 2021, arXiv:2007.02931). What {@link CsArmBn} is compared with.
 */
@Plugin(type = Objective.class)
public final class ArmBn implements Objective {

	@Override
	public String name() {
		return "arm-bn";
	}

	@Override
	public String description() {
		return "Training in context: each plate normalized by the statistics of its batch (arXiv:2007.02931)";
	}

	@Override
	public EpisodeSampler sampler(final TrainingData data, final int[] training, final EpisodeSizes wanted,
		final Consumer<String> log)
	{
		return new PlateEpisodes(data, training, new EpisodeSizes(wanted.queries(), 0, wanted.accumulate()), log);
	}

	@Override
	public Outcome forward(final Step step) {
		return CsArmBn.inContext(step);
	}

	@Override
	public StatisticsOrigin statistics() {
		return StatisticsOrigin.BATCH;
	}
}
