// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Selection;
import org.junit.jupiter.api.Test;

class ScreenSamplesTest {

	private static final Selection CONTROLS = Selection.parse("Metadata_pert_type=negcon");
	private final List<Field> fields = new ArrayList<>();

	@Test
	void controlsCarryNoLabelAndBlanksAreLeftOut() {
		plate("P1", "b1", "zeta", "alpha", "DMSO", "");
		plate("P2", "b2", "alpha", "zeta", "DMSO");
		final ScreenSamples samples = of("Metadata_Compound", "Metadata_Batch", CONTROLS);
		assertEquals(List.of("alpha", "zeta"), samples.classes());
		assertEquals(List.of(new Sample("P1", "b1", 1, false), new Sample("P1", "b1", 0, false),
			new Sample("P1", "b1", -1, true), new Sample("P2", "b2", 0, false), new Sample("P2", "b2", 1, false),
			new Sample("P2", "b2", -1, true)), samples.samples());
		assertEquals("A03", samples.fields().get(2).well());
		assertTrue(samples.messages().get(0).contains("1 field is left out"), samples.messages().toString());
		assertTrue(samples.messages().get(1).contains("alpha 2, zeta 2; negative controls 2"),
			samples.messages().toString());
	}

	@Test
	void classesThatNoTrainingPlateShowsAreNamed() {
		plate("P1", "b1", "alpha", "beta", "gamma");
		final ScreenSamples samples = of("Metadata_Compound", "Metadata_Batch", Selection.NONE);
		assertTrue(samples.unlearned(new int[]{0, 1, 2}).isEmpty());
		assertTrue(samples.unlearned(new int[]{1}).orElseThrow().endsWith("can't be learned: alpha, gamma"));
	}

	@Test
	void withoutABatchColumnEachPlateIsABatch() {
		plate("P1", "b", "a", "b");
		plate("P2", "b", "a", "b");
		assertEquals(List.of("P1", "P1", "P2", "P2"),
			of("Metadata_Compound", "", Selection.NONE).samples().stream().map(Sample::batch).toList());
	}

	@Test
	void platesOfOneNameInTwoBatchesAreTwo() {
		plate("1", "b1", "a", "b");
		plate("1", "b2", "a", "b");
		plate("2", "b2", "a", "b");
		final ScreenSamples samples = of("Metadata_Compound", "Metadata_Batch", Selection.NONE);
		assertEquals(List.of("b1/1", "b1/1", "b2/1", "b2/1", "2", "2"),
			samples.samples().stream().map(Sample::plate).toList());
	}

	@Test
	void aBatchColumnThatCutsAPlateIsRefused() {
		plate("P1", "b1", "a", "b");
		fields.add(field("P1", "b2", "C05", "a"));
		assertTrue(message("Metadata_Compound", "Metadata_Batch", Selection.NONE)
			.startsWith("Plate P1 is cut into pieces by the batch column Metadata_Batch (b1, b2)"));
	}

	@Test
	void noRealWellIsLearnedFromAndTested() {
		real("P1", "B1", "training", "x/A01", "x/A02");
		real("P2", "B2", "training", "x/A02", "x/A01");
		real("P3", "B3", "heldout", "x/B01", "x/B02");
		final ScreenSamples samples = of("Metadata_Compound", "Metadata_Batch", Selection.NONE);
		samples.requireApart(new int[]{0, 1, 2, 3}, new int[]{4, 5});
		final String message = assertThrows(IllegalArgumentException.class,
			() -> samples.requireApart(new int[]{0, 1, 4, 5}, new int[]{2, 3})).getMessage();
		assertTrue(message.startsWith("The real well x/A02 is on plate P1"), message);
		assertTrue(message.endsWith("heldout=B3"), message);
		plate("P4", "B4", "a", "b");
		plate("P5", "B5", "a", "b");
		of("Metadata_Compound", "Metadata_Batch", Selection.NONE).requireApart(new int[]{6, 7}, new int[]{8, 9});
	}

	@Test
	void whatIsMissingIsNamed() {
		plate("P1", "b1", "a", "a", "DMSO");
		assertTrue(message("Metadata_Gene", "", Selection.NONE)
			.contains("it has Metadata_Plate, Metadata_Well, Metadata_Site, Metadata_"));
		assertTrue(message("", "", Selection.NONE).contains("label is missing"));
		assertTrue(message("Metadata_Compound", "Week", Selection.NONE).startsWith("batch is 'Week'"));
		assertTrue(message("Metadata_Compound", "", CONTROLS)
			.contains("at least 2 classes, but Metadata_Compound is 'a' in all fields that are no controls"));
		fields.removeIf(f -> f.get("Metadata_pert_type").equals("negcon"));
		assertTrue(message("Metadata_Compound", "", CONTROLS).contains("No field has Metadata_pert_type=negcon"));
	}

	private String message(final String label, final String batch, final Selection controls) {
		return assertThrows(IllegalArgumentException.class, () -> of(label, batch, controls)).getMessage();
	}

	private ScreenSamples of(final String label, final String batch, final Selection controls) {
		return ScreenSamples.of(new Screen(List.of("DNA"), fields), label, batch, controls);
	}

	private void plate(final String plate, final String batch, final String... compounds) {
		for (int i = 0; i < compounds.length; i++) fields.add(field(plate, batch, "A0" + (i + 1), compounds[i]));
	}

	private void real(final String plate, final String batch, final String part, final String... wells) {
		for (int i = 0; i < wells.length; i++)
			fields.add(new Field(plate, "A0" + (i + 1), "1", Map.of("Metadata_Batch", batch, "Metadata_Compound",
				wells[i].endsWith("1") ? "a" : "b", "Metadata_Part", part, "Metadata_Source_Well", wells[i]),
				List.of(Plane.of(plate + i + ".tif"))));
	}

	private static Field field(final String plate, final String batch, final String well, final String compound) {
		return new Field(plate, well, "1", Map.of("Metadata_Batch", batch, "Metadata_Compound", compound,
			"Metadata_pert_type", compound.equals("DMSO") ? "negcon" : "trt"), List.of(Plane.of(well + ".tif")));
	}
}
