// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.List;

/**
 * What was found for one or more tables, each under one or more corrections, to be compared.
 *
 * @param settings what the user chose, as keys and values
 * @param metrics which were measured, in order
 * @param methods what was found, in the order in which they were asked for
 * @param notes how columns were taken and joined, in sentences
 */
public record Assessment(String settings, List<MetricInfo> metrics, List<AssessedMethod> methods, List<String> notes) {

	/** Copies the lists. */
	public Assessment {
		metrics = List.copyOf(metrics);
		methods = List.copyOf(methods);
		notes = List.copyOf(notes);
	}

	/** The method with the highest overall score; the first where none has one. */
	public AssessedMethod best() {
		AssessedMethod best = methods.get(0);
		for (final AssessedMethod method : methods) {
			final double score = method.score().overall();
			if (score > best.score().overall() || Double.isNaN(best.score().overall()) && !Double.isNaN(score)) best = method;
		}
		return best;
	}

	/** The value that is best of all methods, NaN where none is defined. */
	public double bestValue(final MetricInfo metric) {
		double best = Double.NaN;
		for (final AssessedMethod method : methods) {
			final double value = method.results().get(metric.name()).value();
			if (Double.isNaN(value)) continue;
			if (Double.isNaN(best) || (metric.direction() == Direction.HIGHER ? value > best : value < best)) best = value;
		}
		return best;
	}
}
