// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.settings;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Setting of a plug-in that a user can choose.
 *
 * @param name as the user writes it, lower-case
 * @param value default value
 * @param choices the words allowed, beside numbers if these are allowed, too; none: any
 * @param least the least number allowed, NaN if it is no number
 * @param most the greatest number allowed
 * @param whole from where on a number must be whole, NaN if nowhere
 * @param help one line for the user: what it does, its unit, its source
 */
public record Setting(String name, String value, List<String> choices, double least, double most, double whole,
	String help)
{

	/** None may be absent. */
	public Setting {
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(value, "value");
		choices = List.copyOf(choices);
		Objects.requireNonNull(help, "help");
	}

	/** One of some words. The first is the default. */
	public static Setting choice(final String name, final List<String> choices, final String help) {
		return choice(name, choices.get(0), choices, help);
	}

	/** One of some words. */
	public static Setting choice(final String name, final String value, final List<String> choices,
		final String help)
	{
		return new Setting(name, value, choices, Double.NaN, Double.NaN, Double.NaN, help);
	}

	/** {@code true} or {@code false}. */
	public static Setting flag(final String name, final boolean value, final String help) {
		return choice(name, Boolean.toString(value), List.of("true", "false"), help);
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
	 * Returns the value as it is kept: words in lower case, numbers as {@code 20}, not {@code 20.0}.
	 *
	 * @param owner name of the plug-in, for messages
	 * @throws IllegalArgumentException if it isn't allowed
	 */
	String check(final String owner, final String given) {
		final String wanted = given.strip();
		if (!choices.isEmpty()) {
			final String word = wanted.toLowerCase(Locale.ROOT);
			if (choices.contains(word)) return word;
			if (Double.isNaN(least)) throw wrong(owner, given, "use " + String.join(", ", choices));
		}
		if (Double.isNaN(least)) return wanted;
		try {
			final double number = Double.parseDouble(wanted);
			final boolean fraction = number >= whole && number != Math.rint(number);
			if (fraction && number <= most && whole > least)
				throw wrong(owner, given, "give a whole number, such as " + text(Math.rint(number)));
			if (!fraction && number >= least && number <= most) return text(number);
		}
		catch (final NumberFormatException e) {
			// Same message as for a number out of range.
		}
		throw wrong(owner, given,
			"give a " + (whole <= least ? "whole " : "") + "number from " + text(least) + " to " +
				(most == Double.MAX_VALUE ? "any size" : text(most)) +
				choices.stream().map(word -> ", or " + word).collect(Collectors.joining()));
	}

	/** Returns the message for a value that can't be. */
	IllegalArgumentException wrong(final String owner, final String given, final String remedy) {
		return new IllegalArgumentException(name + " of " + owner + " is '" + given + "': " + remedy);
	}

	/** Returns a number as a user writes it: {@code 20}, not {@code 20.0}. */
	private static String text(final double value) {
		return value == Math.rint(value) && Math.abs(value) < 1e9 ? Long.toString((long) value)
			: Double.toString(value);
	}

	/** {@code name=value: help}. */
	@Override
	public String toString() {
		return name + "=" + value + ": " + help;
	}
}
