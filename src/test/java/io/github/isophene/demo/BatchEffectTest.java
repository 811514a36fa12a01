// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

class BatchEffectTest {

	private static final DemoOptions OPTIONS = DemoOptions.defaults();

	@Test
	void shiftZeroIsNoEffectAtAll() {
		for (final PlannedField field : new ScreenPlan(OPTIONS.withShift(0)).fields()) {
			assertEquals(BatchEffect.none(4), field.effect());
		}
	}

	@Test
	void effectsGrowInProportionToTheShift() {
		final BatchEffect one = new ScreenPlan(OPTIONS).effects().ofBatch(3);
		final BatchEffect two = new ScreenPlan(OPTIONS.withShift(2)).effects().ofBatch(3);
		for (int c = 0; c < 4; c++) {
			assertEquals(2 * Math.log(one.gain().get(c)), Math.log(two.gain().get(c)), 1e-5);
			assertEquals(2 * one.offset().get(c), two.offset().get(c), 2e-6);
			assertEquals(2 * one.blur().get(c), two.blur().get(c), 2e-6);
			assertEquals(2 * one.bleed().get(c), two.bleed().get(c), 2e-6);
		}
		assertEquals(2 * one.vignetting(), two.vignetting(), 2e-6);
		assertEquals(2 * one.centerX(), two.centerX(), 2e-6);
		assertEquals(2 * Math.log(one.noise()), Math.log(two.noise()), 1e-5);
		assertEquals(2 * Math.log(one.density()), Math.log(two.density()), 1e-5);
	}

	@Test
	void batchesFillTheRangesAndPlatesOfABatchAreCloser() {
		final ScreenPlan plan = new ScreenPlan(OPTIONS.withBatches(99));
		double batches = 0;
		double plates = 0;
		for (int b = 1; b <= 99; b++) {
			final BatchEffect batch = plan.effects().ofBatch(b);
			for (int c = 0; c < 4; c++) {
				assertTrue(Math.abs(Math.log(batch.gain().get(c))) <= 2.5 * Effects.STANDARD.batch().gain() + 1e-6);
				assertTrue(batch.bleed().get(c) >= 0 && batch.bleed().get(c) < Effects.STANDARD.batch().bleed());
				assertTrue(batch.blur().get(c) >= 0);
				batches += Math.pow(Math.log(batch.gain().get(c)), 2);
				plates += Math.pow(Math.log(plan.effects().ofPlate(b, 1).gain().get(c)), 2);
			}
		}
		// Cutting at 2.5 leaves 96 % of a normal number's standard deviation; 396 draws.
		assertEquals(.955 * Effects.STANDARD.batch().gain(), Math.sqrt(batches / 396), .04);
		assertEquals(.955 * Effects.STANDARD.plate().gain(), Math.sqrt(plates / 396), .012);
	}

	@Test
	void aWellsEffectIsThatOfBatchPlateAndPosition() {
		final ScreenPlan plan = new ScreenPlan(OPTIONS);
		final PlannedField field = plan.plates().get("B2_P1").get(5);
		final BatchEffect batch = plan.effects().ofBatch(2);
		final BatchEffect plate = plan.effects().ofPlate(2, 1);
		final double position = plan.effects().position(2, 1).at(field.well(), 8, 12, 4).gain().get(0);
		for (int c = 0; c < 4; c++) {
			assertEquals(batch.gain().get(c) * plate.gain().get(c) * position, field.effect().gain().get(c), 4e-6);
			assertEquals(batch.offset().get(c) + plate.offset().get(c), field.effect().offset().get(c), 1e-6);
			assertEquals(Math.hypot(batch.blur().get(c), plate.blur().get(c)), field.effect().blur().get(c), 1e-6);
		}
		assertNotEquals(plan.effects().ofBatch(1), batch);
	}

	@Test
	void positionIsAGradientAndAnEdge() {
		final PlatePosition position = new PlatePosition(.2, -.1, .05);
		assertEquals(Math.exp(-.1 + .05 + .05), gain(position, "A01"), 1e-6);
		assertEquals(Math.exp(.1 - .05 + .05), gain(position, "H12"), 1e-6);
		// Row 4 of 8 is 3/7 of the way, column 6 of 12 is 5/11.
		assertEquals(Math.exp(.2 * (3 / 7. - .5) - .1 * (5 / 11. - .5)), gain(position, "D06"), 1e-6);
	}

	private static double gain(final PlatePosition position, final String well) {
		final List<Double> gains = position.at(well, 8, 12, 4).gain();
		assertEquals(gains.get(0), gains.get(3));
		return gains.get(0);
	}

	@Test
	void wellsOfAPlateDifferUnderTheMeasuredEffectsOnly() {
		final ScreenPlan standard = new ScreenPlan(DemoOptions.defaults());
		assertEquals(BatchEffect.none(4), standard.effects().ofWell(1, 1, "A01"));
		final ScreenPlan jump = new ScreenPlan(DemoOptions.defaults().withEffects(Effects.JUMP));
		final BatchEffect first = jump.effects().ofWell(1, 1, "A01");
		assertNotEquals(first, jump.effects().ofWell(1, 1, "A02"));
		assertEquals(first, jump.effects().ofWell(1, 1, "A01"));
		assertEquals(0, first.vignetting(), "one microscope for all wells");
		final BatchEffect field = jump.plates().get("B1_P1").get(0).effect();
		final String well = jump.plates().get("B1_P1").get(0).well();
		final double density = jump.effects().ofBatch(1).density() * jump.effects().ofPlate(1, 1).density() *
			jump.effects().ofWell(1, 1, well).density();
		assertEquals(density, field.density(), 2e-6);
	}
}
