// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.messages;

/** Number with its noun in a message: {@code 1 plate}, {@code 2 plates}. */
public final class Count {

	private Count() {}

	/**
	 * Returns a number with a noun.
	 *
	 * @param singular noun with a regular plural: {@code well}, {@code batch}, {@code epoch}, {@code class},
	 *          {@code entry}
	 */
	public static String of(final long number, final String singular) {
		return number + " " + (number == 1 ? singular : plural(singular));
	}

	/** Returns a number with words in the form that fits it: {@code plate is}, {@code plates are}. */
	public static String of(final long number, final String singular, final String plural) {
		return number + " " + (number == 1 ? singular : plural);
	}

	private static String plural(final String noun) {
		if (noun.matches(".*(s|x|[^o]ch|sh)")) return noun + "es";
		return noun.matches(".*[^aeiou]y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
	}
}
