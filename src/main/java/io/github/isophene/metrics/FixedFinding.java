// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

/** Finding with one clause for all results. */
record FixedFinding(String clause) implements Finding {

	@Override
	public String clause(final MetricResult result) {
		return clause;
	}
}
