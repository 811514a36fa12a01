// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.messages;

/** Checks that values of keys lie in their ranges, with one sentence for all of them. */
public final class RangeCheck {

	private RangeCheck() {}

	/**
	 * Checks an integer.
	 *
	 * @param why appended to the message: a reason for the range, empty if it needs none
	 * @throws IllegalArgumentException if the value isn't from {@code least} to {@code most}
	 */
	public static void integer(final String key, final int value, final int least, final int most, final String why) {
		if (value >= least && value <= most) return;
		final String allowed = least == most ? "" + least : "an integer from " + least + " to " + most;
		throw new IllegalArgumentException(key + " = " + value + ": must be " + allowed + why);
	}

	/**
	 * Checks a number.
	 *
	 * @throws IllegalArgumentException if the value is NaN or not from {@code least} to {@code most}
	 */
	public static void number(final String key, final double value, final double least, final double most,
		final String why)
	{
		if (value >= least && value <= most) return;
		throw new IllegalArgumentException(
			key + " = " + value + ": must be a number from " + text(least) + " to " + text(most) + why);
	}

	private static String text(final double value) {
		return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
	}
}
