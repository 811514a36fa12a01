// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.github.isophene.engine.ScalarOps;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Outcome;
import io.github.isophene.training.Step;
import io.github.isophene.training.data.DomainEpisodes;
import io.github.isophene.training.data.EpisodeSampler;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.data.TrainingData;

/** Ordinary training with a second loss that makes embeddings of different batches alike. */
abstract class BatchInvariant implements Objective {

	private final List<Setting> choices;
	private final Settings settings;

	BatchInvariant(final String name, final List<Setting> choices, final Map<String, String> chosen) {
		this.choices = choices;
		settings = Settings.of(name, choices, chosen);
	}

	/**
	 * Returns the second loss, a scalar.
	 *
	 * @param embeddings [N, D] with gradient; not closed
	 * @param batches batch of each image
	 */
	abstract NDArray penalty(Step step, NDArray embeddings, String[] batches);

	/** Returns the number of batches in an episode at most. */
	abstract int together();

	/** Returns the settings. */
	final Settings chosen() {
		return settings;
	}

	@Override
	public final List<Setting> choices() {
		return choices;
	}

	@Override
	public final Map<String, String> settings() {
		return settings.all();
	}

	@Override
	public final EpisodeSampler sampler(final TrainingData data, final int[] training, final EpisodeSizes wanted,
		final Consumer<String> log)
	{
		return new DomainEpisodes(data, training, wanted, together(), log);
	}

	@Override
	public final Outcome forward(final Step step) {
		try (NDScope scope = new NDScope()) {
			final NDArray embeddings = step.network().embed(step.images(), step.ordinaryStatistics());
			final NDArray logits = step.network().logits(embeddings);
			final String[] batches = IntStream.range(0, step.queries())
				.mapToObj(i -> step.sample(i).batch())
				.toArray(String[]::new);
			final NDArray penalty = penalty(step, embeddings, batches);
			final NDArray total = step.crossEntropy(logits)
				.add(ScalarOps.times(penalty, (float) settings.number("weight")));
			final double value = penalty.getFloat();
			NDScope.unregister(total, logits);
			return new Outcome(total, logits, Map.of("penalty", value));
		}
	}

	@Override
	public final StatisticsOrigin statistics() {
		return StatisticsOrigin.TRAINING;
	}
}
