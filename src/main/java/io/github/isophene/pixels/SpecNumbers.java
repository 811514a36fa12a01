// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

/** Numbers in specification texts: a point, no locale. */
public final class SpecNumbers {

	private SpecNumbers() {}

	/**
	 * Reads a finite number.
	 *
	 * @throws IllegalArgumentException naming the text
	 */
	public static double parse(final String text) {
		try {
			final double value = Double.parseDouble(text);
			if (Double.isFinite(value)) return value;
		}
		catch (final NumberFormatException exc) {
			// The same words for both.
		}
		throw new IllegalArgumentException("'" + text + "' is no number");
	}

	/** The shortest text that {@link #parse} reads back exactly: {@code 99.9}, {@code 100}. */
	public static String format(final double value) {
		final String text = Double.toString(value);
		return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
	}
}
