// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.util.Comparator;
import java.util.List;

/**
 * Learning rate of one training of one seed, chosen among those of the options.
 *
 * @param seed the seed
 * @param weights what is trained
 * @param inner the batch (or the plate, where there are fewer than three training batches) on which it was chosen
 * @param images number of its labeled images
 * @param scores the scores, in the order of the options
 */
record RateChoice(long seed, TrainedWeights weights, String inner, int images, List<RateScore> scores) {

	RateChoice {
		scores = List.copyOf(scores);
	}

	/** Returns the chosen learning rate. */
	double rate() {
		return RateScore.best(scores).rate();
	}

	/**
	 * Score of a learning rate on inner images: those of a training batch that this training did not see.
	 *
	 * @param rate learning rate at the start
	 * @param accuracy share of the inner images that are right after the last epoch, with the statistics that the
	 *          objective trains for; not a number if the training diverged
	 * @param loss their cross-entropy, nats; not a number if the training diverged
	 */
	record RateScore(double rate, double accuracy, double loss) {

		/** The most accurate first; equally accurate ones by their loss, then the lower rate. */
		private static final Comparator<RateScore> ORDER = Comparator.comparingDouble(RateScore::accuracy)
			.reversed()
			.thenComparingDouble(RateScore::loss)
			.thenComparingDouble(RateScore::rate);

		/** Returns the score of a training that diverged. */
		static RateScore diverged(final double rate) {
			return new RateScore(rate, Double.NaN, Double.NaN);
		}

		/** Returns whether the training diverged, so that the rate can't be chosen. */
		boolean isDiverged() {
			return Double.isNaN(accuracy);
		}

		/**
		 * Returns the best.
		 *
		 * @throws IllegalStateException if all diverged
		 */
		static RateScore best(final List<RateScore> scores) {
			return scores.stream()
				.filter(t -> !t.isDiverged())
				.min(ORDER)
				.orElseThrow(() -> new IllegalStateException("every training diverged"));
		}
	}
}
