// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import io.github.isophene.profiles.ProfileTable;

/**
 * Record of the chain that has corrected a table, in a metadata column of the table itself, so that it stays with the
 * rows in every format. Of a table that is corrected again, the chains are in the order in which they were applied.
 */
public final class CorrectionRecord {

	/** Name of the column. */
	public static final String COLUMN = "Metadata_Correction";

	private CorrectionRecord() {}

	/** Adds a chain to what a table says of itself. */
	static ProfileTable add(final ProfileTable table, final String chain) {
		final String[] values = new String[table.rowCount()];
		Arrays.fill(values, chain);
		if (table.hasMetadata(COLUMN)) {
			for (int i = 0; i < values.length; i++) {
				final String before = table.metadata(COLUMN, i);
				if (!before.isEmpty()) values[i] = before + "," + chain;
			}
		}
		return table.withMetadata(COLUMN, values);
	}

	/** Returns the chains of a table's rows, distinct; empty where none is recorded. */
	public static List<String> of(final ProfileTable table) {
		if (!table.hasMetadata(COLUMN)) return Collections.emptyList();
		return Arrays.stream(table.metadata(COLUMN)).filter(chain -> !chain.isEmpty()).distinct().sorted().toList();
	}
}
