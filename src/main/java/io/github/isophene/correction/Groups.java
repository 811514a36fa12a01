// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.isophene.messages.Count;
import io.github.isophene.profiles.ProfileTable;

/**
 * The rows of a table by plate, by batch, or all together.
 *
 * @param names of the groups, in order of first appearance
 * @param of the group of each row, [rows]
 */
public record Groups(List<String> names, int[] of) {

	/** Rows that a group should have for its effect to be estimated from all rows; our choice. */
	private static final int SMALL = 5;

	/** The setting that chooses between them. */
	static final List<String> PER = List.of("plate", "batch", "table");

	/** @throws IllegalArgumentException if the table lacks the column */
	public static Groups by(final ProfileTable table, final String per, final CorrectionContext context) {
		if (per.equals("table")) return new Groups(List.of(""), new int[table.rowCount()]);
		final String column = context.column(table, per);
		requireValues(table, column, "it of every row");
		return byColumn(table, column);
	}

	/** @throws IllegalArgumentException naming rows that have no value: they would be a group of their own */
	public static void requireValues(final ProfileTable table, final String column, final String what) {
		final List<Integer> blank = new ArrayList<>();
		for (int row = 0; row < table.rowCount(); row++) if (table.metadata(column, row).isBlank()) blank.add(row + 1);
		if (blank.isEmpty()) return;
		final List<String> some = blank.stream().limit(5).map(String::valueOf).toList();
		throw new IllegalArgumentException(Count.of(blank.size(), "row has", "rows have") + " no " +
			column + " (row " + String.join(", ", some) + (blank.size() > some.size() ? "..." : "") +
			"), but this step needs " + what + ": fill the column, or leave these rows out");
	}

	public static Groups byColumn(final ProfileTable table, final String column) {
		final int[] of = new int[table.rowCount()];
		final Map<String, Integer> index = new LinkedHashMap<>();
		for (int row = 0; row < of.length; row++) {
			final String name = table.metadata(column, row);
			final Integer known = index.get(name);
			of[row] = known == null ? index.size() : known;
			if (known == null) index.put(name, of[row]);
		}
		return new Groups(new ArrayList<>(index.keySet()), of);
	}

	public int count() {
		return names.size();
	}

	/** A group in words that begin a sentence: {@code Plate 'P1'}. */
	String label(final int group, final String per) {
		return per.equals("table") ? "The table"
			: Character.toUpperCase(per.charAt(0)) + per.substring(1) + " '" + names.get(group) + "'";
	}

	/**
	 * Warns where most groups have too few rows for what differs between them to be told from what differs
	 * between rows.
	 */
	public void warnOfSmall(final String per, final String correction, final CorrectionContext context) {
		final int[] sizes = new int[count()];
		for (final int group : of) sizes[group]++;
		Arrays.sort(sizes);
		final int median = sizes.length == 0 ? 0 : sizes[sizes.length / 2];
		if (sizes.length < 2 || median >= SMALL) return;
		context.progress()
			.warn("there are " + sizes.length + (per.equals("plate") ? " plates" : " batches") + " for " +
			Count.of(of.length, "row") + ", most with " + median + " or fewer: " + correction +
				" takes what differs between rows for what differs between them; " +
				"name a column with larger groups (key " + (per.equals("plate") ? "plates" : "batch") + ")");
	}

	/** Some rows by group, [groups][], in their order. */
	public int[][] split(final int[] rows) {
		final int[] counts = new int[count()];
		for (final int row : rows) counts[of[row]]++;
		final int[][] split = new int[count()][];
		for (int g = 0; g < split.length; g++) split[g] = new int[counts[g]];
		Arrays.fill(counts, 0);
		for (final int row : rows) split[of[row]][counts[of[row]]++] = row;
		return split;
	}

	/**
	 * Some rows by group, of which each group must have some.
	 *
	 * @param least how many each group must have
	 * @throws IllegalArgumentException naming a group that has fewer
	 */
	public int[][] split(final int[] rows, final int least, final String per, final CorrectionContext context,
		final String why)
	{
		final int[][] split = split(rows);
		for (int g = 0; g < split.length; g++) {
			if (split[g].length >= least) continue;
			final boolean controls = !context.controls().isNone();
			throw new IllegalArgumentException(
				label(g, per) + " has " + (split[g].length == 0 ? "no" : "only " + split[g].length) +
					(controls ? " controls (" + context.controls() + ")" : " rows") + why +
					(controls ? ": leave it out, correct controls, or fit on all rows (rows=all)" : ": leave it out"));
		}
		return split;
	}
}
