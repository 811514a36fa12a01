// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

import io.github.isophene.files.AtomicFile;

/** The log of a training as a CSV file. */
public final class TrainingLog {

	/** The first columns, the same for every objective; its figures come behind, sorted by name. */
	public static final String HEADER = "epoch,step,learning_rate,training_loss,training_accuracy,validation_loss," +
		"validation_accuracy,held_out_loss,held_out_accuracy,best";

	private TrainingLog() {}

	/** The lines, header first; numbers have six significant digits and a decimal point, what isn't known is empty. */
	public static String csv(final List<EpochRecord> records) {
		final TreeSet<String> names = new TreeSet<>();
		records.forEach(r -> names.addAll(r.figures().keySet()));
		final StringBuilder text = new StringBuilder(HEADER);
		names.forEach(name -> text.append(',').append(name));
		text.append('\n');
		for (final EpochRecord r : records) {
			text.append(String.format(Locale.ROOT, "%d,%d,%.6g,%.6g,%.6f,%.6g,%.6f,%s,%s,%d", r.epoch(), r.step(),
				r.learningRate(), r.trainingLoss(), r.trainingAccuracy(), r.validationLoss(), r.validationAccuracy(),
				number("%.6g", r.heldOutLoss()), number("%.6f", r.heldOutAccuracy()), r.best() ? 1 : 0));
			for (final String name : names) {
				final Double value = r.figures().get(name);
				text.append(',').append(value == null ? "" : String.format(Locale.ROOT, "%.6g", value));
			}
			text.append('\n');
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
