// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

/** Sentence with a metric's value in the report's conclusions, in plain text. */
public interface ReportSentence {

	/** No sentence. */
	ReportSentence NONE = new FixedSentence("");

	/** The same sentence for every defined result, and none for an undefined one. */
	static ReportSentence of(final String clause) {
		return new FixedSentence(clause);
	}

	/**
	 * Returns the sentence for a defined result, without its end: the report appends the value after a correction
	 * and the chance level.
	 *
	 * @return a clause with one {@code %s}, which becomes the value in percent; empty for no sentence
	 */
	String clause(MetricResult result);

	/** Returns what a sentence on an undefined result says it of; empty for no such sentence. */
	default String subject() {
		return "";
	}
}
