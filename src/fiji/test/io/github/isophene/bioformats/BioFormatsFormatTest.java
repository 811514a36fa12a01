// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bioformats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.ShortProcessor;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.pixels.ImageFileReader;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenFormat;
import io.github.isophene.screen.ScreenFormats;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.ScreenTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.plugin.PluginService;

/** Tests that fields and pixels of a Bio-Formats file are the right ones. */
class BioFormatsFormatTest {

	@TempDir
	Path folder;

	@Test
	void twoPlatesAreListedRight() throws IOException {
		final Path file = Fakes.write(folder, "two", "plates=2&plateRows=8&plateCols=12&fields=4&sizeC=5");
		final Screen screen = open(file);
		assertEquals(5, screen.channels().size());
		assertEquals(List.of("Plate Name 0", "Plate Name 1"), List.copyOf(screen.plates().keySet()));
		assertEquals(2 * 96, screen.wellCount());
		assertEquals(2 * 96 * 4, screen.fields().size());
		for (int i = 0; i < screen.fields().size(); i++) {
			final Field field = screen.fields().get(i);
			final int well = i / 4 % 96;
			assertEquals("Plate Name " + i / 384, field.plate());
			assertEquals(String.format("%c%02d", 'A' + well / 12, well % 12 + 1), field.well());
			assertEquals(String.valueOf(i % 4 + 1), field.site());
			assertEquals(Map.of(), field.metadata());
			for (int c = 0; c < 5; c++) assertEquals(new Plane(file.toString(), i, c), field.planes().get(c));
		}
		final Path table = folder.resolve("screen.csv");
		ScreenTable.write(screen, table);
		assertEquals(screen, ScreenTable.read(table));
		try (FieldReaders readers = readers()) {
			for (final int i : new int[]{0, 5, 383, 384, 767}) {
				for (int c = 0; c < 5; c++) {
					assertEquals(new Fakes.FakeOrigin(i, c, 0, c, 0),
						Fakes.origin(readers.read(screen.fields().get(i)), c));
				}
			}
		}
	}

	@Test
	void theMiddlePlaneOfTheFirstTimePointIsTaken() throws IOException {
		final Screen screen = open(Fakes.write(folder, "stack",
			"plates=1&plateRows=2&plateCols=3&fields=1&sizeC=2&sizeZ=4&sizeT=3" + "&dimOrder=XYTZC"));
		final Field last = screen.fields().get(5);
		assertEquals(Map.of("Metadata_Timepoint", "1", "Metadata_Plane", "2"), last.metadata());
		try (FieldReaders readers = readers()) {
			// planes count in the file's order: time, then depth, then channel
			assertEquals(new Fakes.FakeOrigin(5, 15, 1, 1, 0), Fakes.origin(readers.read(last), 1));
		}
	}

	@Test
	void acquisitionsOfOnePlateStayApart() throws IOException {
		final Screen screen = open(
			Fakes.write(folder, "runs", "plates=1&plateRows=1&plateCols=2&fields=2&plateAcqs=2"));
		assertEquals(8, screen.fields().size());
		assertEquals(List.of("1", "2", "3", "4"), screen.fields().stream().limit(4).map(Field::site).toList());
		assertEquals(2, screen.fields().stream().map(field -> field.get("Metadata_Acquisition")).distinct().count());
		assertFalse(screen.fields().get(0).get("Metadata_Acquisition").isEmpty());
	}

	@Test
	void withoutPlatesEachSeriesIsAFieldAndEachFileAWell() throws IOException {
		for (final String name : List.of("b10", "b2")) Fakes.write(folder, name, "series=3&sizeC=2");
		for (final String other : List.of("readme.txt", "preview.tif"))
			Files.writeString(folder.resolve(other), "not an image");
		final Screen screen = open(folder);
		assertEquals(List.of(folder.getFileName().toString()), List.copyOf(screen.plates().keySet()));
		assertEquals(List.of("A01 1", "A01 2", "A01 3", "A02 1", "A02 2", "A02 3"),
			screen.fields().stream().map(field -> field.well() + " " + field.site()).toList());
		assertTrue(screen.fields().get(0).get("Metadata_File").startsWith("b2&"), screen.fields().get(0).toString());
		assertEquals("b10 3", screen.fields().get(5).get("Metadata_Image"));
		try (FieldReaders readers = readers()) {
			assertEquals(2, Fakes.origin(readers.read(screen.fields().get(5)), 0).series());
		}
	}

	@Test
	void aPatternTellsPlatesAndWellsOfOtherFiles() throws IOException {
		for (final String name : List.of("P7_C03", "P7_C04", "P8_C03")) Fakes.write(folder, name, "series=2");
		final String pattern = "(?<plate>P\\d)_(?<well>[A-P]\\d+).*/(?<image>.*?)( (?<site>\\d+))?";
		final Screen screen = new BioFormatsFormat().read(folder, ScreenOptions.none().withPattern(pattern));
		assertEquals(List.of("P7 C03 site 1", "P7 C03 site 2", "P7 C04 site 1", "P7 C04 site 2", "P8 C03 site 1",
			"P8 C03 site 2"), screen.fields().stream().map(Field::label).toList());
		assertEquals("P8_C03", screen.fields().get(4).get("Metadata_image"));
		fails(() -> new BioFormatsFormat().read(folder, ScreenOptions.none().withPattern("(?<well>x\\d)")),
			"(?<well>x\\d)", "matches none", "the first are P7_C03");
	}

	@Test
	void oneFieldOfTwoFilesIsAnError() throws IOException {
		for (final String name : List.of("a", "b"))
			Fakes.write(folder, name, "plates=1&plateRows=1&plateCols=1&fields=1");
		fails(() -> open(folder), "Two images are both Plate Name 0 A01 site 1", "a&", "b&", "one by one");
	}

	@Test
	void singleImagesAreReadByOurOwnReader() throws IOException {
		final ImageStack stack = new ImageStack(8, 6);
		for (int i = 0; i < 6; i++) {
			final ShortProcessor plane = new ShortProcessor(8, 6);
			plane.set(3, 2, 1000 + i);
			stack.addSlice(plane);
		}
		final ImagePlus image = new ImagePlus("x", stack);
		image.setDimensions(2, 3, 1);
		image.setOpenAsHyperStack(true);
		final Path file = folder.resolve("x.tif");
		assertTrue(new FileSaver(image).saveAsTiff(file.toString()));
		assertTrue(new BioFormatsFormat().reject(file).isPresent(), "a plain TIFF is nothing to be chosen unasked");
		assertTrue(new BioFormatsFormat().reject(folder).isPresent(), "a folder of plain TIFFs, too");
		final Field field = open(file).fields().get(0);
		assertEquals(List.of(new Plane(file.toString(), 2), new Plane(file.toString(), 3)), field.planes());
		assertTrue(new ImageFileReader().accepts(field));
		assertEquals("2", field.get("Metadata_Plane"));
		assertEquals(1002, IJ.openImage(file.toString()).getStack().getProcessor(3).get(3, 2), "as ImageJ counts");
	}

	@Test
	void whatItCantOpenIsNamedInOneMessage() throws IOException {
		final Path junk = Files.writeString(folder.resolve("junk.czi"), "no microscope has written this");
		fails(() -> open(junk), junk.toString(), "cannot be opened by Bio-Formats");
		final Path text = Files.writeString(folder.resolve("notes.xyz"), "nothing");
		assertTrue(new BioFormatsFormat().reject(text).orElse("").contains("notes.xyz"));
		fails(() -> open(text), text.toString(), "cannot be opened by Bio-Formats");
		final Path empty = Files.createDirectory(folder.resolve("empty"));
		assertTrue(new BioFormatsFormat().reject(empty).isPresent());
		fails(() -> open(empty), empty.toString(), "neither the folder nor those in it");
	}

	@Test
	void sciJavaFindsItAndTriesItLast() throws IOException {
		try (Context context = new Context(PluginService.class)) {
			final PluginService plugins = context.service(PluginService.class);
			final ScreenFormats formats = new ScreenFormats(plugins.createInstancesOfType(ScreenFormat.class));
			assertEquals("bioformats", formats.all().get(formats.all().size() - 1).name());
			final Path file = Fakes.write(folder, "found", "plates=1&plateRows=1&plateCols=2&fields=1");
			final Screen screen = formats.open(file, "auto", ScreenOptions.none());
			try (FieldReaders readers = FieldReaders.of(plugins)) {
				assertEquals(1, Fakes.origin(readers.read(screen.fields().get(1)), 0).series());
				assertTrue(readers.readers().stream().anyMatch(BioFormatsReader.class::isInstance));
			}
			assertEquals("loaddata", formats.choose(Files.writeString(folder.resolve("t.csv"),
				"FileName_OrigDNA,Metadata_Plate,Metadata_Well\nx.tif,P,A1\n"), "auto").name());
		}
	}

	@Test
	void aSeriesPerPyramidLevelIsCountedAsElsewhere() throws IOException {
		final Screen screen = open(
			Fakes.write(folder, "pyramids", "series=2&resolutions=3&resolutionScale=2&sizeX=256&sizeY=256"));
		assertEquals(List.of(0, 3), screen.fields().stream().map(field -> field.planes().get(0).series()).toList());
		try (FieldReaders readers = readers()) {
			assertEquals(256, readers.read(screen.fields().get(1)).dimension(0));
		}
	}

	private static Screen open(final Path source) throws IOException {
		return new BioFormatsFormat().read(source, ScreenOptions.none());
	}

	private static FieldReaders readers() {
		return new FieldReaders(List.of(new ImageFileReader(), new BioFormatsReader()));
	}

	private static void fails(final Executable action, final String... parts) {
		final String message = assertThrows(IOException.class, action).getMessage();
		for (final String part : parts) assertTrue(message.contains(part), () -> "no '" + part + "' in: " + message);
		assertFalse(message.contains("\n"), message);
	}
}
