// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison.builtin;

import java.io.IOException;
import java.util.Arrays;

import io.github.isophene.adaptation.Probabilities;
import io.github.isophene.adaptation.tiles.FieldImages;
import io.github.isophene.adaptation.tiles.FlippedTiles;
import io.github.isophene.comparison.AdaptedPredictor;
import io.github.isophene.comparison.ComparisonData;
import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.MethodContext;
import io.github.isophene.comparison.StatisticsMethod;
import io.github.isophene.comparison.TrainedWeights;
import io.github.isophene.comparison.Trial;
import io.github.isophene.comparison.TrialPredictor;
import io.github.isophene.network.StatisticsOrigin;
import org.scijava.plugin.Plugin;

/**
 * Test-time augmentation: weights of ERM with running statistics, the probabilities of each image averaged with those
 * of
 * its three mirror images. Four passes per image.
 */
@Plugin(type = Method.class, priority = 9050)
public final class ErmFlips extends StatisticsMethod {

	/** Creates the method. */
	public ErmFlips() {
		super("erm-flips", "ERM, averaged over flips", "test-time augmentation; 4 passes per image",
			TrainedWeights.of("erm"), StatisticsOrigin.TRAINING);
	}

	@Override
	public String composition() {
		return label();
	}

	@Override
	public int passes() {
		return 4;
	}

	@Override
	public boolean isDefault() {
		return false;
	}

	@Override
	public TrialPredictor predictor(final MethodContext context) {
		return new Flips(context.data(), new AdaptedPredictor(context, StatisticsOrigin.TRAINING));
	}

	/** Predictor that averages over mirror images. */
	private record Flips(ComparisonData data, AdaptedPredictor predictor) implements TrialPredictor {

		@Override
		public int[] predict(final Trial trial, final int[] queries) throws IOException {
			final FieldImages plain = data.fields(queries);
			final double[][] sums = predictor.probabilities(trial, plain);
			for (int flip = 1; flip < 4; flip++) {
				final double[][] more = predictor.probabilities(trial, new FieldImages(plain.channels(), plain.fields(),
					new FlippedTiles(plain.tiles(), (flip & 1) > 0, (flip & 2) > 0)));
				for (int i = 0; i < sums.length; i++)
					for (int k = 0; k < sums[i].length; k++) sums[i][k] += more[i][k];
			}
			return Arrays.stream(sums).mapToInt(Probabilities::best).toArray();
		}
	}
}
