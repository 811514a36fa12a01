// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import io.github.isophene.files.AtomicFile;

/** The log of a training as a CSV file. */
public final class TrainingLog {

	/** The first line. */
	public static final String HEADER =
		"epoch,step,learning_rate,training_loss,training_accuracy,validation_loss,validation_accuracy,held_out_loss,held_out_accuracy,best";

	private TrainingLog() {}

	/** The lines, header first; numbers have six significant digits and a decimal point. */
	public static String csv(final List<EpochRecord> records) {
		final StringBuilder text = new StringBuilder(HEADER).append('\n');
		for (final EpochRecord r : records) {
			text.append(String.format(Locale.ROOT, "%d,%d,%.6g,%.6g,%.6f,%.6g,%.6f,%s,%s,%d\n", r.epoch(), r.step(),
				r.learningRate(), r.trainingLoss(), r.trainingAccuracy(), r.validationLoss(), r.validationAccuracy(), number("%.6g", r.heldOutLoss()), number("%.6f", r.heldOutAccuracy()), r.best() ? 1
					: 0));
		}
		return text.toString();
	}

	/** Blank where there is no number. */
	private static String number(final String format, final double value) {
		return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
	}

	/** Writes the log, atomically. */
	public static void write(final List<EpochRecord> records, final Path file) throws IOException {
		AtomicFile.deleteTemporaries(file);
		AtomicFile.write(file, csv(records));
	}
}
