// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.util.Locale;

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
		final String text = name.strip().toUpperCase(Locale.ROOT);
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
		if (!r.matches("\\d{1,4}")) return normalize(r + column.strip());
		if (!column.strip().matches("\\d{1,4}")) throw notAWell("row " + row + ", column " + column);
		return name(Integer.parseInt(r), Integer.parseInt(column.strip()));
	}

	/** The row of a normalised name, from 1. */
	public static int row(final String well) {
		int row = 0;
		for (int i = 0; i < well.length() && Character.isLetter(well.charAt(i)); i++) {
			row = row * 26 + (well.charAt(i) - 'A' + 1);
		}
		return row;
	}

	/** The column of a normalised name, from 1. */
	public static int column(final String well) {
		int i = 0;
		while (Character.isLetter(well.charAt(i))) i++;
		return Integer.parseInt(well.substring(i));
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
