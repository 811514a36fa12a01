// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A ratio that a bench has measured, as a line of its output, from which {@link RatioTable} reads it.
 *
 * @param what the two that were divided
 * @param median median of the rounds
 * @param least smallest of the rounds
 * @param most largest of the rounds
 */
record BenchRatio(String what, double median, double least, double most) {

	private static final String MARK = "RATIO";
	private static final String SEPARATOR = "\t";

	/** Prints the line of a ratio that was measured in several rounds. */
	static void print(final String what, final List<Double> rounds) {
		System.out.println(
			String.join(SEPARATOR, MARK, what, text(median(rounds)), text(quantile(rounds, 0)),
				text(quantile(rounds, 1))));
	}

	/** Returns the ratio that a line of output tells, if it is one. */
	static Optional<BenchRatio> of(final String line) {
		final String[] part = line.split(SEPARATOR);
		if (part.length != 5 || !part[0].equals(MARK)) return Optional.empty();
		return Optional.of(new BenchRatio(part[1], Double.parseDouble(part[2]), Double.parseDouble(part[3]),
			Double.parseDouble(part[4])));
	}

	/** Returns the value below which a share of the values is, 0 to 1: one of the values. */
	static double quantile(final List<Double> values, final double q) {
		final double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
		return sorted[(int) Math.round(q * (sorted.length - 1))];
	}

	/** Returns the median; of an even number of values the mean of the two in the middle. */
	static double median(final List<Double> values) {
		final double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
		return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
	}

	private static String text(final double value) {
		return String.format(Locale.ROOT, "%.4f", value);
	}
}
