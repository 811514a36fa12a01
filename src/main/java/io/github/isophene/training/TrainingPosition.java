// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a training is, between two steps. Together with the weights and the optimiser's
 * state this is all there is to know: random numbers depend on seed and position only.
 *
 * @param epoch epochs that are over
 * @param episode episodes of the current epoch that are over
 * @param lossSum sum of their losses
 * @param correct how many of their queries were right
 * @param seen how many queries they had
 * @param bestEpoch the epoch with the lowest validation loss, counted from 1; 0 = none yet
 * @param bestLoss that loss; infinite = none yet
 * @param log the epochs that are over
 */
record TrainingPosition(int epoch, int episode, double lossSum, long correct, long seen, int bestEpoch, double bestLoss,
	List<EpochRecord> log)
{

	/** Before the first step. */
	static final TrainingPosition START = new TrainingPosition(0, 0, 0, 0, 0, 0, Double.POSITIVE_INFINITY,
		List.of());

	TrainingPosition {
		log = List.copyOf(log);
	}

	/** After one step more. */
	TrainingPosition afterStep(final int episodes, final double losses, final long right, final long queries) {
		return new TrainingPosition(epoch, episode + episodes, lossSum + losses, correct + right, seen + queries, bestEpoch,
			bestLoss, log);
	}

	/** At the beginning of the next epoch. */
	TrainingPosition afterEpoch(final EpochRecord done) {
		final List<EpochRecord> longer = new ArrayList<>(log);
		longer.add(done);
		return new TrainingPosition(epoch + 1, 0, 0, 0, 0, done.best() ? done.epoch() : bestEpoch, done.best() ? done
			.validationLoss() : bestLoss, longer);
	}
}
