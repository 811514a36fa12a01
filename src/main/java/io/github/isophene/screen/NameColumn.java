// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Run of characters at the same place of every path of a group: a delimiter, letters, digits, or a word of
 * mixed shape.
 */
final class NameColumn {

	/** Content of a column. */
	enum Kind {
		DELIMITER, LETTERS, DIGITS, WORD, GUID,
		/** Number of a focal plane, with or without letters before it, or the name of a projection. */
		STACK
	}

	private final Kind kind;
	private final List<String> values;
	private final Set<String> distinct;
	private final int segment;
	private final boolean first;
	private final boolean last;
	private String key = "";
	private String letters = "";

	/**
	 * @param segment of the path, from 0
	 * @param first, last whether the column begins and ends a word
	 */
	NameColumn(final Kind kind, final List<String> values, final int segment, final boolean first, final boolean last) {
		this.kind = kind;
		this.values = values;
		this.distinct = new LinkedHashSet<>(values);
		this.segment = segment;
		this.first = first;
		this.last = last;
	}

	Kind kind() {
		return kind;
	}

	List<String> values() {
		return values;
	}

	Set<String> distinct() {
		return distinct;
	}

	int segment() {
		return segment;
	}

	/** Returns whether the column begins a word. */
	boolean first() {
		return first;
	}

	/** Returns whether the column is a whole word. */
	boolean whole() {
		return first && last;
	}

	boolean constant() {
		return distinct.size() == 1;
	}

	/** Returns the letters before a value that name it, in lower case: {@code s} of {@code s1}. */
	String key() {
		return key;
	}

	/** Returns the same letters as they are written. */
	String letters() {
		return letters;
	}

	void key(final String before) {
		letters = before;
		key = before.toLowerCase(Locale.ROOT);
	}

	/** Returns whether every value of this column occurs with one value of the other only. */
	boolean determines(final NameColumn other) {
		final Map<String, String> seen = new HashMap<>();
		for (int i = 0; i < values.size(); i++) {
			final String before = seen.putIfAbsent(values.get(i), other.values.get(i));
			if (before != null && !before.equals(other.values.get(i))) return false;
		}
		return true;
	}

	boolean allMatch(final String regex) {
		final Pattern pattern = Pattern.compile(regex);
		return distinct.stream().allMatch(value -> pattern.matcher(value).matches());
	}

	/** Returns whether all values are integers from 1 to a maximum. */
	boolean upTo(final int most) {
		return kind == Kind.DIGITS &&
			distinct.stream().allMatch(v -> v.length() < 5 && Integer.parseInt(v) >= 1 && Integer.parseInt(v) <= most);
	}

	/** Returns a regular expression of the values, without a group. */
	String regex(final String next) {
		return switch (kind) {
			case DELIMITER -> quote(values.get(0));
			case GUID -> "[0-9A-Fa-f-]{36}";
			case DIGITS -> "\\d+";
			case STACK -> "\\d+|" +
				String.join("|", distinct.stream().filter(value -> !value.matches("\\d+")).sorted().toList());
			case LETTERS -> constant() ? quote(values.get(0)) : allMatch("[A-Za-z]+") ? "[A-Za-z]+" : "[^/\\d]+";
			case WORD -> allMatch(ImagePattern.ELAPSED) ? "\\d+d\\d+h\\d+m"
				: constant() ? quote(values.get(0))
				: next.equals("/") || next.isEmpty() ? "[^/]+"
				: "[^/" + inClass(next) + "]+";
		};
	}

	/** Escapes the characters that have a meaning in a regular expression. */
	static String quote(final String text) {
		return text.replaceAll("[\\\\.\\[\\]{}()*+?^$|]", "\\\\$0");
	}

	private static String inClass(final String delimiter) {
		return "-^]\\[".contains(delimiter) ? "\\" + delimiter : delimiter;
	}
}
