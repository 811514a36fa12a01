// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Selection;
import org.junit.jupiter.api.Test;

class ScreenIntensityTest {

	private static final Intensity AUTO = Intensity.parse("auto:1:99+fixed:0.2:0.3");

	/** Fields as "plate well type". */
	private static Screen screen(final String... fields) {
		return new Screen(List.of("DNA"),
			Arrays.stream(fields)
				.map(text -> text.split(" "))
				.map(f -> new Field(f[0], f[1], "1", Map.of("Metadata_pert_type", f[2]), List.of(Plane.of("x.tif"))))
				.toList());
	}

	private static String rule(final Intensity wanted, final String controls, final Screen screen) {
		return ScreenIntensity.of(wanted, Selection.of(controls), screen).rule();
	}

	@Test
	void controlsAreUsedWhereEveryPlateHasSome() {
		final Screen both = screen("P1 A01 negcon", "P1 A02 trt", "P2 A01 negcon", "P2 A02 trt");
		assertEquals("control-percentile:1:99+fixed:0.2:0.3 of Metadata_pert_type=negcon", rule(AUTO, "", both));
		assertEquals("control-percentile:1:99+fixed:0.2:0.3 of Metadata_pert_type=trt",
			rule(AUTO, "Metadata_pert_type=trt", both));
		final ScreenIntensity made = ScreenIntensity.of(AUTO, Selection.NONE, both);
		assertEquals(List.of("Intensities: " + made.rule()), made.notes());
		assertTrue(made.warnings().isEmpty());
		assertTrue(made.controls().test(both.fields().get(0)));
	}

	@Test
	void onePlateWithoutControlsPutsAllPlatesOnOneOtherRuleAndIsNamed() {
		final Screen lacking = screen("P1 A01 negcon", "P1 A02 trt", "P2 A01 trt", "P3 A01 trt");
		final ScreenIntensity made = ScreenIntensity.of(AUTO, Selection.NONE, lacking);
		assertEquals("plate-percentile:1:99+fixed:0.2:0.3", made.rule());
		assertTrue(
			made.warnings().get(0).contains("2 of the plates have no control well (Metadata_pert_type=negcon): P2, P3"),
			made.warnings().get(0));
		final ScreenIntensity none = ScreenIntensity.of(AUTO, Selection.NONE, screen("P1 A01 trt", "P1 A02 trt"));
		assertEquals("plate-percentile:1:99+fixed:0.2:0.3", none.rule());
		assertTrue(none.warnings().get(0).startsWith("No control wells are named or found. "), none.warnings().get(0));
		assertTrue(none.controls().isNone());
	}

	@Test
	void aSingleFieldIsScaledByItself() {
		assertEquals("percentile:1:99+fixed:0.2:0.3", rule(AUTO, "", screen("P1 A01 trt")));
		assertEquals("control-percentile:1:99+fixed:0.2:0.3 of Metadata_pert_type=negcon",
			rule(AUTO, "", screen("P1 A01 negcon")));
	}

	@Test
	void whatIsAskedForIsKept() {
		final Screen both = screen("P1 A01 negcon", "P1 A02 trt");
		for (final String spec : List.of("percentile:0.1:99.9", "clip8", "plate-percentile:0:100", "self", "typemax")) {
			assertEquals(spec, rule(Intensity.parse(spec), "", both));
			assertEquals(spec, rule(Intensity.parse(spec), "Metadata_pert_type=negcon", both));
		}
		assertEquals("clip8", rule(Intensity.parse("published"), "", both));
		final Intensity controls = Intensity.parse("control-percentile:0:100");
		assertEquals("control-percentile:0:100 of Metadata_pert_type=negcon", rule(controls, "", both));
		final String message = assertThrows(IllegalArgumentException.class,
			() -> rule(controls, "", screen("P1 A01 trt", "P1 A02 trt"))).getMessage();
		assertTrue(message.contains("name them in controls"), message);
		assertThrows(IllegalArgumentException.class, () -> rule(AUTO, "Metadata_pert_type=dmso", both));
	}

	@Test
	void platesOfOneNameInTwoBatchesAreTwo() {
		final Screen two = screen("P1 A01 negcon", "P1 A02 trt");
		assertEquals("plate-percentile:1:99+fixed:0.2:0.3",
			ScreenIntensity.of(AUTO, Selection.NONE, two, two.fields(), Field::well).rule());
	}
}
