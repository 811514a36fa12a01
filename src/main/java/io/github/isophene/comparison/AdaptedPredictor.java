// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.io.IOException;
import java.util.List;

import io.github.isophene.adaptation.PlatePrediction;
import io.github.isophene.adaptation.PredictionOptions;
import io.github.isophene.adaptation.Predictor;
import io.github.isophene.network.Model;

/**
 * A trained model whose normalisation adapts to the plate, through the same {@link Predictor} that users adapt
 * with.
 */
final class AdaptedPredictor implements TrialPredictor {

	private final ComparisonData data;
	private final Predictor predictor;

	AdaptedPredictor(final ComparisonData data, final ComparisonOptions options, final Method method, final Model model,
		final long seed)
	{
		this.data = data;
		predictor = new Predictor(List.of(model),
			new PredictionOptions(method.statistics()).withSeed(seed)
				.withChunks(options.queries(), options.controls())
				.withDrift(false)
				.withDevice(options.device()));
	}

	@Override
	public int[] predict(final Trial trial, final int[] queries) throws IOException {
		final PlatePrediction prediction = predictor.predict(trial.plate(), data.fields(queries),
			data.fields(trial.controls()));
		return prediction.fields().stream().mapToInt(f -> prediction.classes().indexOf(f.predicted())).toArray();
	}
}
