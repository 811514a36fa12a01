// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.io.IOException;
import java.util.Optional;

import io.github.isophene.network.StatisticsOrigin;

/** Method of weights that an objective trains, and the statistics by which they are normalized on a plate. */
public class StatisticsMethod extends Method {

	private final TrainedWeights weights;
	private final StatisticsOrigin statistics;

	/**
	 * Creates a method.
	 *
	 * @param source the publication, and what of it is ours
	 */
	public StatisticsMethod(final String label, final String title, final String source, final TrainedWeights weights,
		final StatisticsOrigin statistics)
	{
		super(label, title, source);
		this.weights = weights;
		this.statistics = statistics;
	}

	@Override
	public final Optional<TrainedWeights> weights() {
		return Optional.of(weights);
	}

	@Override
	public final StatisticsOrigin statistics() {
		return statistics;
	}

	/** Returns the passes of an image: the statistics of a whole plate take some before the prediction. */
	@Override
	public int passes() {
		return switch (statistics) {
			case MIX -> 4;
			case JOINT_PLATE -> 2;
			default -> 1;
		};
	}

	@Override
	public String composition() {
		return weights.label() + ":" + statistics.label();
	}

	@Override
	public TrialPredictor predictor(final MethodContext context) throws IOException {
		return new AdaptedPredictor(context, statistics);
	}
}
