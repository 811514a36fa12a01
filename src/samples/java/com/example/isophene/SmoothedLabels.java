// SPDX-License-Identifier: BSD-2-Clause
package com.example.isophene;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import ai.djl.ndarray.NDArray;
import io.github.isophene.engine.ScalarOps;
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

/** Ordinary training with smoothed labels (Szegedy et al. 2016, arXiv:1512.00567). */
@Plugin(type = Objective.class)
public class SmoothedLabels implements Objective {

	private static final List<Setting> CHOICES = List.of(Setting.number("smoothing", 0.1, 0, 1,
		"share of the label that all classes have alike"));

	private final Settings settings;

	/** With the default smoothing. */
	public SmoothedLabels() {
		this(Map.of());
	}

	private SmoothedLabels(final Map<String, String> chosen) {
		settings = Settings.of("smoothed", CHOICES, chosen);
	}

	@Override
	public String name() {
		return "smoothed";
	}

	@Override
	public String description() {
		return "Ordinary training with smoothed labels";
	}

	@Override
	public List<Setting> choices() {
		return CHOICES;
	}

	@Override
	public Objective configured(final Map<String, String> chosen) {
		return new SmoothedLabels(chosen);
	}

	@Override
	public Map<String, String> settings() {
		return settings.all();
	}

	@Override
	public EpisodeSampler sampler(final TrainingData data, final int[] training, final EpisodeSizes wanted,
		final Consumer<String> log)
	{
		return new ShuffledEpisodes(data, training, wanted, log);
	}

	@Override
	public Outcome forward(final Step step) {
		final double smoothing = settings.number("smoothing");
		try (NDArray embeddings = step.embed(step.ordinaryStatistics())) {
			final NDArray logits = step.network().logits(embeddings);
			// Cross-entropy with a label that all classes share: the mean of -log p.
			final NDArray even = logits.logSoftmax(1).mean().neg();
			final NDArray loss = ScalarOps.times(step.crossEntropy(logits), (float) (1 - smoothing));
			return new Outcome(loss.add(ScalarOps.times(even, (float) smoothing)), logits);
		}
	}

	@Override
	public StatisticsOrigin statistics() {
		return StatisticsOrigin.TRAINING;
	}
}
