// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

import io.github.isophene.messages.NearMiss;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.progress.Progress;
import io.github.isophene.screen.Selection;

/**
 * Context of every correction of a chain, besides its settings: which columns name plate and
 * batch, which rows are controls, the seed, and who watches. Start from {@link #standard} and
 * change what differs.
 *
 * @param plates the column that names the plate
 * @param batches the column that names the batch
 * @param controls which rows are negative controls; with {@link Selection#NONE} fits are on all rows
 * @param seed of whatever is random
 * @param progress is told how far it is, and says whether to stop
 */
public record CorrectionContext(String plates, String batches, Selection controls, long seed, Progress progress) {

	/** Metadata_Plate, Metadata_Batch, no controls, seed 1, nobody watching. */
	public static CorrectionContext standard() {
		return new CorrectionContext("Metadata_Plate", "Metadata_Batch", Selection.NONE, 1, Progress.NONE);
	}

	/** The same with other columns. */
	public CorrectionContext withColumns(final String plateColumn, final String batchColumn) {
		return new CorrectionContext(plateColumn, batchColumn, controls, seed, progress);
	}

	/** The same with other controls, such as {@code Metadata_pert_type=negcon}; empty: none. */
	public CorrectionContext withControls(final String selection) {
		return withControls(Selection.of(selection));
	}

	/** The same with other controls. */
	public CorrectionContext withControls(final Selection selection) {
		return new CorrectionContext(plates, batches, selection, seed, progress);
	}

	/** The same with another seed. */
	public CorrectionContext withSeed(final long number) {
		return new CorrectionContext(plates, batches, controls, number, progress);
	}

	/** The same with somebody watching. */
	public CorrectionContext withProgress(final Progress watcher) {
		return new CorrectionContext(plates, batches, controls, seed, watcher);
	}

	/**
	 * The control rows of a table, in order; all rows if no controls were named.
	 *
	 * @throws IllegalArgumentException if the table has no such column, or no row is a control
	 */
	public int[] controlRows(final ProfileTable table) {
		if (controls.isNone()) return allRows(table);
		if (!table.hasMetadata(controls.column())) {
			throw new IllegalArgumentException("controls is " + controls + ", but the profiles have no column " +
				controls.column() + NearMiss.of(controls.column(), table.metadataColumns()) + ", only " +
				String.join(", ", table.metadataColumns()) +
				": name another, join a platemap or metadata table, or leave controls empty to fit on all rows");
		}
		final int[] rows = IntStream.range(0, table.rowCount()).filter(row -> isControl(table, row)).toArray();
		if (rows.length == 0) {
			throw new IllegalArgumentException(
				"No row of the profiles has " + controls + ": " + controls.column() + " is " +
					String.join(", ",
						Arrays.stream(table.metadata(controls.column()))
							.distinct()
							.limit(10)
							.map(v -> v.isEmpty() ? "(blank)" : v)
							.toList()));
		}
		return rows;
	}

	/** Returns whether a row is a control; every row is, if no controls were named. */
	boolean isControl(final ProfileTable table, final int row) {
		return controls.isNone() || controls.matches(table.metadata(controls.column(), row));
	}

	/** The rows to learn from: {@code controls} or {@code all}. */
	public int[] rows(final ProfileTable table, final String which) {
		return which.equals("controls") ? controlRows(table) : allRows(table);
	}

	/**
	 * The column of {@code plate} or {@code batch}.
	 *
	 * @throws IllegalArgumentException if the table has no such column
	 */
	public String column(final ProfileTable table, final String per) {
		final String column = per.equals("plate") ? plates : batches;
		if (!table.hasMetadata(column)) {
			throw new IllegalArgumentException("The profiles have no column '" + column + "' for the " + per +
				NearMiss.of(column, table.metadataColumns()) + ", only " +
				String.join(", ", table.metadataColumns()) + ": name it with the key " +
				(per.equals("plate") ? "plates" : "batch"));
		}
		return column;
	}

	/** @throws CancellationException if the user has stopped the work */
	public void check() {
		progress.check();
	}

	private static int[] allRows(final ProfileTable table) {
		return IntStream.range(0, table.rowCount()).toArray();
	}
}
