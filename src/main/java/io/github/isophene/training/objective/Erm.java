// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import ai.djl.ndarray.NDArray;
import io.github.isophene.network.Head;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Outcome;
import io.github.isophene.training.Step;
import io.github.isophene.training.data.EpisodeSampler;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.data.ShuffledEpisodes;
import io.github.isophene.training.data.TrainingData;
import org.scijava.plugin.Plugin;

/**
 * Empirical risk minimization: ordinary training on shuffled images of all plates, running
 * statistics in prediction. The baseline. Frozen normalizations use the statistics they
 * came with.
 */
@Plugin(type = Objective.class)
public final class Erm implements Objective {

	private static final String NAME = "erm";

	private final Settings settings;
	private final ClassLoss loss;

	/** With a linear layer and plain cross-entropy. */
	public Erm() {
		this(Map.of());
	}

	private Erm(final Map<String, String> chosen) {
		settings = Settings.of(NAME, ClassLoss.choices("linear"), chosen);
		loss = ClassLoss.of(settings);
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String description() {
		return "Ordinary training: shuffled images of all plates, running statistics";
	}

	@Override
	public List<Setting> choices() {
		return ClassLoss.choices("linear");
	}

	@Override
	public Objective configured(final Map<String, String> chosen) {
		return new Erm(chosen);
	}

	@Override
	public Map<String, String> settings() {
		return loss.head().cosine() ? settings.all() : Map.of();
	}

	@Override
	public Head head() {
		return loss.head();
	}

	@Override
	public EpisodeSampler sampler(final TrainingData data, final int[] training, final EpisodeSizes wanted,
		final Consumer<String> log)
	{
		return new ShuffledEpisodes(data, training, wanted, log);
	}

	@Override
	public Outcome forward(final Step step) {
		try (NDArray embeddings = step.embed(step.ordinaryStatistics())) {
			final NDArray logits = step.network().logits(embeddings);
			return new Outcome(loss.of(step, logits), logits);
		}
	}

	@Override
	public boolean probes() {
		return true;
	}

	@Override
	public StatisticsOrigin statistics() {
		return StatisticsOrigin.TRAINING;
	}
}
