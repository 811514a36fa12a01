// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Position of a training, between two steps. Together with the weights and the optimizer's
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
 * @param figures sum and number of what episodes of the current epoch said, by name
 */
record TrainingPosition(int epoch, int episode, double lossSum, long correct, long seen, int bestEpoch, double bestLoss,
	List<EpochRecord> log, Map<String, Figure> figures)
{

	/** A sum and how many numbers it is of. */
	record Figure(double sum, long count) {

		Figure plus(final double value) {
			return new Figure(sum + value, count + 1);
		}

		double mean() {
			return sum / count;
		}
	}

	/** Before the first step. */
	static final TrainingPosition START = new TrainingPosition(0, 0, 0, 0, 0, 0, Double.POSITIVE_INFINITY, List.of(),
		Map.of());

	TrainingPosition {
		log = List.copyOf(log);
		figures = figures == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(figures));
	}

	/** Returns the mean figures of the current epoch's episodes. */
	Map<String, Double> meanFigures() {
		final Map<String, Double> means = new TreeMap<>();
		figures.forEach((name, figure) -> means.put(name, figure.mean()));
		return means;
	}

	/** After one step more. */
	TrainingPosition afterStep(final int episodes, final double losses, final long right, final long queries,
		final List<Map<String, Double>> said)
	{
		final Map<String, Figure> sums = new TreeMap<>(figures);
		for (final Map<String, Double> one : said) {
			one.forEach((name, value) -> sums.put(name, sums.getOrDefault(name, new Figure(0, 0)).plus(value)));
		}
		return new TrainingPosition(epoch, episode + episodes, lossSum + losses, correct + right, seen + queries,
			bestEpoch, bestLoss, log, sums);
	}

	/** At the beginning of the next epoch. */
	TrainingPosition afterEpoch(final EpochRecord done) {
		final List<EpochRecord> longer = new ArrayList<>(log);
		longer.add(done);
		return new TrainingPosition(epoch + 1, 0, 0, 0, 0, done.best() ? done.epoch() : bestEpoch,
			done.best() ? done.validationLoss() : bestLoss, longer, Map.of());
	}
}
