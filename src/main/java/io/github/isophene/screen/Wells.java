// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Well names. A row is one or two letters ({@code A} to {@code AF}, 32 rows), a
 * column a number from 1 to 48: the largest plate has 1536 wells. The normal form
 * has two digits: {@code A01}, {@code P24}, {@code AF48}.
 */
public final class Wells {

	private static final int ROWS = 32;
	private static final int COLUMNS = 48;

	private Wells() {}

	/**
	 * The normal form of a well's name: {@code a1}, {@code A01}, {@code A-1},
	 * {@code A001} all give {@code A01}.
	 *
	 * @throws IllegalArgumentException if it is no well of a 1536-well plate
	 */
	public static String normalize(final String name) {
		final String stripped = name.strip();
		// Aa01, Ab01, Ba01...: well A01 of a 96-well plate and its quadrant of a 384-well plate, no row AA.
		if (stripped.matches("[A-Z][a-z].*")) {
			throw new IllegalArgumentException(
				"'" + name + "' is no well: two letters are a row of a 1536-well plate, as AA01; where the " +
					"second, small letter is a quadrant, write the well of the 384-well plate instead");
		}
		final String text = stripped.toUpperCase(Locale.ROOT);
		int letters = 0;
		while (letters < text.length() && text.charAt(letters) >= 'A' && text.charAt(letters) <= 'Z') letters++;
		int digits = letters;
		while (digits < text.length() && "-_ ".indexOf(text.charAt(digits)) >= 0) digits++;
		final String number = text.substring(digits);
		if (letters < 1 || letters > 2 || number.isEmpty() || number.length() > 4 ||
			!number.chars().allMatch(c -> c >= '0' && c <= '9'))
		{
			throw notAWell(name);
		}
		int row = 0;
		for (int i = 0; i < letters; i++) row = row * 26 + (text.charAt(i) - 'A' + 1);
		return name(row, Integer.parseInt(number), name);
	}

	/**
	 * Returns wells in their normal form, if every value that isn't blank is a well; else the values as they are.
	 */
	public static String[] normalizeAll(final String[] names) {
		final String[] normal = new String[names.length];
		final Map<String, String> known = new HashMap<>();
		for (int i = 0; i < names.length; i++) {
			try {
				normal[i] = names[i].isBlank() ? names[i] : known.computeIfAbsent(names[i], Wells::normalize);
			}
			catch (final IllegalArgumentException e) {
				return names.clone();
			}
		}
		return normal;
	}

	/**
	 * The name of a well from its row and column, both counted from 1.
	 *
	 * @throws IllegalArgumentException if it is outside a 1536-well plate
	 */
	public static String name(final int row, final int column) {
		return name(row, column, "row " + row + ", column " + column);
	}

	/**
	 * The name of a well from a row and a column as tables write them: the row as
	 * letters or a number from 1 ({@code C} or {@code 3}), the column as a number.
	 *
	 * @throws IllegalArgumentException if it is no well of a 1536-well plate
	 */
	public static String of(final String row, final String column) {
		final String r = row.strip();
		// A spreadsheet or pandas may have made 3 into 3.0.
		final String c = whole(column);
		if (!whole(r).matches("\\d{1,4}")) return normalize(r + c);
		if (!c.matches("\\d{1,4}")) throw notAWell("row " + row + ", column " + column);
		return name(Integer.parseInt(whole(r)), Integer.parseInt(c));
	}

	/** The row of a normalized name, from 1. */
	public static int row(final String well) {
		int row = 0;
		for (int i = 0; i < well.length() && Character.isLetter(well.charAt(i)); i++) {
			row = row * 26 + (well.charAt(i) - 'A' + 1);
		}
		return row;
	}

	/** The column of a normalized name, from 1. */
	public static int column(final String well) {
		int i = 0;
		while (Character.isLetter(well.charAt(i))) i++;
		return Integer.parseInt(well.substring(i));
	}

	private static String whole(final String number) {
		return number.strip().replaceFirst("^(\\d{1,4})\\.0*$", "$1");
	}

	private static String name(final int row, final int column, final String asGiven) {
		if (row < 1 || row > ROWS || column < 1 || column > COLUMNS) throw notAWell(asGiven);
		final String letters = row <= 26 ? String.valueOf((char) ('A' + row - 1)) //
			: "A" + (char) ('A' + row - 27);
		return letters + (column < 10 ? "0" : "") + column;
	}

	private static IllegalArgumentException notAWell(final String name) {
		return new IllegalArgumentException("'" + name + "' is no well: expected A01 to AF48");
	}
}
