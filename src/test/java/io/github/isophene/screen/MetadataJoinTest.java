// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import static io.github.isophene.screen.Messages.assertMessage;
import static io.github.isophene.screen.Messages.write;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataJoinTest {

	@TempDir
	private Path dir;

	private final Screen screen = new Screen(List.of("DNA"), List.of( //
		new Field("P1", "A01", "1", Map.of("Metadata_Compound", "a"), List.of(Plane.of("/1.tif"))), //
		new Field("P1", "A02", "1", Map.of("Metadata_Compound", "b"), List.of(Plane.of("/2.tif"))), //
		new Field("P2", "A02", "1", Map.of("Metadata_Compound", ""), List.of(Plane.of("/3.tif")))));

	private MetadataJoin join(final List<String> keys, final String... lines) throws IOException {
		return MetadataJoin.read(write(dir.resolve("t.csv"), lines), keys);
	}

	@Test
	void joinsBySeveralColumns() throws IOException {
		final MetadataJoin join = join(List.of("Metadata_Plate", "Metadata_Well"), "Well,Metadata_Plate,dose",
			"a2,P1,3", "A1,P9,4");
		assertEquals(List.of("Metadata_dose"), join.columns());
		final List<String> warnings = new ArrayList<>();
		assertEquals(List.of("", "3", ""),
			join.join(screen, warnings::add).fields().stream().map(f -> f.get("Metadata_dose")).toList());
		assertEquals(
			List.of(
				"2 of the screen's Metadata_Plate, Metadata_Well not in " + dir.resolve("t.csv") + ": P1 A01, P2 A02"),
			warnings);
	}

	@Test
	void aTableOfControlsMakesTreatmentsOfTheRest() throws IOException {
		final List<String> warnings = new ArrayList<>();
		final Screen controls = join(List.of("Metadata_Compound"), "Compound,pert_type", "a,negcon").join(screen,
			warnings::add);
		assertEquals(List.of("negcon", "trt", ""),
			controls.fields().stream().map(f -> f.get("Metadata_pert_type")).toList());
		assertEquals(1, warnings.size());
		final Screen all = join(List.of("Metadata_Compound"), "Compound,pert_type", "a,negcon", "c,trt").join(screen);
		assertEquals(List.of("negcon", "", ""), all.fields().stream().map(f -> f.get("Metadata_pert_type")).toList());
	}

	@Test
	void saysWhatIsWrong() throws IOException {
		assertMessage(IllegalArgumentException.class, () -> MetadataJoin.read(dir.resolve("t.csv"), List.of()),
			"needs a key");
		assertMessage(IOException.class, () -> join(List.of("Metadata_Compound"), "x,y", "1,2"),
			"no column Metadata_Compound (it has x, y)", "key to join by");
		assertMessage(IOException.class, () -> join(List.of("Metadata_x"), "x,y", "1,2", "1,3"), "line 3",
			"line 2 and line 3 are both 1");
		assertMessage(IOException.class, () -> join(List.of("Metadata_x"), "x", "1"), "adds nothing");
		final MetadataJoin other = join(List.of("Metadata_x"), "x,y", "1,2");
		assertMessage(IllegalArgumentException.class, () -> other.join(screen),
			"The screen has no column Metadata_x: it has Metadata_Plate", "Metadata_Compound");
		final MetadataJoin apart = join(List.of("Metadata_Compound"), "Compound,y", "z,2");
		assertMessage(IllegalArgumentException.class, () -> apart.join(screen), "share no Metadata_Compound",
			"the screen has a, b", "the table has z");
	}
}
