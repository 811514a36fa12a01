// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Values of metadata that are written differently though they mean the same. */
public final class Spelling {

	/** A number whose form says nothing more: not 007, which is a name. */
	private static final Pattern NUMBER = Pattern
		.compile("[+-]?(0|[1-9][0-9]{0,30}|(?=\\.))(\\.[0-9]{0,30})?([eE][+-]?[0-9]{1,3})?");

	private static final Pattern IGNORED = Pattern.compile("[\\s\\p{Z}\\p{Pd}_]");

	private Spelling() {}

	/**
	 * Returns a value in the form in which values are compared: without blanks around it, and a number in its shortest
	 * form, so that {@code 10}, {@code 10.0} and {@code 1e1} are one. Numbers with leading zeros stay as they are.
	 */
	public static String canonical(final String value) {
		final String text = value.strip();
		if (text.isEmpty() || text.length() > 40 || "+-.0123456789".indexOf(text.charAt(0)) < 0) return text;
		if (!NUMBER.matcher(text).matches()) return text;
		final BigDecimal number = new BigDecimal(text);
		return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
	}

	/** Returns whether two values differ at most in blanks around them or the form of a number. */
	public static boolean isSame(final String a, final String b) {
		return a.equals(b) || canonical(a).equals(canonical(b));
	}

	/**
	 * Returns the values that differ from another only by case, hyphens, underscores or blanks, {@code DMSO} and
	 * {@code dmso}: a list for each group of such values, in order of appearance.
	 */
	public static List<List<String>> nearDuplicates(final Collection<String> values) {
		final Map<String, Set<String>> groups = new LinkedHashMap<>();
		for (final String value : values) {
			if (!value.isBlank()) groups.computeIfAbsent(loose(value), k -> new LinkedHashSet<>()).add(value);
		}
		final List<List<String>> near = new ArrayList<>();
		for (final Set<String> group : groups.values()) if (group.size() > 1) near.add(List.copyOf(group));
		return near;
	}

	/** Returns groups of near duplicates for a message: {@code 'DMSO' and 'dmso'; 'PLK-1' and 'PLK 1'}. */
	public static String listed(final List<List<String>> groups) {
		final List<String> some = groups.stream()
			.limit(5)
			.map(group -> String.join(" and ", group.stream().limit(4).map(v -> "'" + v + "'").toList()))
			.toList();
		return String.join("; ", some) +
			(groups.size() > some.size() ? "; and " + (groups.size() - some.size()) + " more" : "");
	}

	/** A minus before a digit is a sign, no hyphen. */
	static String loose(final String value) {
		final String text = canonical(value);
		final String sign = text.matches("-[0-9.].*") ? "-" : "";
		return sign + IGNORED.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
	}
}
