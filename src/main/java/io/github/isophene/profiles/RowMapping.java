// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

/** Function of one row's features; see {@link ProfileTable#mapRows}. */
@FunctionalInterface
public interface RowMapping {

	/**
	 * Fills a new row.
	 *
	 * @param row the row's index
	 * @param in the old features, [old features]; a copy
	 * @param out to be filled, [new features]; still holds the row before
	 */
	void apply(int row, float[] in, float[] out);
}
