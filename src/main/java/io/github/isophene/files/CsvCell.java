// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.files;

import java.util.regex.Pattern;

/**
 * Text in the cells of CSV files. A spreadsheet takes a cell that begins with {@code =}, {@code @}, {@code +} or
 * {@code -} for a formula and computes it, and names of plates, wells and compounds come from strangers. Such a text is
 * written with an apostrophe before it, which {@link #read} takes away again, so that every text comes back as it was.
 * Numbers stay as they are.
 */
public final class CsvCell {

	private static final String FORMULA = "=@+-\t\r";
	private static final Pattern NUMBER = Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
	private static final Pattern QUOTED = Pattern.compile("(?s).*[,\"\\n\\r].*");

	private CsvCell() {}

	/** Returns a text as it is written into a cell, before any quotation marks. */
	public static String written(final String text) {
		return isFormula(text) ? "'" + text : text;
	}

	/** Returns the text of a cell that was read: the inverse of {@link #written}. */
	public static String read(final String cell) {
		return cell.startsWith("'") && isFormula(cell) ? cell.substring(1) : cell;
	}

	/** Returns a text as it stands in a file with commas: {@link #written}, and in quotation marks where it must be. */
	public static String inFile(final String text) {
		final String cell = written(text);
		return QUOTED.matcher(cell).matches() ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
	}

	/** Returns whether a text is a finite number with a decimal point, without blanks around it. */
	public static boolean isNumber(final String text) {
		return NUMBER.matcher(text).matches();
	}

	/** Apostrophes before a formula are the text's own, and must come back, too. */
	private static boolean isFormula(final String text) {
		int start = 0;
		while (start < text.length() && text.charAt(start) == '\'') start++;
		// A sign alone is what many tables have for "nothing", and computes nothing.
		if (start >= text.length() - 1 || FORMULA.indexOf(text.charAt(start)) < 0) return false;
		return !isNumber(text.substring(start));
	}
}
