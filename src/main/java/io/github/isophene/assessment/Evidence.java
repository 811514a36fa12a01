// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.List;
import java.util.Map;

import io.github.isophene.metrics.MetricResult;

/**
 * Rows that a method's numbers rest on.
 *
 * @param kind whether a correction was fitted on these rows
 * @param reason why a correction was not judged on rows it had not seen; empty where it was, or there is none
 * @param own by metric name, what the method gives on all rows, those included that it was fitted on
 * @param folds by metric name, what it gives on the rows that each fold's fit has not seen; empty where not judged so
 */
record Evidence(Kind kind, String reason, Map<String, MetricResult> own, List<Map<String, MetricResult>> folds) {

	/** Relation of the rows that a correction is judged on to those it was fitted on. */
	enum Kind {

		/** No correction, as far as can be seen. */
		UNCORRECTED,

		/** A correction, judged on rows that it was not fitted on. */
		HELD_OUT,

		/** A correction, judged on the rows that it was fitted on. */
		OWN_ROWS
	}

	/** Numbers on all rows of profiles that no correction has seen. */
	static Evidence uncorrected(final Map<String, MetricResult> results) {
		return new Evidence(Kind.UNCORRECTED, "", results, List.of());
	}

	/** Numbers on the rows that a correction was fitted on, and why there are no others. */
	static Evidence ownRows(final Map<String, MetricResult> results, final String reason) {
		return new Evidence(Kind.OWN_ROWS, reason, results, List.of());
	}

	/** The same with folds; {@code corrected}: their fits are of a correction. */
	Evidence withFolds(final List<Map<String, MetricResult>> results, final boolean corrected) {
		return new Evidence(corrected ? Kind.HELD_OUT : kind, reason, own, results);
	}

	/** Returns whether numbers on batches are of rows that a correction was fitted on. */
	boolean isOnOwnRows() {
		return kind == Kind.OWN_ROWS;
	}

	/** Returns whether numbers on batches are of rows that a correction was not fitted on. */
	boolean isHeldOut() {
		return kind == Kind.HELD_OUT;
	}
}
