// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

/**
 * Record of a step of the optimizer.
 *
 * @param epoch the current epoch, counted from 1
 * @param epochs number of epochs at most
 * @param episode episodes of this epoch that are over
 * @param episodes number of episodes of an epoch
 * @param loss mean training loss of this epoch so far
 * @param accuracy share of its queries that were right so far
 * @param secondsLeft time to the last epoch at the present pace, validation included as soon as
 *          one is over; less if the training stops early. Not a number before there is a pace
 */
public record StepRecord(int epoch, int epochs, int episode, int episodes, double loss, double accuracy,
	double secondsLeft)
{

	/** Returns the number of episodes that are over, of all epochs. */
	public long done() {
		return (epoch - 1L) * episodes + episode;
	}

	/** Returns the number of episodes of all epochs. */
	public long total() {
		return (long) epochs * episodes;
	}
}
