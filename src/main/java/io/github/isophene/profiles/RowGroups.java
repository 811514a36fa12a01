// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Groups rows by the values of some metadata columns, comparing dictionary codes rather than strings. */
final class RowGroups {

	private RowGroups() {}

	/** Group to rows: groups in order of first appearance, rows in order. */
	static Map<List<String>, int[]> of(final List<TextColumn> columns, final int rows) {
		if (columns.isEmpty()) throw new IllegalArgumentException("There is no column to group by");
		final Map<List<Integer>, Rows> groups = new LinkedHashMap<>();
		for (int row = 0; row < rows; row++) {
			final List<Integer> key = new ArrayList<>(columns.size());
			for (final TextColumn column : columns) key.add(column.code(row));
			groups.computeIfAbsent(key, k -> new Rows()).add(row);
		}
		final Map<List<String>, int[]> result = new LinkedHashMap<>();
		groups.values().forEach(group -> {
			final int[] members = group.toArray();
			result.put(columns.stream().map(column -> column.get(members[0])).toList(), members);
		});
		return result;
	}

	private static final class Rows {

		private int[] rows = new int[4];
		private int count;

		void add(final int row) {
			if (count == rows.length) rows = Arrays.copyOf(rows, 2 * count);
			rows[count++] = row;
		}

		int[] toArray() {
			return Arrays.copyOf(rows, count);
		}
	}
}
