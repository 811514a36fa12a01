// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.finetuning;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CancellationException;

import io.github.isophene.files.AtomicFile;
import io.github.isophene.files.RunLock;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelFile;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.progress.Progress;
import io.github.isophene.screen.Screen;
import io.github.isophene.training.Objective;
import io.github.isophene.training.TrainingListener;
import io.github.isophene.training.TrainingResult;

/** From a screen to a model file: trains, calibrates, writes. */
public final class ModelTraining {

	private final FieldReaders readers;
	private final Collection<Objective> objectives;
	private final boolean window;

	/** @param window whether the log is shown in a window */
	public ModelTraining(final FieldReaders readers, final Collection<Objective> objectives, final boolean window)
	{
		this.readers = readers;
		this.objectives = objectives;
		this.window = window;
	}

	/**
	 * Does it.
	 *
	 * @throws CancellationException if it was canceled before an epoch was over
	 */
	public FineTuneReport run(final Screen screen, final FineTuneOptions options, final Progress progress)
		throws IOException
	{
		try (RunLock lock = RunLock.of(options.model())) {
			// Those of a run that was killed; the decoded images of this one are going to be among them.
			AtomicFile.deleteTemporaries(options.model());
			final TrainingMonitor monitor = new TrainingMonitor(options, progress, window);
			progress.report("Looking through the screen");
			try (FineTuning tuning = FineTuning.open(screen, options, readers, objectives, progress)) {
				final TrainingResult result = train(tuning, options, monitor);
				final boolean canceled = result.ending() == TrainingResult.Ending.CANCELED;
				if (result.bestEpoch() == 0) throw nothing(canceled, options);
				// A checkpoint that was complete leaves no epoch to write the log at.
				monitor.epoch(result.log());
				final Model model = new PlateCalibration(tuning.data(), tuning.split(), options.training().device(),
					options.training().seed()).apply(tuning.model(result), progress);
				ModelFile.write(model, options.model());
				if (!canceled) Files.deleteIfExists(options.checkpoint());
				return new FineTuneReport(options.model(), model, result, options.log(),
					canceled ? Optional.of(options.checkpoint()) : Optional.empty());
			}
			finally {
				monitor.close();
			}
		}
	}

	private static TrainingResult train(final FineTuning tuning, final FineTuneOptions options,
		final TrainingListener listener) throws IOException {
		try {
			return tuning.train(listener);
		}
		catch (final ArithmeticException e) {
			// Before the first epoch was over: nothing to keep or to go on from, and the user's to mend.
			Files.deleteIfExists(options.checkpoint());
			throw new IllegalArgumentException(e.getMessage(), e);
		}
	}

	/** Returns the exception for a training without a model. */
	private static RuntimeException nothing(final boolean canceled, final FineTuneOptions options) throws IOException {
		if (canceled)
			return new CancellationException(
				"Canceled before the first epoch was over: no model has been written; run it again to go on from " +
					options.checkpoint().getFileName());
		Files.deleteIfExists(options.checkpoint());
		return new IllegalArgumentException(
			"The validation loss was no number after any epoch, so no model has been written: " +
				"choose a lower learning rate");
	}
}
