// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.finetuning;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

import io.github.isophene.feedback.RunFeedback;
import io.github.isophene.messages.Count;
import io.github.isophene.plots.PlotWindow;
import io.github.isophene.training.EpochRecord;
import io.github.isophene.training.TrainingListener;
import io.github.isophene.training.TrainingLog;
import io.github.isophene.training.TrainingPlot;
import io.github.isophene.training.TrainingProgress;
import org.scijava.log.Logger;
import org.scijava.task.Task;

/** Shows how a training goes: as a task, in the log, in the files beside the model, in a window. */
final class TrainingMonitor implements TrainingListener {

	/** Steps of the progress bar. */
	private static final int RESOLUTION = 10_000;

	private final FineTuneOptions options;
	private final Task task;
	private final Logger log;
	private final PlotWindow window;
	private String known = "";
	private int shown;
	private boolean interrupted;

	/** @param window whether the log is shown in a window, too */
	TrainingMonitor(final FineTuneOptions options, final Task task, final Logger log, final boolean window) {
		this.options = options;
		this.task = task;
		this.log = log;
		this.window = window
			? new PlotWindow("Training " + options.model().getFileName(), TrainingPlot.WIDTH, TrainingPlot.HEIGHT)
			: null;
		task.setProgressMaximum(RESOLUTION);
	}

	@Override
	public void message(final String text) {
		log.info(text);
	}

	@Override
	public void reading(final String message) {
		task.setStatusMessage(message);
	}

	@Override
	public void computing(final int epoch, final int episode, final int episodes) {
		task.setStatusMessage((known.isEmpty() ? "First step of the training: e" : "E") + "poch " + epoch +
			", episode " + episode + " of " + episodes + known);
	}

	@Override
	public void step(final TrainingProgress p) {
		task.setProgressValue(Math.round(p.fraction() * RESOLUTION));
		known = String.format(Locale.ROOT, ", loss %.3f%s", p.loss(),
			Double.isNaN(p.secondsLeft()) ? "" : ", at most " + RunFeedback.duration(p.secondsLeft()) + " left");
		task.setStatusMessage("Epoch " + p.epoch() + " of " + p.epochs() + ", " + p.episode() + " of " +
			Count.of(p.episodes(), "episode") + known);
	}

	@Override
	public void epoch(final List<EpochRecord> records) {
		if (records.size() == shown) return;
		shown = records.size();
		final EpochRecord r = records.get(shown - 1);
		log.info(String.format(Locale.ROOT,
			"Epoch %d: loss %.4f, accuracy %.3f; validation loss %.4f, accuracy %.3f%s%s", r.epoch(), r.trainingLoss(),
			r.trainingAccuracy(), r.validationLoss(), r.validationAccuracy(),
			Double.isNaN(r.heldOutAccuracy()) ? "" : String.format(Locale.ROOT, "; held out %.3f", r.heldOutAccuracy()),
			r.best() ? " (best)" : ""));
		try {
			TrainingLog.write(records, options.log());
			TrainingPlot.write(records, options.plot());
		}
		catch (final IOException exc) {
			// A training of hours doesn't end because somebody has its log open in a spreadsheet.
			log.warn(exc.getMessage());
		}
		if (window != null) window.show(TrainingPlot.charts(records));
	}

	/** Closes the window of the training's log. */
	void close() {
		if (window != null) window.close();
	}

	/** So many training plates have been calibrated. */
	void calibrated(final int done, final int total) {
		task.setStatusMessage("Measuring the controls of the training plates, " + done + " of " + total);
	}

	@Override
	public boolean cancelled() {
		// Cleared: a checkpoint can't be written by an interrupted thread.
		interrupted |= Thread.interrupted();
		return interrupted || task.isCanceled();
	}
}
