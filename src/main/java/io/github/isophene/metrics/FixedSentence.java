// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

/** ReportSentence with one clause for all results. */
record FixedSentence(String clause) implements ReportSentence {

	@Override
	public String clause(final MetricResult result) {
		return clause;
	}
}
