// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

/** Function of one feature's values; see {@link ProfileTable#mapColumns}. */
@FunctionalInterface
public interface ColumnMapping {

	/**
	 * Changes a feature's values in place.
	 *
	 * @param column the feature's position
	 * @param values [rows]
	 */
	void apply(int column, float[] values);
}
