// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import static io.github.isophene.screen.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.github.isophene.SharedData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each format on a real export, else on a folder of the same layout: how much of what it finds, and exact values.
 * BBBC021's, whose table has 13,200 rows, needs the real one.
 */
class FormatsOnRealDataTest {

	private static final ScreenFormats FORMATS = TestFormats.all();

	@TempDir
	static Path folder;

	private static ExportSkeletons exports;

	@BeforeAll
	static void makeSkeletons() throws IOException {
		exports = new ExportSkeletons(folder);
	}

	private static Screen open(final Path source) throws IOException {
		return FORMATS.open(source, "auto", ScreenOptions.none());
	}

	private static void assertCounts(final Screen screen, final int plates, final int wells, final int fields,
		final int channels)
	{
		assertEquals(List.of(plates, wells, fields, channels),
			List.of(screen.plates().size(), screen.wellCount(), screen.fields().size(), screen.channels().size()));
	}

	private static void assertFilesExist(final Screen screen) {
		for (final Field field : screen.fields()) {
			for (final Plane plane : field.planes()) {
				assertTrue(plane == null || Files.isRegularFile(Path.of(plane.path())),
					() -> field.label() + ": " + plane);
			}
		}
	}

	@Test
	void operetta() throws IOException {
		final Path folder = exports.get("operetta");
		assertEquals("phenix", FORMATS.choose(folder, "auto").name());
		final Screen screen = open(folder);
		assertCounts(screen, 1, 1, 2, 1);
		assertEquals(List.of("Fluorescein (FITC)"), screen.channels());
		assertEquals("Test_Sample_BALL C03 site 2", screen.fields().get(1).label());
		// its index has a flat field of the one channel, which is applied on request
		final Plane flat = new Plane(folder.resolve("Images/Index.idx.xml").toString(), 1);
		assertEquals(List.of(Plane.of(folder.resolve("Images/r03c03f02p01-ch1sk1fk1fl1.tiff").toString())
			.withIllumination(flat)), screen.fields().get(1).planes());
		assertFilesExist(screen);
		assertEquals(screen, open(folder.resolve("Images")));
		assertEquals(screen, open(folder.resolve("Images/Index.idx.xml")));
	}

	@Test
	void operettaWithItsDrugLayout() throws IOException {
		final Path folder = exports.get("operetta");
		final Platemap map = Platemap.read(folder.resolve("drug_layout.csv"));
		assertEquals(List.of("Metadata_drug", "Metadata_concentration", "Metadata_unit"), map.columns());
		final List<String> warnings = new ArrayList<>();
		final Screen screen = map.join(open(folder), warnings::add);
		assertEquals(List.of(), warnings);
		for (final Field field : screen.fields()) {
			assertEquals("{Metadata_drug=DMSO, Metadata_concentration=0.125, Metadata_unit=%}",
				field.metadata().toString());
		}
		// the layout that was exported with it was never filled in
		final Path layout = folder.resolve("Assaylayout/Unnamed.xml");
		assertMessage(IOException.class, () -> Platemap.read(layout), "Unnamed.xml",
			"no well has a value in the layers Compound");
	}

	@Test
	void phenixWithoutIndex() throws IOException {
		final Path folder = exports.get("jump/BR00117006");
		assertEquals("phenix", FORMATS.choose(folder, "auto").name());
		final Screen screen = open(folder);
		assertCounts(screen, 1, 1, 1, 3);
		assertEquals(List.of("ch2", "ch3", "ch5"), screen.channels());
		final Field field = screen.fields().get(0);
		assertEquals("BR00117006 A01 site 1", field.label());
		assertEquals(folder.resolve("r01c01f01p01-ch5sk1fk1fl1.tiff").toString(), field.planes().get(2).path());
		assertFilesExist(screen);
		// the folder above, as a folder of plates
		assertEquals(screen, open(folder.getParent()));
	}

	@Test
	void imageXpressOneSiteAndWavelength() throws IOException {
		final Path folder = exports.get("imagexpress/9987_Plate_3420");
		assertEquals("imagexpress", FORMATS.choose(folder, "auto").name());
		final Screen screen = open(folder);
		assertCounts(screen, 1, 1, 1, 1);
		assertEquals(List.of("DAPI"), screen.channels());
		assertEquals("9987_Plate_3420 B02 site 1", screen.fields().get(0).label());
		assertEquals(List.of(Plane.of(folder.resolve("TimePoint_1/9987_B02.TIF").toString())),
			screen.fields().get(0).planes());
		assertTrue(screen.fields().get(0).metadata().isEmpty());
		assertEquals(screen, open(folder.resolve("9987.HTD")));
		assertEquals(screen, open(folder.resolve("TimePoint_1/9987.HTD")));
	}

	@Test
	void imageXpressTakesTheProjectionOfAStack() throws IOException {
		final Path folder = exports.get("imagexpress/9987_Plate_3434");
		final Screen screen = open(folder);
		assertCounts(screen, 1, 2, 4, 3);
		assertEquals(List.of("DAPI", "FITC", "Texas Red"), screen.channels());
		final Field field = screen.fields().get(3);
		assertEquals("9987_Plate_3434 B03 site 2", field.label());
		assertEquals(folder.resolve("TimePoint_1/ZStep_0/9987_B03_s2_w3.TIF").toString(), field.planes().get(2).path());
		assertEquals("{Metadata_Plane=projection}", field.metadata().toString());
		assertFilesExist(screen);
	}

	@Test
	void imageXpressTakesTheFirstTimePoint() throws IOException {
		final Path folder = exports.get("imagexpress/9987_Plate_3435");
		final Screen screen = open(folder);
		assertCounts(screen, 1, 2, 4, 2);
		assertEquals(List.of("DAPI", "FITC"), screen.channels());
		assertEquals(folder.resolve("TimePoint_1/9987_B02_s2_w2.TIF").toString(),
			screen.fields().get(1).planes().get(1).path());
		assertEquals("{Metadata_Timepoint=1}", screen.fields().get(1).metadata().toString());
	}

	@Test
	void imageXpressPlatesTogether() throws IOException {
		final Screen screen = open(exports.get("imagexpress"));
		assertCounts(screen, 3, 5, 9, 3);
		assertEquals(List.of("DAPI", "FITC", "Texas Red"), screen.channels());
		assertEquals(List.of("9987_Plate_3420", "9987_Plate_3434", "9987_Plate_3435"),
			List.copyOf(screen.plates().keySet()));
		assertNull(screen.fields().get(0).planes().get(1));
		assertFilesExist(screen);
	}

	@Test
	void nf1ByPattern() throws IOException {
		final Path folder = exports.get("nf1");
		final ScreenOptions options = ScreenOptions.none().withPattern(
			"(?<well>[A-P]\\d+)_01_\\d_(?<site>\\d)_(?<channel>[A-Z]+)_001\\.tif");
		final Screen screen = FORMATS.open(folder, "pattern", options);
		assertCounts(screen, 1, 5, 5, 3);
		assertEquals(List.of("DAPI", "GFP", "RFP"), screen.channels());
		assertEquals(List.of("B07", "D06", "D07", "F07", "H12"), screen.fields().stream().map(Field::well).toList());
		assertEquals("nf1 H12 site 1", screen.fields().get(4).label());
		assertEquals(folder.resolve("B7_01_2_3_GFP_001.tif").toString(), screen.fields().get(0).planes().get(1).path());
		assertFilesExist(screen);
		assertEquals(screen, FORMATS.open(folder, "auto", options));
	}

	@Test
	void bbbc021() throws IOException {
		final Path folder = exports.get("bbbc021");
		assertEquals("bbbc021", FORMATS.choose(folder, "auto").name());
		final Screen screen = open(folder);
		assertCounts(screen, 55, 3300, 13_200, 3);
		assertEquals(List.of("DAPI", "Tubulin", "Actin"), screen.channels());
		final Field first = screen.fields().get(0);
		assertEquals("Week4_27481 G10 site 1", first.label());
		assertEquals(
			"{Metadata_Batch=Week4, Metadata_pert_type=trt, Metadata_Compound=5-fluorouracil, " +
				"Metadata_Concentration=0.003, " +
				"Metadata_moa=, Metadata_Replicate=1, Metadata_TableNumber=4, Metadata_ImageNumber=233}",
			first.metadata().toString());
		assertEquals(folder.resolve("Week4/Week4_27481/G10_s1_w1BEDC2073-A983-4B98-95E9-84466707A25D.tif").toString(),
			first.planes().get(0).path());
		// the site is in the name: 363 wells list sites 3 and 4 before 1 and 2
		assertEquals(363,
			screen.plates()
				.values()
				.stream()
				.flatMap(plate -> plate.stream().collect(Collectors.groupingBy(Field::well)).values().stream())
				.filter(well -> well.get(0).site().equals("3"))
				.count());
		assertEquals(1320, Selection.parse("Metadata_pert_type=negcon").fields(screen).size());
		assertEquals(10, screen.fields().stream().map(f -> f.get("Metadata_Batch")).distinct().count());
		assertEquals(3848, screen.fields().stream().filter(f -> !f.get("Metadata_moa").isEmpty()).count());
		// 12 mechanisms and DMSO
		assertEquals(13,
			screen.fields().stream().map(f -> f.get("Metadata_moa")).filter(m -> !m.isEmpty()).distinct().count());
	}

	@Test
	void jumpTablesJoinByPlateAndByCompound(@TempDir final Path dir) throws IOException {
		final Path plates = exports.get("jump/plate.csv.gz");
		final MetadataJoin byPlate = MetadataJoin.read(plates, List.of("Metadata_Plate"));
		final Path table = Messages.write(dir.resolve("t.csv"),
			"FileName_OrigDNA,Metadata_Plate,Metadata_Well,Metadata_JCP2022", //
			"a.tif,UL001641,A1,JCP2022_033924", "b.tif,UL001641,A2,JCP2022_000001", "c.tif,UL000109,A1,JCP2022_999999",
			"d.tif,BR00117006,A1,JCP2022_037716", "e.tif,UL001641,A3,");
		final List<String> warnings = new ArrayList<>();
		final Screen joined = byPlate.join(ScreenTable.read(table), warnings::add);
		assertEquals("source_1", joined.fields().get(0).get("Metadata_Source"));
		assertEquals("Batch1_20221004", joined.fields().get(0).get("Metadata_Batch"));
		assertEquals("COMPOUND", joined.fields().get(1).get("Metadata_PlateType"));
		assertEquals("COMPOUND_EMPTY", joined.fields().get(2).get("Metadata_PlateType"));
		assertEquals("", joined.fields().get(3).get("Metadata_Source"));
		assertEquals(1, warnings.size());
		assertTrue(warnings.get(0).startsWith("1 of the screen's Metadata_Plate not in ") &&
			warnings.get(0).endsWith(": BR00117006"), warnings.get(0));

		final MetadataJoin byCompound = MetadataJoin.read(exports.get("jump/perturbation_control.csv"),
			List.of("Metadata_JCP2022"));
		final Screen controls = byCompound.join(joined);
		assertEquals(List.of("negcon", "trt", "empty", "poscon", ""),
			controls.fields().stream().map(f -> f.get("Metadata_pert_type")).toList());
		assertEquals("AMG900", controls.fields().get(3).get("Metadata_Name"));
		assertEquals(1, Selection.parse("Metadata_pert_type=negcon").fields(controls).size());

		// a plate that the table doesn't have, alone
		final Screen alone = open(exports.get("jump/BR00117006"));
		assertMessage(IllegalArgumentException.class, () -> byPlate.join(alone), "share no Metadata_Plate",
			"the screen has BR00117006", "the table has UL000109, UL001641");
	}

	@Test
	void everyRealScreenSurvivesItsTable(@TempDir final Path dir) throws IOException {
		final List<String> names = new ArrayList<>(List.of("operetta", "jump/BR00117006", "imagexpress"));
		if (SharedData.has("bbbc021")) names.add("bbbc021");
		for (final String name : names) {
			final Screen screen = open(exports.get(name));
			final Path table = dir.resolve(name).resolve("screen.csv.gz");
			ScreenTable.write(screen, table);
			final Screen back = open(table.getParent());
			assertEquals(screen.channels(), back.channels());
			for (int i = 0; i < screen.fields().size(); i++) {
				final Field field = back.fields().get(i);
				assertEquals(screen.fields().get(i).label(), field.label());
				assertEquals(screen.fields().get(i).planes(), field.planes());
				screen.fields().get(i).metadata().forEach((column, value) -> assertEquals(value, field.get(column)));
			}
		}
	}
}
