// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The pairs of a {@link PairRule} among the rows of a table. Rows are put into blocks that
 * agree in all of {@code sameby}; within a block they are ordered by {@code diffby}, so
 * that the partners of a row lie side by side.
 */
final class Pairs {

	/** The rows of each block, ordered by diffby, then by row. */
	final int[][] blocks;
	/** The block of each row; -1 for a row that has no partner at all, because a value is missing. */
	final int[] blockOf;
	private final int[][] diff;

	/** @param column gives the codes of a column */
	Pairs(final PairRule rule, final int rows, final Function<String, Categories> column) {
		final int[][] same = codes(rule.sameby(), column);
		diff = codes(rule.diffby(), column);
		blockOf = new int[rows];
		Arrays.fill(blockOf, -1);
		final Map<List<Integer>, List<Integer>> groups = new LinkedHashMap<>();
		for (int row = 0; row < rows; row++) {
			if (isMissing(same, row) || isMissing(diff, row)) continue;
			groups.computeIfAbsent(key(same, row), k -> new ArrayList<>()).add(row);
		}
		blocks = new int[groups.size()][];
		int b = 0;
		for (final List<Integer> group : groups.values()) {
			for (final int row : group) blockOf[row] = b;
			group.sort((x, y) -> compareDiff(x, y));
			blocks[b++] = group.stream().mapToInt(Integer::intValue).toArray();
		}
	}

	/** Returns whether two rows of one block differ in every column of diffby. */
	boolean differ(final int a, final int b) {
		for (final int[] codes : diff) if (codes[a] == codes[b]) return false;
		return true;
	}

	/** Returns whether two rows have the same partners, but for themselves. */
	boolean alike(final int a, final int b) {
		if (blockOf[a] != blockOf[b]) return false;
		for (final int[] codes : diff) if (codes[a] != codes[b]) return false;
		return true;
	}

	/** The partners of a row, by the order of its block. */
	int[] partners(final int row) {
		if (blockOf[row] < 0) return new int[0];
		return Arrays.stream(blocks[blockOf[row]]).filter(other -> other != row && differ(row, other)).toArray();
	}

	private int compareDiff(final int a, final int b) {
		for (final int[] codes : diff) {
			final int order = Integer.compare(codes[a], codes[b]);
			if (order != 0) return order;
		}
		return Integer.compare(a, b);
	}

	private static int[][] codes(final List<String> columns, final Function<String, Categories> column) {
		return columns.stream().map(name -> column.apply(name).of()).toArray(int[][]::new);
	}

	private static boolean isMissing(final int[][] codes, final int row) {
		for (final int[] column : codes) if (column[row] < 0) return true;
		return false;
	}

	private static List<Integer> key(final int[][] codes, final int row) {
		final Integer[] key = new Integer[codes.length];
		for (int i = 0; i < key.length; i++) key[i] = codes[i][row];
		return List.of(key);
	}
}
