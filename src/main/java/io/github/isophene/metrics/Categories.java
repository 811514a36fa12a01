// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A column of names as numbers: names in alphabetical order, so that nothing depends on
 * the order of rows; -1 where the name is missing (empty).
 *
 * @param of [rows]
 * @param names by number
 */
public record Categories(int[] of, List<String> names) {

	static final int MISSING = -1;

	public static Categories of(final String[] values) {
		final TreeSet<String> sorted = new TreeSet<>(Arrays.asList(values));
		sorted.remove("");
		final List<String> names = new ArrayList<>(sorted);
		final Map<String, Integer> index = new HashMap<>();
		for (final String name : names) index.put(name, index.size());
		final int[] codes = new int[values.length];
		for (int i = 0; i < codes.length; i++) codes[i] = index.getOrDefault(values[i], MISSING);
		return new Categories(codes, List.copyOf(names));
	}

	/** Returns the number of names. */
	public int size() {
		return names.size();
	}

	/** Returns how often each name occurs. */
	public int[] counts() {
		final int[] counts = new int[size()];
		for (final int code : of) if (code >= 0) counts[code]++;
		return counts;
	}

	/** Returns how often each code occurs in other codes of the same names. */
	public int[] counts(final int[] codes) {
		return new Categories(codes, names).counts();
	}

	/** The rows of each name, in order. */
	public int[][] rows() {
		final int[] counts = counts();
		final int[][] rows = new int[counts.length][];
		for (int k = 0; k < counts.length; k++) rows[k] = new int[counts[k]];
		Arrays.fill(counts, 0);
		for (int i = 0; i < of.length; i++) if (of[i] >= 0) rows[of[i]][counts[of[i]]++] = i;
		return rows;
	}

	/** The codes of some rows; names that don't occur there are left out. */
	Categories select(final int[] rows) {
		final String[] values = new String[rows.length];
		for (int i = 0; i < rows.length; i++) values[i] = of[rows[i]] < 0 ? "" : names.get(of[rows[i]]);
		return of(values);
	}
}
