// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import javax.swing.JPanel;

import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.profiles.ProfileTableBuilder;
import io.github.isophene.screen.Selection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WellSelectionTest {

	@AfterEach
	void clear() {
		WellSelection.select(List.of(), false);
	}

	private static PlateWells plate(final String feature) {
		final ProfileTableBuilder builder = ProfileTable.builder(List.of("Metadata_Plate", "Metadata_Well"),
			List.of(feature));
		for (final String well : List.of("A01", "A02", "B01")) builder.add(List.of("P", well), new float[]{1});
		return new PlateWells(null, builder.build(), Selection.NONE);
	}

	@Test
	void wellsOfTwoTablesAreTheSameByPlateAndName() {
		final PlateWells one = plate("a");
		final PlateWells other = plate("b");
		final AtomicInteger changes = new AtomicInteger();
		WellSelection.listen(new JPanel(), changes::incrementAndGet);
		WellSelection.select(List.of(one.well("P", 1, 2)), false);
		assertEquals(List.of(other.well("P", 1, 2)), WellSelection.of(other));
		WellSelection.select(List.of(other.well("P", 2, 1)), true);
		assertEquals(2, WellSelection.of(one).size());
		WellSelection.toggle(one.well("P", 1, 2));
		assertEquals(List.of("B01"), WellSelection.of(one).stream().map(ViewedWell::name).toList());
		WellSelection.select(List.of(), false);
		assertTrue(WellSelection.of(other).isEmpty());
		assertEquals(4, changes.get());
	}
}
