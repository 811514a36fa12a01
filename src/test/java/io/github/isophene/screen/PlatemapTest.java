// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import static io.github.isophene.screen.Messages.assertMessage;
import static io.github.isophene.screen.Messages.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatemapTest {

	@TempDir
	private Path dir;

	private static Screen screen(final String... platesAndWells) {
		final List<Field> fields = new ArrayList<>();
		for (final String name : platesAndWells) {
			final String[] parts = name.split(" ");
			fields
				.add(new Field(parts[0], parts[1], "1", Map.of("Metadata_Compound", "?"), List.of(Plane.of("/x.tif"))));
		}
		return new Screen(List.of("DNA"), fields);
	}

	private Platemap map(final String... lines) throws IOException {
		return Platemap.read(write(dir.resolve("map.txt"), lines));
	}

	private static List<String> values(final Screen screen, final String column) {
		return screen.fields().stream().map(f -> f.get(column)).toList();
	}

	@Test
	void joinsByWellOnEveryPlate() throws IOException {
		final Platemap map = map("well_position\tbroad_sample\tMetadata_dose", "a1\tBRD-1\t 3", "A2\tBRD-2\t5",
			"B1\tBRD-3\t7");
		assertFalse(map.hasPlates());
		assertEquals(3, map.size());
		final List<String> warnings = new ArrayList<>();
		final Screen joined = map.join(screen("P1 A01", "P2 A02", "P2 A01", "P1 H12"), warnings::add);
		assertEquals(List.of("BRD-1", "BRD-2", "BRD-1", ""), values(joined, "Metadata_broad_sample"));
		assertEquals(List.of("3", "5", "3", ""), values(joined, "Metadata_dose"));
		assertEquals(List.of("Metadata_Plate", "Metadata_Well", "Metadata_Site", "Metadata_Compound",
			"Metadata_broad_sample", "Metadata_dose"), joined.metadataColumns());
		assertEquals(2, warnings.size());
		assertTrue(
			warnings.get(0).startsWith("1 well of the screen not in the platemap") && warnings.get(0).endsWith(": H12"),
			warnings.get(0));
		assertTrue(
			warnings.get(1).startsWith("1 well of the platemap") && warnings.get(1).endsWith("not in the screen: B01"),
			warnings.get(1));
	}

	@Test
	void batchHasTheNameThatKeysHaveByDefault() throws IOException {
		assertEquals(List.of("Metadata_Batch", "Metadata_compound"),
			map("well\tbatch\tcompound", "A01\tB1\tx").columns());
		assertEquals(List.of("Metadata_Batch"), map("well\tBatch", "A01\tB1").columns());
		assertEquals(List.of("Metadata_batch"), map("well\tMetadata_batch", "A01\tB1").columns());
	}

	@Test
	void joinsByPlateAndWell() throws IOException {
		final Platemap map = map("Plate,Row,Col,drug", "P1,1,1,x", "P2,A,01,y");
		assertTrue(map.hasPlates());
		assertEquals(List.of("x", "y", ""), values(map.join(screen("P1 A01", "P2 A01", "P3 A01")), "Metadata_drug"));
	}

	@Test
	void readsGzipAndSemicolons() throws IOException {
		final Path file = dir.resolve("map.csv.gz");
		try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
			out.write("\uFEFFMetadata_Well;drug\r\n\"A01\";\"x;y\"\r\n".getBytes(StandardCharsets.UTF_8));
		}
		assertEquals(List.of("x;y"), values(Platemap.read(file).join(screen("P1 A01")), "Metadata_drug"));
	}

	@Test
	void replacesColumnsOfTheScreenWhereItHasTheWell() throws IOException {
		final Screen joined = map("well,compound", "A1,aspirin").join(screen("P1 A01", "P1 A02"));
		assertEquals(List.of("aspirin", "?"), values(joined, "Metadata_Compound"));
		assertFalse(joined.metadataColumns().contains("Metadata_compound"));
	}

	@Test
	void translatesControlTypes() throws IOException {
		final Screen screen = screen("P A01", "P A02", "P A03", "P A04");
		final Screen wellType = map("well,well_type", "A1,negative_control", "A2,positive control", "A3,Treatment",
			"A4,").join(screen);
		assertEquals(List.of("negcon", "poscon", "trt", ""), values(wellType, "Metadata_pert_type"));
		assertEquals(List.of("negative_control", "positive control", "Treatment", ""),
			values(wellType, "Metadata_well_type"));
		final Screen both = map("well,pert_type,control_type", "A1,control,negcon", "A2,control,poscon_cp", "A3,trt,",
			"A4,empty,").join(screen);
		assertEquals(List.of("negcon", "poscon", "trt", "empty"), values(both, "Metadata_pert_type"));
		final Screen alone = map("well,control_type", "A1,DMSO", "A2,", "A3,pos", "A4,EMPTY").join(screen);
		assertEquals(List.of("negcon", "trt", "poscon", "empty"), values(alone, "Metadata_pert_type"));
		final Screen full = map("well,Metadata_pert_type,drug", "A1,NegCon,DMSO", "A2,trt,DMSO").join(screen);
		assertEquals(List.of("negcon", "trt", "", ""), values(full, "Metadata_pert_type"));
		assertMessage(IOException.class, () -> map("well,pert_type", "A1,trt", "A2,control"), "map.txt, line 3",
			"'control' is no control type", "write trt, negcon, poscon or empty");
	}

	@Test
	void saysWhatIsWrong() throws IOException {
		assertMessage(IOException.class, () -> map("position,drug", "A1,x"),
			"no column for the well (it has position, drug)", "well_position");
		assertMessage(IOException.class, () -> map("well,Metadata_Well,drug", "A1,A1,x"),
			"two columns for one thing, well and Metadata_Well");
		assertMessage(IOException.class, () -> map("well,drug", "A1,x", "A99,y"), "line 3", "'A99' is no well");
		assertMessage(IOException.class, () -> map("row,col,drug", "A,1,x", "A,,y"), "line 3", "'A' is no well");
		assertMessage(IOException.class, () -> map("well,drug", "A1,x", "B1,y", "a01,z"), "line 4",
			"line 2 and line 4 are both A01");
		assertMessage(IOException.class, () -> map("plate,well,drug", "P1,A1,x", ",A1,y"), "line 3",
			"the plate is empty");
		assertMessage(IOException.class, () -> map("well", "A1"), "tells nothing about its wells");
		assertMessage(IOException.class, () -> map("well,drug"), "no rows");
		assertMessage(IOException.class, () -> map("well,drug,Metadata_drug", "A1,x,y"),
			"Two columns would be named Metadata_drug");
	}

	@Test
	void nothingInCommonIsAnErrorThatShowsBothSides() throws IOException {
		final Platemap byWell = map("well,drug", "A1,x");
		assertMessage(IllegalArgumentException.class, () -> byWell.join(screen("P1 B01", "P1 B02")),
			"No well of the screen is in the platemap", "map.txt", "the screen has B01, B02; the map has A01");
		final Platemap byPlate = map("plate,well,drug", "P01,A1,x");
		assertMessage(IllegalArgumentException.class, () -> byPlate.join(screen("P1 A01")),
			"the screen has P1 A01; the map has P01 A01", "Are the plates named alike?");
	}

	@Test
	void readsLayoutsOfHarmony() throws IOException {
		final String well = "<Well><Row>2</Row><Col>3</Col><Value>%s</Value></Well>";
		final String blank = "<Well><Row>1</Row><Col>1</Col><Value /></Well>";
		final String layer = "<Layer><Name>%s</Name><ValueType>string</ValueType>" + blank + well + "</Layer>";
		final Path xml = write(dir.resolve("layout.xml"),
			"<AssayLayout xmlns=\"http://www.perkinelmer.com/PEHH/HarmonyV5\"><PlateRows>16</PlateRows>",
			String.format(layer, "Compound", "DMSO"),
			String.format(layer, "control type", "x")
				.replace("control type", "control_type")
				.replace(">x<", ">negative<"),
			"</AssayLayout>");
		final Platemap map = Platemap.read(xml);
		assertEquals(1, map.size());
		assertEquals("{Metadata_Compound=DMSO, Metadata_pert_type=negcon, Metadata_control_type=negative}",
			map.join(screen("P B03")).fields().get(0).metadata().toString());
		write(xml, "<AssayLayout>",
			"<Layer><Name>C</Name>" + String.format(well, "a") + String.format(well, "b") + "</Layer></AssayLayout>");
		assertMessage(IOException.class, () -> Platemap.read(xml), "layout.xml", "well B03 comes twice in the layer C");
		write(xml, "<AssayLayout>", "<Layer>");
		assertMessage(IOException.class, () -> Platemap.read(xml), "layout.xml, line 3", "no well-formed XML");
	}
}
