// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.isophene.files.CsvCell;

/** Parser of numbers and missing values in a CSV. */
final class CsvNumber {

	private static final Set<
		String> MISSING = Set.of("", "na", "n/a", "#n/a", "<na>", "nan", "+nan", "-nan", "null", "none");
	private static final Pattern INFINITE = Pattern.compile("([+-]?)inf(?:inity)?", Pattern.CASE_INSENSITIVE);

	private CsvNumber() {}

	/** Returns whether programs write this where a number is missing. */
	static boolean isMissing(final String text) {
		return MISSING.contains(text.strip().toLowerCase(Locale.ROOT));
	}

	/** Returns whether this is a number with a decimal point or an infinity. */
	static boolean isNumber(final String text) {
		final String number = text.strip();
		return CsvCell.isNumber(number) || INFINITE.matcher(number).matches();
	}

	/**
	 * The float32 nearest to a number, NaN if it is missing.
	 *
	 * @throws NumberFormatException if it is neither
	 */
	static float parse(final String text) {
		final String number = text.strip();
		if (CsvCell.isNumber(number)) return Float.parseFloat(number);
		if (INFINITE.matcher(number).matches()) {
			return number.startsWith("-") ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
		}
		if (isMissing(number)) return Float.NaN;
		throw new NumberFormatException(text);
	}
}
