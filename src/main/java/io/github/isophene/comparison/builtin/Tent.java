// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison.builtin;

import java.io.IOException;
import java.util.Arrays;

import io.github.isophene.adaptation.EntropyMinimization;
import io.github.isophene.adaptation.Probabilities;
import io.github.isophene.comparison.AdaptedPredictor;
import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.MethodContext;
import io.github.isophene.comparison.StatisticsMethod;
import io.github.isophene.comparison.TrainedWeights;
import io.github.isophene.comparison.TrialPredictor;
import io.github.isophene.network.StatisticsOrigin;
import org.scijava.plugin.Plugin;

/**
 * TENT (Wang et al. 2021, arXiv:2006.10726): weights of ERM, whose batch normalizations learn to make the entropy of
 * the
 * predictions on each plate small, chunk by chunk; see {@link EntropyMinimization}.
 */
@Plugin(type = Method.class, priority = 9000)
public final class Tent extends StatisticsMethod {

	/** Creates the method. */
	public Tent() {
		super("tent", "TENT", "Wang et al. 2021, arXiv:2006.10726; one step per chunk, plates apart",
			TrainedWeights.of("erm"), StatisticsOrigin.BATCH);
	}

	@Override
	public String composition() {
		return label();
	}

	@Override
	public int passes() {
		return 3;
	}

	@Override
	public boolean isDefault() {
		return false;
	}

	@Override
	public TrialPredictor predictor(final MethodContext context) throws IOException {
		final EntropyMinimization tent = new EntropyMinimization(context.model(),
			AdaptedPredictor.options(context, StatisticsOrigin.BATCH), EntropyMinimization.RATE);
		return (trial, queries) -> Arrays.stream(tent.predict(trial.plate(), context.data().fields(queries)))
			.mapToInt(Probabilities::best)
			.toArray();
	}
}
