// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

/**
 * Progress of a training.
 *
 * @param epoch the current epoch, counted from 1
 * @param epochs how many there are at most
 * @param episode episodes of this epoch that are over
 * @param episodes how many it has
 * @param loss mean training loss of this epoch so far
 * @param accuracy share of its queries that were right so far
 * @param secondsLeft time to the last epoch at the present pace, validation included as soon as
 *          one is over; less if the training stops early. Not a number before there is a pace
 */
public record TrainingProgress(int epoch, int epochs, int episode, int episodes, double loss, double accuracy,
	double secondsLeft)
{

	/** The part that is over, 0 to 1. */
	public double fraction() {
		return (epoch - 1 + (double) episode / episodes) / epochs;
	}
}
