// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.util.List;

import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.network.weights.StateDict;
import io.github.isophene.training.data.EpisodeSizes;

/**
 * Result of a training.
 *
 * @param weights those of the epoch with the lowest validation loss
 * @param last the weights at the end
 * @param bestEpoch that epoch, counted from 1; 0 if none was finished, and then {@code weights} are the last ones
 * @param log one record per epoch
 * @param sizes the sizes of the episodes that were used
 * @param statistics from which statistics the model should predict
 * @param ending why it ended
 */
public record TrainingResult(StateDict weights, StateDict last, int bestEpoch, List<EpochRecord> log,
	EpisodeSizes sizes, StatisticsOrigin statistics, Ending ending)
{

	/** Reason why a training ends. */
	public enum Ending {
		/** All epochs are over. */
		EPOCHS,
		/** The validation loss didn't get better for as many epochs as patience allows. */
		PATIENCE,
		/** Somebody canceled. */
		CANCELED,
		/** The loss is no number any more: the learning rate is too high. */
		DIVERGED,
		/** All images have the same embedding, see {@link Collapse}. */
		COLLAPSED
	}
}
