// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

/**
 * Wells that are counted, row by row from 1, as ScanR, the ALMF and the CQ1 do. The number of columns follows from the
 * largest number, if nothing else tells it: the smallest of a 96-, 384- and 1536-well plate that has such a well.
 *
 * @param columns of the plate
 */
public record WellNumbers(int columns) {

	private static final int[] COLUMNS = {12, 24, 48};

	/**
	 * Returns the smallest plate that has a well of this number.
	 *
	 * @throws IllegalArgumentException if the number is above 1536
	 */
	public static WellNumbers upTo(final int largest) {
		for (final int columns : COLUMNS) if (largest <= wells(columns)) return new WellNumbers(columns);
		throw new IllegalArgumentException("Well number " + largest + " is beyond a 1536-well plate");
	}

	/**
	 * Returns the plate on which a well of a known name has this number.
	 *
	 * @return {@code null} if it has it on none
	 */
	public static WellNumbers of(final String well, final int number) {
		for (final int columns : COLUMNS)
			if (new WellNumbers(columns).name(number).equals(well)) return new WellNumbers(columns);
		return null;
	}

	/** Returns the number of wells of the plate. */
	public int wells() {
		return wells(columns);
	}

	/**
	 * Returns the normalized name of a well.
	 *
	 * @param number from 1
	 * @throws IllegalArgumentException if it is below 1 or beyond the plate
	 */
	public String name(final int number) {
		if (number < 1) throw new IllegalArgumentException("Well number " + number + ": wells are counted from 1");
		return Wells.name((number - 1) / columns + 1, (number - 1) % columns + 1);
	}

	private static int wells(final int columns) {
		return columns * columns * 2 / 3;
	}
}
