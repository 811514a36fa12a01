// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.isophene.network.CameraPerturbation;
import io.github.isophene.network.Normalization;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.settings.Setting;
import io.github.isophene.training.Outcome;
import io.github.isophene.training.Step;
import io.github.isophene.training.data.EpisodeSampler;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.data.ShuffledEpisodes;
import io.github.isophene.training.data.TrainingData;

/**
 * Perturbed training on shuffled images of all plates, for prediction with running
 * statistics: what {@link Abra} and {@link AbraInput} have in common.
 */
abstract class PerturbedShuffled extends PerturbedObjective {

	PerturbedShuffled(final String name, final List<Setting> choices, final Map<String, String> chosen,
		final CameraPerturbation camera)
	{
		super(name, choices, null, chosen, camera);
	}

	@Override
	public EpisodeSampler sampler(final TrainingData data, final int[] training, final EpisodeSizes wanted,
		final Consumer<String> log)
	{
		return new ShuffledEpisodes(data, training, wanted, log);
	}

	@Override
	Outcome forward(final Step step, final boolean batchStatistics) {
		return perturbed(step, step.ordinaryStatistics(),
			batchStatistics ? Normalization.batch() : Normalization.running()).run();
	}

	@Override
	public boolean replacesAdaptation() {
		return true;
	}

	@Override
	public StatisticsOrigin statistics() {
		return StatisticsOrigin.TRAINING;
	}
}
