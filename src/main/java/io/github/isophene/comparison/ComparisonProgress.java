// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.util.Locale;
import java.util.concurrent.CancellationException;

import io.github.isophene.training.TrainingListener;
import io.github.isophene.training.TrainingProgress;
import org.scijava.log.Logger;
import org.scijava.task.Task;

/**
 * Shows how far a comparison is, and asks whether to stop. The bar counts trainings and
 * evaluations; a training moves it by its epochs.
 */
final class ComparisonProgress implements TrainingListener {

	/** Progress units of one training or one evaluation. */
	private static final int UNIT = 100;

	private final Task task;
	private final Logger log;
	private String doing = "";
	private int done;

	ComparisonProgress(final Task task, final Logger log, final int units) {
		this.task = task;
		this.log = log;
		task.setProgressMaximum((long) units * UNIT);
	}

	/** Something new begins. */
	void begin(final String what) {
		check();
		doing = what;
		task.setStatusMessage(what);
	}

	/** Ends the current step. */
	void end() {
		done++;
		task.setProgressValue((long) done * UNIT);
	}

	/** Part of what was begun is over. */
	void part(final double fraction) {
		task.setProgressValue(Math.round((done + fraction) * UNIT));
	}

	/** @throws CancellationException if cancelled */
	void check() {
		if (cancelled())
			throw new CancellationException(
				"The comparison was stopped; what is done is kept: run it again to go on");
	}

	void info(final String text) {
		log.info(text);
	}

	@Override
	public void message(final String text) {
		log.debug(doing + ": " + text);
	}

	@Override
	public void step(final TrainingProgress progress) {
		task.setStatusMessage(String.format(Locale.ROOT, "%s: epoch %d of %d, accuracy %.3f, %.0f s left", doing,
			progress.epoch(), progress.epochs(), progress.accuracy(), progress.secondsLeft()));
		part(progress.fraction());
	}

	@Override
	public boolean cancelled() {
		return task.isCanceled() || Thread.currentThread().isInterrupted();
	}
}
