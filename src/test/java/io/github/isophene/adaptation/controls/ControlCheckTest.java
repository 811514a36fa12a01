// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.controls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import io.github.isophene.adaptation.MemoryTiles;
import io.github.isophene.adaptation.tiles.FieldImages;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.screen.Wells;
import org.junit.jupiter.api.Test;

class ControlCheckTest {

	private static FieldImages images(final int perWell, final List<String> wells) {
		final MemoryTiles tiles = new MemoryTiles(1, 1, 1);
		final List<FieldImages.Position> fields = new ArrayList<>();
		for (final String well : wells) {
			for (int i = 0; i < perWell; i++) {
				tiles.add(fields.size(), new float[1]);
				fields.add(new FieldImages.Position(well, "" + i));
			}
		}
		return new FieldImages(List.of("DNA"), fields, tiles);
	}

	private static List<String> wells(final int rows, final int columns) {
		final List<String> wells = new ArrayList<>();
		for (int r = 1; r <= rows; r++) for (int c = 1; c <= columns; c++) wells.add(Wells.name(r, c));
		return wells;
	}

	private static boolean corner(final List<String> all, final String... controls) {
		return ControlCheck.corner("P", all, List.of(controls)).isPresent();
	}

	@Test
	void controlsInOneQuarterOfThePlateAreSaid() {
		final List<String> plate = wells(16, 24);
		assertTrue(corner(plate, "A01", "B02", "H12"));
		assertTrue(corner(plate, "P24", "I13"));
		assertTrue(corner(plate, "E06", "L17"), "in the middle, but still in half the rows and half the columns");
		assertFalse(corner(plate, "A01", "I12"), "more than half the rows");
		assertFalse(corner(plate, "A01", "P01"), "a whole column is no corner");
		assertFalse(corner(plate, "A01", "A24"), "nor is a row");
		assertFalse(corner(plate, "A01", "P24"));
		assertTrue(corner(plate, "C03"));
		// A plate of which a part is used only.
		assertTrue(corner(wells(4, 6), "A01", "B03"));
		assertFalse(corner(wells(4, 6), "A01", "C03"));
		assertFalse(corner(List.of("A01"), "A01"), "a plate of one well has no corners");
		assertTrue(corner(wells(1, 12), "A01", "A06"));
		assertFalse(corner(wells(1, 12), "A01", "A07"));
		assertEquals(
			"All negative controls of plate P lie in one corner, A01 to B02 (the plate is used from A01 to P24): " +
				"they can't show effects of position; predictions far from them may be off",
			ControlCheck.corner("P", plate, List.of("A01", "B02")).orElseThrow());
		assertTrue(
			ControlCheck.corner("P", plate, List.of("C03", "C03")).orElseThrow().contains("lie in the well C03"));
	}

	@Test
	void tooFewAreCounted() {
		final FieldImages queries = images(1, wells(8, 12));
		final List<String> warnings = ControlCheck.warnings("P", StatisticsOrigin.CONTROLS, queries,
			images(2, List.of("B02", "G11")));
		assertEquals(1, warnings.size());
		assertTrue(warnings.get(0).contains("only 4 images of negative controls (2 wells)"), warnings::toString);
		assertTrue(ControlCheck
			.warnings("P", StatisticsOrigin.CONTROLS, queries, images(ControlCheck.ENOUGH / 2, List.of("B02", "G11")))
			.isEmpty());
	}

	@Test
	void theRatioIsReportedWhereItMatters() {
		final FieldImages queries = images(1, wells(8, 12));
		final FieldImages controls = images(24, List.of("B02", "G11"));
		final List<String> warnings = ControlCheck.warnings("P", StatisticsOrigin.JOINT_PLATE, queries, controls);
		assertEquals(1, warnings.size());
		assertTrue(warnings.get(0).contains("0.50 controls per query (48 to 96; published: 2)"), warnings::toString);
		assertTrue(ControlCheck.warnings("P", StatisticsOrigin.JOINT, queries, controls).isEmpty());
		assertTrue(ControlCheck.warnings("P", StatisticsOrigin.JOINT_PLATE, queries, images(96, List.of("B02", "G11")))
			.isEmpty());
	}
}
