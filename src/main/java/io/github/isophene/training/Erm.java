// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.util.function.Consumer;

import ai.djl.ndarray.NDArray;
import io.github.isophene.network.ModelCard.StatisticsKind;
import io.github.isophene.network.Normalization;
import org.scijava.plugin.Plugin;

/**
 * Empirical risk minimisation: ordinary training on shuffled images of all plates, running
 * statistics in prediction. The baseline. Frozen normalisations use the statistics they
 * came with.
 */
@Plugin(type = Objective.class)
public final class Erm implements Objective {

	@Override
	public String name() {
		return "erm";
	}

	@Override
	public String description() {
		return "Ordinary training: shuffled images of all plates, running statistics";
	}

	@Override
	public EpisodeSampler sampler(final TrainingData data, final int[] training, final EpisodeSizes wanted,
		final Consumer<String> log)
	{
		return new ShuffledEpisodes(data, training, wanted, log);
	}

	@Override
	public Outcome forward(final Step step) {
		final Normalization batch = step.batchStatistics();
		final Normalization stored = Normalization.running();
		final Normalization mixed = (x, layer) -> (step.trains(layer.name() + ".weight") ? batch : stored).apply(x, layer);
		try (NDArray embeddings = step.embed(mixed)) {
			final NDArray logits = step.network().logits(embeddings);
			return new Outcome(step.crossEntropy(logits), logits);
		}
	}

	@Override
	public boolean probes() {
		return true;
	}

	@Override
	public StatisticsKind statistics() {
		return StatisticsKind.RUNNING;
	}
}
