// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

class CsvCellTest {

	private static final List<String> FORMULAS = List.of("=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "=",
		"=\"a,b\"", "\t=1", "'=1", "''=1", "-5%", "--1", "+-1", "-1-1");

	@Test
	void noCellThatASpreadsheetComputesIsWritten() {
		for (final String text : FORMULAS.subList(0, 4)) assertEquals("'" + text, CsvCell.written(text));
		for (final String text : List.of("-5", "+1.5e-3", "-.5", "-", "+", "'", "don't", "a=b", "", "'quoted'",
			"(+)-JQ1"))
		{
			assertEquals(text, CsvCell.written(text));
		}
		assertEquals("\"'=A1,\"\"x\"\"\"", CsvCell.inFile("=A1,\"x\""));
	}

	@Test
	void everyTextComesBack() {
		for (final String text : FORMULAS) assertEquals(text, CsvCell.read(CsvCell.written(text)), text);
		final Random random = new Random(1);
		for (int n = 0; n < 100_000; n++) {
			final StringBuilder text = new StringBuilder();
			for (int i = random.nextInt(6); i > 0; i--) text.append("'=@+-1.e\ta,".charAt(random.nextInt(11)));
			final String cell = CsvCell.written(text.toString());
			assertEquals(text.toString(), CsvCell.read(cell));
			if (cell.length() > 1) assertNotEquals('=', cell.charAt(0));
		}
	}
}
