// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.util.stream.IntStream;

import io.github.isophene.profiles.ProfileTable;

/**
 * The rows of plates or batches that a fitted correction has not seen.
 *
 * @param table those rows alone, or {@code null} if there are none
 */
record NewGroups(ProfileTable table) {

	/** @param known the place of each group in what was fitted, negative if it isn't there */
	static NewGroups of(final ProfileTable table, final Groups groups, final int[] known) {
		final int[] rows = IntStream.range(0, table.rowCount()).filter(row -> known[groups.of()[row]] < 0).toArray();
		return new NewGroups(
			rows.length == 0 ? null : rows.length == table.rowCount() ? table : table.selectRows(rows));
	}

	boolean isEmpty() {
		return table == null;
	}
}
