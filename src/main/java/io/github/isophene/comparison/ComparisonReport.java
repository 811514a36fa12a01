// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.nio.file.Path;
import java.util.List;

import io.github.isophene.messages.Count;

/**
 * Results of a comparison and the files written.
 *
 * @param results CSV, a row for each seed, method, condition, plate and draw
 * @param summaryFile CSV, mean and standard deviation over seeds
 * @param markdown the same as tables for people
 * @param rows the results
 * @param summary the summary
 * @param trained how many trainings were done now
 * @param reused how many had been done before
 */
public record ComparisonReport(Path results, Path summaryFile, Path markdown, List<ResultRow> rows, Summary summary,
	int trained, int reused)
{

	public ComparisonReport {
		rows = List.copyOf(rows);
	}

	/** One line for the user. */
	public String message() {
		return Count.of(summary.methods().size(), "method") + " compared: " + Count.of(trained, "training") + " done" +
			(reused > 0 ? ", " + reused + " found" : "") + "; tables in " + markdown;
	}
}
