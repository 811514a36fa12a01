// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.github.isophene.screen.Wells;
import org.junit.jupiter.api.Test;

class PlateLayoutTest {

	@Test
	void everyClassIsOnEveryPlateHoweverFewWells() {
		for (int classes = 2; classes <= Phenotype.all().size(); classes++) {
			final int least = PlateLayout.minimalWells(classes);
			final DemoOptions options = DemoOptions.defaults().withWells(least).withClasses(classes);
			for (int plate = 1; plate <= 5; plate++) {
				final Map<String, Integer> layout = layout(options, 1, plate).classes();
				assertEquals(least, layout.size());
				assertEquals(classes, new HashSet<>(layout.values()).size(), classes + " classes on " + layout);
				assertTrue(controls(layout).size() >= 2, layout.toString());
			}
		}
	}

	@Test
	void aQuarterToAThirdAreControlsAndTreatmentsAreBalanced() {
		for (final int wells : List.of(16, 24, 60, 96, 384)) {
			final Map<String, Integer> layout = layout(DemoOptions.defaults().withWells(wells), 2, 1).classes();
			final double share = controls(layout).size() / (double) wells;
			assertTrue(share >= .25 && share <= 1 / 3., wells + " wells: " + share);
			final int[] count = new int[6];
			layout.values().forEach(label -> count[label]++);
			for (int k = 2; k < 6; k++) assertTrue(Math.abs(count[k] - count[1]) <= 1, wells + " wells, class " + k);
		}
	}

	@Test
	void controlsAreSpreadOverThePlate() {
		for (int plate = 1; plate <= 20; plate++) {
			final Set<
				String> controls = controls(layout(DemoOptions.defaults().withWells(24), 1, plate).classes());
			final Set<Integer> quadrants = new HashSet<>();
			for (final String well : controls) {
				quadrants.add((Wells.row(well) > 4 ? 2 : 0) + (Wells.column(well) > 6 ? 1 : 0));
			}
			assertEquals(4, quadrants.size(), "plate " + plate + ": " + controls);
		}
	}

	@Test
	void moreWellsLeaveTheOthersWhereTheyAre() {
		final Map<String, Integer> few = layout(DemoOptions.defaults().withWells(16), 1, 1).classes();
		final Map<String, Integer> many = layout(DemoOptions.defaults().withWells(40), 1, 1).classes();
		assertEquals(40, many.size());
		few.forEach((well, label) -> assertEquals(label, many.get(well), well));
	}

	@Test
	void platesAndSeedsDiffer() {
		final DemoOptions options = DemoOptions.defaults();
		final Map<String, Integer> one = layout(options, 1, 1).classes();
		assertEquals(one, layout(options, 1, 1).classes());
		assertNotEquals(one, layout(options, 1, 2).classes());
		assertNotEquals(one, layout(options, 2, 1).classes());
		assertNotEquals(one, layout(options.withSeed(2), 1, 1).classes());
	}

	@Test
	void platesOfALibraryHoldEveryTreatmentOncePerBatch() {
		final DemoOptions options = DemoOptions.defaults()
			.withPlates(3)
			.withWells(30)
			.withClasses(51)
			.withLibrary(true);
		final ScreenPlan plan = new ScreenPlan(options);
		for (int batch = 1; batch <= 2; batch++) {
			final Set<Integer> seen = new TreeSet<>();
			for (int plate = 1; plate <= 3; plate++) {
				final Set<Integer> on = new TreeSet<>(plan.layout(batch, plate).classes().values());
				assertTrue(on.remove(0), "controls on every plate");
				assertEquals(new TreeSet<>(plan.layout(1, plate).classes().values()).tailSet(1), on);
				for (final int label : on) assertTrue(seen.add(label), label + " is on two plates");
			}
			assertEquals(50, seen.size());
		}
		assertEquals(51, new HashSet<>(plan(options.withLibrary(false).withWells(90)).values()).size());
	}

	private static Map<String, Integer> plan(final DemoOptions options) {
		return new ScreenPlan(options).layout(1, 1).classes();
	}

	@Test
	void manyWellsNeedALargerPlate() {
		assertEquals(12, layout(DemoOptions.defaults().withWells(96), 1, 1).columns());
		final PlateLayout large = layout(DemoOptions.defaults().withWells(384), 1, 1);
		assertEquals(24, large.columns());
		assertEquals(16, large.rows());
		assertTrue(large.classes().containsKey("P24") && large.classes().containsKey("A01"));
	}

	private static Set<String> controls(final Map<String, Integer> layout) {
		final Set<String> controls = new TreeSet<>();
		layout.forEach((well, label) -> {
			if (label == 0) controls.add(well);
		});
		return controls;
	}

	private static PlateLayout layout(final DemoOptions options, final int batch, final int plate) {
		return PlateLayout.of(options.wells(), options.classes(), options.seed(), batch, plate);
	}
}
