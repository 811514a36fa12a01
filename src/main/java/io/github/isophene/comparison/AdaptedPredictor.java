// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import io.github.isophene.adaptation.Prediction;
import io.github.isophene.adaptation.PredictionOptions;
import io.github.isophene.adaptation.Predictor;
import io.github.isophene.adaptation.Probabilities;
import io.github.isophene.adaptation.tiles.FieldImages;
import io.github.isophene.network.StatisticsOrigin;

/**
 * A trained model whose normalization adapts to the plate, through the same {@link Predictor} that users adapt
 * with.
 */
public final class AdaptedPredictor implements TrialPredictor {

	private final ComparisonData data;
	private final Predictor predictor;

	/** Creates the predictor of a seed's model. */
	public AdaptedPredictor(final MethodContext context, final StatisticsOrigin statistics) {
		data = context.data();
		predictor = new Predictor(List.of(context.model()), options(context, statistics));
	}

	/** Returns the options by which a comparison adapts: its chunks, its seed, its device. */
	public static PredictionOptions options(final MethodContext context, final StatisticsOrigin statistics) {
		return PredictionOptions.of(statistics)
			.withSeed(context.seed())
			.withChunks(context.options().queries(), context.options().controls())
			.withDrift(false)
			.withDevice(context.options().device())
			.withPrecision(context.options().precision());
	}

	@Override
	public int[] predict(final Trial trial, final int[] queries) throws IOException {
		return Arrays.stream(probabilities(trial, data.fields(queries))).mapToInt(Probabilities::best).toArray();
	}

	/**
	 * Returns the probabilities of images of a trial's plate, [images][classes].
	 *
	 * @param fields the images; the trial's controls go along
	 */
	public double[][] probabilities(final Trial trial, final FieldImages fields) throws IOException {
		return predictor.predict(trial.plate(), fields, data.fields(trial.controls()))
			.fields()
			.stream()
			.map(Prediction::probabilities)
			.toArray(double[][]::new);
	}
}
