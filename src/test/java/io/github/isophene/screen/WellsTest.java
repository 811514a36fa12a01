// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import static io.github.isophene.screen.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of wells, from the ways in which people and microscopes write them. */
class WellsTest {

	/** Every spelling of a well has one normal form. */
	@ParameterizedTest
	@CsvSource({"a1,A01", "A01,A01", "A-1,A01", "A_1,A01", "A001,A01", "'A 1',A01", "' h12 ',H12", "P24,P24", "Z48,Z48",
		"AA1,AA01", "af48,AF48"})
	void normalizes(final String given, final String normal) {
		assertEquals(normal, Wells.normalize(given));
	}

	/** Tests that a well beyond those of 1536-well plates is an error that shows it. */
	@ParameterizedTest
	@ValueSource(strings = {"", "A", "12", "A0", "A49", "AG1", "ABC1", "A1B", "A1.5", "A-", "É1", "A١"})
	void refuses(final String given) {
		assertMessage(IllegalArgumentException.class, () -> Wells.normalize(given),
			"'" + given + "' is no well: expected A01 to AF48");
	}

	/** Row and column, from 1, give the name and come back from it. */
	@Test
	void everyWellOfTheLargestPlateGoesThereAndBack() {
		for (int row = 1; row <= 32; row++) {
			for (int column = 1; column <= 48; column++) {
				final String name = Wells.name(row, column);
				assertEquals(row, Wells.row(name), name);
				assertEquals(column, Wells.column(name), name);
				assertEquals(name, Wells.normalize(name));
			}
		}
	}

	/** A row may be letters or a number, as layout tables have either. */
	@Test
	void takesRowsAsLettersAndNumbers() {
		assertEquals("C03", Wells.of("C", "3"));
		assertEquals("C03", Wells.of("3", "03"));
		assertEquals("AB12", Wells.of(" ab ", " 12 "));
		assertMessage(IllegalArgumentException.class, () -> Wells.of("3", "x"), "row 3, column x", "is no well");
		assertMessage(IllegalArgumentException.class, () -> Wells.of("33", "1"), "row 33, column 1", "is no well");
	}

	/** pandas makes doubles of a column of integers with gaps. */
	@Test
	void takesNumbersThatBecameDoubles() {
		assertEquals("A01", Wells.of("A", "1.0"));
		assertEquals("B12", Wells.of("2.0", "12.00"));
		assertMessage(IllegalArgumentException.class, () -> Wells.of("A", "1.5"), "is no well");
	}

	/** Aa01 to Bd01: well and quadrant, which would be rows 27 and more. */
	@Test
	void refusesQuadrants() {
		assertMessage(IllegalArgumentException.class, () -> Wells.normalize("Aa01"), "'Aa01' is no well", "quadrant");
		assertMessage(IllegalArgumentException.class, () -> Wells.of("Bd", "3"), "quadrant");
		assertEquals("AA01", Wells.normalize("AA01"));
		assertEquals("AA01", Wells.normalize("aa01"));
	}

	@Test
	void normalizesColumnsOfWellsOnly() {
		assertArrayEquals(new String[]{"A01", "", "A01"}, Wells.normalizeAll(new String[]{"A1", "", "a01"}));
		assertArrayEquals(new String[]{"A1", "pool"}, Wells.normalizeAll(new String[]{"A1", "pool"}));
	}

	/** Numbers outside a plate are named. */
	@Test
	void refusesNumbersOutsideThePlate() {
		assertMessage(IllegalArgumentException.class, () -> Wells.name(0, 1), "row 0, column 1");
		assertMessage(IllegalArgumentException.class, () -> Wells.name(1, 49), "row 1, column 49");
	}
}
