// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.finetuning;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

import io.github.isophene.plots.PlotWindow;
import io.github.isophene.progress.Progress;
import io.github.isophene.training.EpochRecord;
import io.github.isophene.training.TrainingListener;
import io.github.isophene.training.TrainingLog;
import io.github.isophene.training.TrainingPlot;

/** Log of a training: in the program's log, in the files beside the model, in a window. */
final class TrainingMonitor implements TrainingListener {

	private final FineTuneOptions options;
	private final Progress progress;
	private final PlotWindow window;
	private int shown;

	/**
	 * @param progress receives a sentence per epoch
	 * @param window whether the log is shown in a window, too
	 */
	TrainingMonitor(final FineTuneOptions options, final Progress progress, final boolean window) {
		this.options = options;
		this.progress = progress;
		this.window = window
			? new PlotWindow("Training " + options.model().getFileName(), TrainingPlot.WIDTH, TrainingPlot.HEIGHT)
			: null;
	}

	@Override
	public void epoch(final List<EpochRecord> records) {
		if (records.size() == shown) return;
		shown = records.size();
		final EpochRecord r = records.get(shown - 1);
		progress.info(String.format(Locale.ROOT,
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
			progress.warn(exc.getMessage());
		}
		if (window != null) window.show(TrainingPlot.charts(records));
	}

	/** Closes the window of the training's log. */
	void close() {
		if (window != null) window.close();
	}
}
