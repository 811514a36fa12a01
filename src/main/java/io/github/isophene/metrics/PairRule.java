// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.List;

/**
 * Rule for the rows that make a pair: those that agree in every column of {@code sameby} and differ in
 * every column of {@code diffby}. A value that is missing agrees with none and differs
 * from none. The notation is that of copairs.
 *
 * @param sameby metadata columns
 * @param diffby metadata columns
 */
public record PairRule(List<String> sameby, List<String> diffby) {

	/**
	 * Copies the lists.
	 *
	 * @throws IllegalArgumentException if both are empty or have a column in common
	 */
	public PairRule {
		sameby = List.copyOf(sameby);
		diffby = List.copyOf(diffby);
		if (sameby.isEmpty() && diffby.isEmpty()) {
			throw new IllegalArgumentException("A rule for pairs needs a column in sameby or diffby");
		}
		for (final String column : sameby) {
			if (diffby.contains(column)) {
				throw new IllegalArgumentException("'" + column + "' is in sameby and in diffby: no pair can be both");
			}
		}
	}

	/** Pairs of rows that agree in some columns and may differ or not in others. */
	public static PairRule same(final String... sameby) {
		return new PairRule(List.of(sameby), List.of());
	}
}
