// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import io.github.isophene.profiles.ProfileTable;

/**
 * Features of some rows, column by column, though a table lies row by row: a few columns are
 * copied at a time, so that memory stays small and the table is not walked through once per
 * column.
 */
public final class ColumnStrips {

	private static final int VALUES = 1 << 23;

	/** Takes a column. */
	public interface Consumer {

		/**
		 * @param feature its position
		 * @param values of the rows, in their order; may be changed
		 */
		void accept(int feature, float[] values);
	}

	private ColumnStrips() {}

	public static void forEach(final ProfileTable table, final int[] rows, final CorrectionContext context,
		final Consumer consumer)
	{
		final int features = table.featureCount();
		final int width = Math.max(1, Math.min(features, VALUES / Math.max(1, rows.length)));
		final float[][] strip = new float[width][rows.length];
		final float[] row = new float[features];
		for (int first = 0; first < features; first += width) {
			context.check();
			final int count = Math.min(width, features - first);
			for (int r = 0; r < rows.length; r++) {
				table.copyRow(rows[r], row, 0);
				for (int c = 0; c < count; c++) strip[c][r] = row[first + c];
			}
			for (int c = 0; c < count; c++) consumer.accept(first + c, strip[c]);
		}
	}
}
