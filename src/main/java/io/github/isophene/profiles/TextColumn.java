// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A column of strings as codes into a dictionary: a plate's name is held once, not
 * once per row. Codes count from 0 in order of first appearance.
 */
final class TextColumn {

	private final Map<String, Integer> index = new HashMap<>();
	private final List<String> values = new ArrayList<>();
	private int[] codes = new int[16];
	private int rows;

	/** Appends a value; {@code null} is kept as the empty string. */
	void add(final String value) {
		final String text = value == null ? "" : value;
		Integer code = index.get(text);
		if (code == null) {
			code = values.size();
			index.put(text, code);
			values.add(text);
		}
		if (rows == codes.length) codes = Arrays.copyOf(codes, codes.length + (codes.length >> 1));
		codes[rows++] = code;
	}

	String get(final int row) {
		return values.get(codes[row]);
	}

	int code(final int row) {
		return codes[row];
	}

	int rows() {
		return rows;
	}

	/** Returns the number of distinct values. */
	int size() {
		return values.size();
	}

	/** Gives back what is not needed for reading; nothing can be added afterwards. */
	void trim() {
		codes = Arrays.copyOf(codes, rows);
		index.clear();
	}
}
