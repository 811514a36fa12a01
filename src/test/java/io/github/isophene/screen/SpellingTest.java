// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

	@ParameterizedTest
	@CsvSource({"1,1.0", "10,1e1", "0.00001,1e-05", ".5,0.50", "0,-0.0", "' DMSO ',DMSO", "-2,-2.00", "+3,3",
		"41744.0,41744", "12345678901234567890,12345678901234567890.0"})
	void oneValue(final String a, final String b) {
		assertTrue(Spelling.isSame(a, b));
	}

	@ParameterizedTest
	@CsvSource({"001,1", "1,1.0.0", "DMSO,dmso", "1,2", "1e5x,1e5", "12345678901234567890,12345678901234567891",
		"A1,A01", "1-2,12"})
	void twoValues(final String a, final String b) {
		assertFalse(Spelling.isSame(a, b));
	}

	@Test
	void nearDuplicatesAreListed() {
		assertEquals(List.of(List.of("DMSO", "dmso ", "D-MSO"), List.of("PLK 1", "plk-1")), Spelling
			.nearDuplicates(List.of("DMSO", "x", "PLK 1", "dmso ", "1", "2", "plk-1", "D-MSO", "", "-1", "x1")));
		assertEquals("'DMSO' and 'dmso'", Spelling.listed(List.of(List.of("DMSO", "dmso"))));
	}

	@Test
	void controlsMatchUpToBlanksAndWarnOfNearMisses() {
		final Selection controls = Selection.parse("Metadata_Compound=DMSO");
		assertTrue(controls.matches("DMSO ") && controls.matches("DMSO") && controls.matches("\tDMSO"));
		assertFalse(controls.matches("dmso"));
		assertTrue(Selection.parse("Metadata_Dose=0").matches("0.0"));
		final String warning = controls.nearMisses(List.of("DMSO", "dmso", "dmso", "D-MSO", "x")).orElseThrow();
		assertTrue(warning.startsWith(
			"3 rows have Metadata_Compound 'dmso', 'D-MSO', which Metadata_Compound=DMSO doesn't select"), warning);
		assertTrue(controls.nearMisses(List.of("DMSO", "DMSO ", "x")).isEmpty());
	}
}
