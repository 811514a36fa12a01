// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.finetuning;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

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
	private int shown;
	private boolean interrupted;

	/** @param window whether the log is shown in a window, too */
	TrainingMonitor(final FineTuneOptions options, final Task task, final Logger log, final boolean window) {
		this.options = options;
		this.task = task;
		this.log = log;
		this.window = window ? new PlotWindow("Training " + options.model().getFileName(), TrainingPlot.WIDTH,
			TrainingPlot.HEIGHT) : null;
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
	public void step(final TrainingProgress p) {
		task.setProgressValue(Math.round(p.fraction() * RESOLUTION));
		task.setStatusMessage(String.format(Locale.ROOT, "Epoch %d of %d, %d of %d episodes, loss %.3f, %s", p.epoch(), p
			.epochs(), p.episode(), p.episodes(), p.loss(), Double.isNaN(p.secondsLeft()) ? "" : "at most " + duration(p
				.secondsLeft()) + " left"));
	}

	@Override
	public void epoch(final List<EpochRecord> records) {
		if (records.size() == shown) return;
		shown = records.size();
		final EpochRecord r = records.get(shown - 1);
		log.info(String.format(Locale.ROOT,
			"Epoch %d: loss %.4f, accuracy %.3f; validation loss %.4f, accuracy %.3f%s%s", r.epoch(), r.trainingLoss(), r
				.trainingAccuracy(), r.validationLoss(), r.validationAccuracy(), Double.isNaN(r.heldOutAccuracy()) ? "" : String
					.format(Locale.ROOT, "; held out %.3f", r.heldOutAccuracy()), r.best() ? " (best)" : ""));
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

	private static String duration(final double seconds) {
		if (seconds < 90) return Math.round(seconds) + " s";
		if (seconds < 5400) return Math.round(seconds / 60) + " min";
		return String.format(Locale.ROOT, "%.1f h", seconds / 3600);
	}
}
