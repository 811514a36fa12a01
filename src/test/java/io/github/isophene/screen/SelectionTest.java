// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import static io.github.isophene.screen.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

class SelectionTest {

	private static Field field(final String well, final String compound) {
		return new Field("P", well, "1", Map.of("Metadata_Compound", compound), List.of(Plane.of("/x.tif")));
	}

	private final Screen screen = new Screen(List.of("DNA"),
		List.of(field("A01", "DMSO"), field("A02", "1,2-diol"), field("A03", ""), field("A04", "dmso")));

	private List<String> wells(final String selection) {
		return Selection.parse(selection).fields(screen).stream().map(Field::well).toList();
	}

	@Test
	void selectsByOneOrMoreValues() {
		assertEquals(List.of("A01"), wells("Metadata_Compound=DMSO"));
		assertEquals(List.of("A01", "A04"), wells(" Metadata_Compound = dmso , DMSO "));
		assertEquals(List.of("A02", "A04"), wells("Metadata_Compound=\"1,2-diol\",dmso"));
		assertEquals(List.of("A03"), wells("Metadata_Compound="));
		assertEquals(List.of("A01", "A03"), wells("Metadata_Well=A01,A03"));
		assertEquals(4, wells("Metadata_Plate=P").size());
	}

	@Test
	void testsRowsAndFieldsAlike() {
		final Selection selection = Selection.parse("Metadata_pert_type=negcon");
		assertTrue(selection.test(Map.of("Metadata_pert_type", "negcon")));
		assertFalse(selection.test(Map.of("Metadata_pert_type", "trt")));
		assertFalse(selection.test(Map.of()));
		assertFalse(selection.test(field("A01", "DMSO")));
	}

	@Test
	void isWrittenAsItIsRead() {
		for (final String text : List.of("a=b", "a=b,c", "a=\"b,c\",d", "a=", "a=\"x \"\"y\"\"\"", "a=b=c")) {
			assertEquals(text, Selection.parse(text).toString());
			assertEquals(Selection.parse(text), Selection.parse(Selection.parse(text).toString()));
		}
	}

	@Test
	void saysWhatIsWrong() {
		assertMessage(IllegalArgumentException.class, () -> Selection.parse("negcon"), "'negcon' selects nothing",
			"such as Metadata_pert_type=negcon");
		assertMessage(IllegalArgumentException.class, () -> Selection.parse("=x"), "'=x' selects nothing");
		assertMessage(IllegalArgumentException.class, () -> Selection.parse("a=\"x"), "'a=\"x' selects nothing");
		assertMessage(IllegalArgumentException.class, () -> wells("Metadata_pert_type=negcon"),
			"no column Metadata_pert_type", "it has Metadata_Plate, Metadata_Well, Metadata_Site, Metadata_Compound");
		assertMessage(IllegalArgumentException.class, () -> wells("Metadata_Compound=taxol"),
			"No field has Metadata_Compound=taxol", "the screen's Metadata_Compound is DMSO, 1,2-diol, (blank), dmso");
	}

	@Test
	void blankTextSelectsNothing() {
		final Selection none = Selection.of("  ");
		assertTrue(none.isNone());
		assertEquals("", none.toString());
		assertEquals(none, Selection.of(none.toString()));
		assertFalse(screen.fields().stream().anyMatch(none::test));
		assertFalse(Selection.of("Metadata_pert_type=").isNone(), "the blank values of a column");
	}
}
