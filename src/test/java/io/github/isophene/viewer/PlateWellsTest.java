// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.viewer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Dimension;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import ij.CompositeImage;
import ij.ImagePlus;
import io.github.isophene.demo.DemoOptions;
import io.github.isophene.demo.DemoScreen;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.plots.ColorScale;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.progress.Progress;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Selection;
import io.github.isophene.screen.Wells;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlateWellsTest {

	private static final Selection DMSO = Selection.parse("Metadata_Compound=DMSO");

	@TempDir
	private Path dir;

	private static Field field(final String plate, final String well, final String site, final String compound,
		final String dose)
	{
		return new Field(plate, well, site, Map.of("Metadata_Compound", compound, "Metadata_Dose", dose), List.of());
	}

	private static Screen screen() {
		return new Screen(List.of(),
			List.of(field("P10", "A01", "1", "DMSO", ""), field("P10", "A01", "2", "DMSO", ""),
				field("P2", "H12", "1", "taxol", "3"), field("P2", "B03", "1", "DMSO", ""),
				field("P2", "B04", "1", "nocodazole", "0.5")));
	}

	private static ProfileTable table() {
		return ProfileTable.of(List.of("Metadata_Plate", "Metadata_Well", "Metadata_Predicted_Compound"),
			List.of("f1", "f2"), new String[][]{{"P2", "H12", "taxol"}, {"P2", "H12", "DMSO"}, {"P2", "B03", "DMSO"}},
			new float[][]{{3, 4}, {3, 4}, {0, 1}});
	}

	@Test
	void wellsOfAScreenAndATableAreJoined() {
		final PlateWells wells = new PlateWells(screen(), table(), DMSO);
		assertEquals(List.of("P2", "P10"), wells.plates());
		assertEquals(List.of("B03", "B04", "H12"), wells.wells("P2").stream().map(ViewedWell::name).toList());
		assertArrayEquals(new int[]{8, 12}, wells.format());
		final ViewedWell h12 = wells.well("P2", 8, 12);
		assertEquals("taxol, DMSO", wells.text(h12, "Metadata_Predicted_Compound"));
		assertEquals(5, wells.number(h12, PlateWells.LENGTH));
		assertEquals("taxol", wells.text(h12, "Metadata_Compound"));
		assertEquals(3, wells.number(h12, "Metadata_Dose"));
		assertFalse(wells.isControl(h12));
		assertTrue(wells.isControl(wells.well("P2", 2, 3)));
		assertNull(wells.well("P2", 1, 1));
		assertNull(wells.well("P2", 40, 1));
		assertEquals(2, wells.number(wells.well("P10", 1, 1), PlateWells.FIELDS));
		assertEquals("Metadata_Predicted_Compound", wells.bestColumn());
		assertEquals("Metadata_Compound=DMSO",
			wells.selection(List.of(wells.well("P10", 1, 1), wells.well("P2", 2, 3))));
		assertEquals("", wells.selection(List.of(wells.well("P10", 1, 1))));
	}

	private static PlateWells of(final List<Map<String, String>> wells) {
		final List<Field> fields = new ArrayList<>();
		for (int i = 0; i < wells.size(); i++)
			fields.add(new Field("P" + (1 + i / 6), Wells.name(1 + i % 6 / 3, 1 +
				i % 3), "1", wells.get(i), List.of()));
		return new PlateWells(new Screen(List.of(), fields), null, Selection.NONE);
	}

	private static List<Map<String, String>> wells(final Map<String, List<String>> values) {
		final List<Map<String, String>> wells = new ArrayList<>();
		for (int i = 0; i < 12; i++) {
			final Map<String, String> well = new LinkedHashMap<>();
			for (final Map.Entry<String, List<String>> entry : values.entrySet())
				well.put("Metadata_" + entry.getKey(), entry.getValue().get(i % entry.getValue().size()));
			wells.add(well);
		}
		return wells;
	}

	/** The rule that the guide gives; with the kind of well alone, all compounds would look the same. */
	@Test
	void theColumnThatTellsMostIsColoredFirst() {
		final List<String> kinds = List.of("negcon", "trt", "trt");
		final List<String> drugs = List.of("DMSO", "taxol", "nocodazole");
		final List<String> plate = List.of("B1", "B1", "B1", "B1", "B1", "B1", "B2", "B2", "B2", "B2", "B2", "B2");
		final List<String> each = List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12");
		for (final String name : List.of("drug", "Compound_Name", "pert_iname", "gene symbol", "Treatment", "moa"))
			assertEquals("Metadata_" + name,
				of(wells(new TreeMap<>(Map.of("pert_type", kinds, name, drugs, "Batch", plate)))).bestColumn());
		assertEquals("Metadata_stuff", of(wells(new TreeMap<>(Map.of("a", kinds, "barcode", each, "pert_type", kinds,
			"stuff", drugs, "Batch", plate)))).bestColumn(), "of unknown names the most values");
		assertEquals("Metadata_pert_type", of(wells(new TreeMap<>(Map.of("pert_type", kinds, "Compound",
			List.of("DMSO"), "Batch", plate)))).bestColumn(), "one value tells nothing");
		assertEquals("Metadata_Batch", of(wells(new TreeMap<>(Map.of("Batch", plate, "Day", plate)))).bestColumn());
		assertEquals(PlateWells.FIELDS, of(wells(Map.of("Compound", List.of("DMSO")))).bestColumn());
	}

	/** Some wells in a corner of a 96-well plate are no plate of 24. */
	@Test
	void theWholePlateIsDrawn() {
		for (final int[] format : new int[][]{{2, 3}, {4, 6}, {8, 12}, {16, 24}, {32, 48}}) {
			final List<Field> fields = new ArrayList<>();
			for (int row = 1; row <= format[0]; row++) for (int column = 1; column <= format[1]; column++)
				fields.add(new Field("P", Wells.name(row, column), "1", Map.of(), List.of()));
			assertArrayEquals(format, new PlateWells(new Screen(List.of(), fields), null, Selection.NONE).format());
			assertArrayEquals(format[0] < 8 ? new int[]{8, 12} : format, new PlateWells(new Screen(List.of(),
				fields.subList(1, fields.size())), null, Selection.NONE).format());
		}
	}

	@Test
	void picturesAreSavedBesideWhatIsShown() throws IOException {
		final Path table = Files.createFile(dir.resolve("screen.csv"));
		assertEquals(dir, PlateViewer.folderOf(table));
		assertEquals(dir, PlateViewer.folderOf(dir));
	}

	@Test
	void wrongTablesAreRefused() {
		final ProfileTable elsewhere = ProfileTable.of(List.of("Metadata_Plate", "Metadata_Well"), List.of("f"),
			new String[][]{{"Q", "A01"}}, new float[][]{{1}});
		assertTrue(
			assertThrows(IllegalArgumentException.class, () -> new PlateWells(screen(), elsewhere, Selection.NONE))
				.getMessage()
				.contains("none of its wells is in the screen"));
		final ProfileTable without = ProfileTable.of(List.of("Metadata_Plate"), List.of("f"), new String[][]{{"Q"}},
			new float[][]{{1}});
		assertTrue(assertThrows(IllegalArgumentException.class, () -> new PlateWells(null, without, Selection.NONE))
			.getMessage()
			.contains("no column Metadata_Well"));
	}

	@Test
	void categoriesHaveDistinctColorsAndNumbersAScale() {
		assertThrows(NullPointerException.class, () -> new PlateWells(screen(), table(), null));
		final PlateWells wells = new PlateWells(screen(), table(), Selection.NONE);
		final WellColors compounds = new WellColors(wells, "Metadata_Compound");
		assertEquals(List.of("DMSO", "nocodazole", "taxol"), List.copyOf(compounds.categories().keySet()));
		assertEquals(3, compounds.categories().values().stream().distinct().count());
		final WellColors feature = new WellColors(wells, "f1");
		assertTrue(feature.isNumber());
		assertEquals(ColorScale.MISSING, feature.color(wells.well("P2", 2, 4)));
		assertNotEquals(feature.color(wells.well("P2", 2, 3)), feature.color(wells.well("P2", 8, 12)));
	}

	@Test
	void aPlaceOfThePictureIsTheWellThatIsDrawnThere() {
		final PlateWells wells = new PlateWells(screen(), null, DMSO);
		final WellColors colors = new WellColors(wells, "Metadata_Compound");
		final PlatePicture picture = new PlatePicture(wells, PlatePicture.side(wells, new Dimension(1000, 600)));
		final BufferedImage image = PlatePicture.montage(wells, List.of("P2"), colors, picture.bounds(1, 1).width);
		for (final ViewedWell well : wells.wells("P2")) {
			final Rectangle box = picture.bounds(well.row(), well.column());
			assertEquals(well, picture.at("P2", new Point(box.x + 1, box.y + 1)));
			assertEquals(colors.color(well).getRGB(), image.getRGB(box.x + 1, box.y + 1));
		}
		assertNull(picture.at("P2", new Point(1, 1)));
		assertNull(picture.at("P2", new Point(5000, 5000)));
		final Dimension size = picture.size();
		assertTrue(size.width <= 1000 && size.height <= 600, size.toString());
	}

	@Test
	void fieldsOpenAsCompositesWithNamesAndOneContrastPerPlate() throws IOException {
		final Screen demo = DemoScreen.write(dir, DemoOptions.defaults()
			.withBatches(1)
			.withPlates(1)
			.withWells(8)
			.withSize(96)
			.withClasses(2), Progress.NONE)
			.screen();
		final FieldComposite fields = new FieldComposite(FieldReaders.builtIn(), demo.channels());
		final double[][] contrast = fields.contrast(demo.fields());
		final ImagePlus image = fields.open(demo.fields().get(0), contrast);
		assertTrue(image.isComposite() && ((CompositeImage) image).getMode() == CompositeImage.COMPOSITE);
		assertEquals(demo.channels().size(), image.getNChannels());
		assertEquals(1, image.getNSlices());
		for (int c = 1; c <= image.getNChannels(); c++) {
			assertEquals(demo.channels().get(c - 1), image.getStack().getSliceLabel(c));
			assertEquals(contrast[c - 1][0],
				image.getChannelProcessor() == null ? 0 : ((CompositeImage) image).getChannelLut(c).min);
			assertEquals(contrast[c - 1][1], ((CompositeImage) image).getChannelLut(c).max);
		}
		assertEquals(32, fields.thumbnail(demo.fields().get(0), contrast, 32).getWidth());
		fields.close();
	}

	@Test
	void wellsAreWrittenAsCsv() throws IOException {
		final PlateWells wells = new PlateWells(screen(), table(), DMSO);
		final Path file = dir.resolve("wells.csv");
		WellsCsv.write(wells, wells.wells("P2"), "f1", file);
		final List<String> lines = Files.readAllLines(file);
		assertEquals(4, lines.size());
		assertTrue(lines.get(0).startsWith("Metadata_Plate,Metadata_Well,row,column,control,"), lines.get(0));
		assertTrue(lines.get(0).endsWith(",f1"), lines.get(0));
		assertTrue(lines.get(3).startsWith("P2,H12,8,12,false,") && lines.get(3).contains("\"taxol, DMSO\"") &&
			lines.get(3).endsWith(",3"), lines.get(3));
	}

	@Test
	void plateOf1536WellsAreNamedToTheLast() {
		final List<Field> fields = new ArrayList<>();
		for (int r = 1; r <= 32; r++) for (int c = 1; c <= 48; c++) {
			fields.add(new Field("P", io.github.isophene.screen.Wells.name(r, c), "1",
				Map.of("Metadata_n", Integer.toString(r * c)), List.of()));
		}
		final PlateWells wells = new PlateWells(new Screen(List.of(), fields), null, Selection.NONE);
		assertArrayEquals(new int[]{32, 48}, wells.format());
		assertTrue(new WellColors(wells, "Metadata_n").isNumber());
		final PlatePicture picture = new PlatePicture(wells, PlatePicture.side(wells, new Dimension(1366, 600)));
		assertEquals("AF48", picture.at("P", picture.bounds(32, 48).getLocation()).name());
	}
}
