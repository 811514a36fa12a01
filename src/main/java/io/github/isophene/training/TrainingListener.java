// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.util.List;

import io.github.isophene.progress.Progress;

/** Is told how a training goes, on the training's thread, and can end it. */
public interface TrainingListener {

	/** Listens to nothing. */
	TrainingListener NONE = new TrainingListener() {};

	/** Something a person should know. */
	default void message(final String text) {}

	/** Images of the training part are being read, before the first step. */
	default void reading(final String message) {}

	/** Returns the progress of reading images before the first step. */
	default Progress readingProgress() {
		return new Progress() {

			@Override
			public void at(final String message, final double share) {
				reading(message);
			}

			@Override
			public boolean isCanceled() {
				return cancelled();
			}
		};
	}

	/**
	 * An episode is about to be computed, which may take seconds.
	 *
	 * @param epoch of the episode, from 1
	 * @param episode number in its epoch, from 1
	 * @param episodes of an epoch
	 */
	default void computing(final int epoch, final int episode, final int episodes) {}

	/** A step of the optimiser is over. */
	default void step(final TrainingProgress progress) {}

	/** An epoch is over. */
	default void epoch(final List<EpochRecord> log) {}

	/** Returns whether to end now; the best weights so far are kept. */
	default boolean cancelled() {
		return false;
	}
}
