// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.util.List;

/**
 * Listener for the numbers of a training, on the training's thread: for its log, its plots and for measurements. How
 * far the training is, and whether it should stop, is a matter of its {@link io.github.isophene.progress.Progress},
 * which knows no losses.
 */
public interface TrainingListener {

	/** Listens to nothing. */
	TrainingListener NONE = new TrainingListener() {};

	/** Receives a step of the optimizer when it is over. */
	default void step(final StepRecord step) {}

	/** Receives the log of all epochs when one is over. */
	default void epoch(final List<EpochRecord> log) {}
}
