// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import io.github.isophene.messages.Count;

/**
 * Result of predicting a screen.
 *
 * @param predictions the file with a row per field
 * @param wells the file with a row per well
 * @param drifts the file with a row per plate and model
 * @param errors the file that names every field that could not be predicted, or {@code null} if there is none
 * @param fields rows per field
 * @param wellRows rows per well
 * @param plates plates predicted
 * @param platesResumed plates that an earlier, interrupted run had finished
 * @param failed fields that could not be predicted
 * @param warnings what the user should know before trusting the predictions: of the run, and of the plates of this run
 * @param seconds duration of this run
 */
public record ScreenPredictionReport(Path predictions, Path wells, Path drifts, Path errors, long fields, long wellRows,
	int plates, int platesResumed, int failed, List<String> warnings, double seconds)
{

	public ScreenPredictionReport {
		warnings = List.copyOf(warnings);
	}

	/** One or two sentences for the user. */
	public String message() {
		final StringBuilder text = new StringBuilder(
			String.format(Locale.ROOT, "%s in %s predicted, plates: %d, %.1f s: %s", Count.of(fields, "field"),
				Count.of(wellRows, "well"), plates, seconds, predictions));
		if (platesResumed > 0) text.append(" (").append("plates done already: ").append(platesResumed).append(")");
		if (!warnings.isEmpty())
			text.append(". ")
				.append(Count.of(warnings.size(), "warning"))
				.append(platesResumed > 0 ? " on this run's plates; all are in " : ", see ")
				.append(drifts);
		else
			if (platesResumed > 0) text.append(". What was to be said of these is in ").append(drifts);
		if (failed > 0)
			text.append(". ")
				.append(Count.of(failed, "field"))
				.append(" could not be predicted; the reasons are in ")
				.append(errors);
		return text.toString();
	}
}
