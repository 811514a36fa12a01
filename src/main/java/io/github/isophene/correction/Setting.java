// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Something a user may set on a correction.
 *
 * @param name lower-case
 * @param value what it is if the user says nothing
 * @param choices the words allowed, beside numbers if these are allowed, too; none: any
 * @param least the least number allowed, NaN if it is no number
 * @param most the greatest number allowed
 * @param whole from where on a number must be whole, NaN if nowhere
 * @param help one line for the user
 */
public record Setting(String name, String value, List<String> choices, double least, double most, double whole,
	String help)
{

	/** One of some words. The first is the default. */
	public static Setting choice(final String name, final List<String> choices, final String help) {
		return new Setting(name, choices.get(0), choices, Double.NaN, Double.NaN, Double.NaN, help);
	}

	/** A number. */
	public static Setting number(final String name, final double value, final double least, final double most,
		final String help)
	{
		return new Setting(name, text(value), List.of(), least, most, Double.NaN, help);
	}

	/** A number, or a word in its place. */
	public static Setting numberOr(final String word, final String name, final String value, final double least,
		final double most, final String help)
	{
		return new Setting(name, value, List.of(word), least, most, Double.NaN, help);
	}

	/** A whole number. */
	public static Setting count(final String name, final int value, final int least, final int most,
		final String help)
	{
		return number(name, value, least, most, help).wholeFrom(least);
	}

	/** Any text, such as the name of a column. */
	public static Setting text(final String name, final String value, final String help) {
		return new Setting(name, value, List.of(), Double.NaN, Double.NaN, Double.NaN, help);
	}

	/** The same, of which numbers from some size on must be whole. */
	public Setting wholeFrom(final double size) {
		return new Setting(name, value, choices, least, most, size, help);
	}

	/**
	 * The value as it is kept.
	 *
	 * @throws IllegalArgumentException if it isn't allowed
	 */
	String check(final String correction, final String given) {
		final String wanted = given.strip();
		if (!choices.isEmpty()) {
			final String word = wanted.toLowerCase(Locale.ROOT);
			if (choices.contains(word)) return word;
			if (Double.isNaN(least)) throw wrong(correction, given, "use " + String.join(", ", choices));
		}
		if (Double.isNaN(least)) return wanted;
		try {
			final double number = Double.parseDouble(wanted);
			final boolean fraction = number >= whole && number != Math.rint(number);
			if (fraction && number <= most)
				throw wrong(correction, given, "give a whole number, such as " + text(Math.rint(number)));
			if (number >= least && number <= most) return text(number);
		}
		catch (final NumberFormatException e) {
			// said below
		}
		throw wrong(correction, given,
			"give a number from " + text(least) + " to " + (most == Double.MAX_VALUE ? "any size" : text(most)) +
				choices.stream().map(word -> ", or " + word).collect(Collectors.joining()));
	}

	/** A number as a user writes it: {@code 20}, not {@code 20.0}. */
	static String text(final double value) {
		return value == Math.rint(value) && Math.abs(value) < 1e9 ? Long.toString((long) value)
			: Double.toString(value);
	}

	private IllegalArgumentException wrong(final String correction, final String given, final String remedy) {
		return new IllegalArgumentException(name + " of " + correction + " is '" + given + "': " + remedy);
	}
}
