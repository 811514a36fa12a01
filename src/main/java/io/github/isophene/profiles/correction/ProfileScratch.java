// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles.correction;

import io.github.isophene.profiles.ProfileTable;

/** New values for a table, set in any order, [rows][features]. */
final class ProfileScratch {

	private final ProfileTable table;
	private final float[][] values;

	ProfileScratch(final ProfileTable table) {
		this.table = table;
		values = new float[table.rowCount()][table.featureCount()];
	}

	void set(final int row, final int feature, final float value) {
		values[row][feature] = value;
	}

	/** The table with these values. */
	ProfileTable table() {
		return table.mapRows(table.featureColumns(), (row, in, out) -> {
			System.arraycopy(values[row], 0, out, 0, out.length);
			values[row] = null;
		});
	}
}
