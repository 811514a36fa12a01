// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.nio.file.Path;
import java.util.Locale;

import io.github.isophene.messages.Count;

/**
 * Result of an embedding run.
 *
 * @param profiles the file written
 * @param errors the file that names every field that could not be embedded, or {@code null} if there is none
 * @param rows rows in the profiles
 * @param features features per row
 * @param plates plates in the screen
 * @param platesResumed plates whose profiles an earlier, interrupted run had finished
 * @param fields fields in the screen
 * @param failed fields that could not be embedded
 * @param tiles tiles embedded in this run
 * @param seconds duration of this run
 */
public record EmbeddingReport(Path profiles, Path errors, long rows, int features, int plates, int platesResumed,
	int fields, int failed, long tiles, double seconds)
{

	/** One or two sentences for the user. */
	public String message() {
		final StringBuilder text = new StringBuilder(
			String.format(Locale.ROOT, "%s x %s from %d of %s, plates: %d, %.1f s: %s", Count.of(rows, "row"),
				Count.of(features, "feature"), fields - failed, Count.of(fields, "field"), plates, seconds, profiles));
		if (platesResumed > 0) text.append(" (").append("plates done already: ").append(platesResumed).append(")");
		if (failed > 0) {
			text.append(". ")
				.append(Count.of(failed, "field"))
				.append(" could not be embedded; the reasons are in ")
				.append(errors);
		}
		return text.toString();
	}
}
