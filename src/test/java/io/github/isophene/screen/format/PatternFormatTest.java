// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import static io.github.isophene.screen.Messages.assertMessage;
import static io.github.isophene.screen.Messages.touch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenBuilder;
import io.github.isophene.screen.ScreenOptions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatternFormatTest {

	private static final String PATTERN = "(?<plate>[^/]+)/" +
		"r(?<row>\\d+)c(?<column>\\d+)_z(?<plane>\\d+)_(?<stain>[a-z]+)_(?<channel>c\\d+)\\.tif";

	@TempDir
	private Path dir;

	@BeforeEach
	void files() throws IOException {
		for (final String name : List.of("P2/r1c2_z1_old_c1.tif", "P2/r1c2_z2_old_c1.tif", "P2/r1c2_z3_old_c1.tif",
			"P2/r1c2_z2_old_c10.tif", "P2/r1c2_z2_old_c9.tif", "P1/r3c4_z1_new_c1.tif", "P1/notes.txt",
			".hidden/r1c1_z1_a_c1.tif")) touch(dir.resolve(name));
	}

	private Screen read(final String pattern) throws IOException {
		return new PatternFormat().read(dir, ScreenOptions.none().withPattern(pattern));
	}

	@Test
	void groupsTellPlateWellPlaneAndMetadata() throws IOException {
		final Screen screen = read(PATTERN);
		assertEquals(List.of("c1", "c9", "c10"), screen.channels());
		assertEquals(List.of("P1 C04 site 1", "P2 A02 site 1"), screen.fields().stream().map(Field::label).toList());
		assertEquals("{Metadata_stain=old, Metadata_Plane=2}", screen.fields().get(1).metadata().toString());
		assertEquals(dir.resolve("P2/r1c2_z2_old_c1.tif").toAbsolutePath().toString(),
			screen.fields().get(1).planes().get(0).path());
	}

	@Test
	void withoutAPlateTheFolderIsOne() throws IOException {
		final Screen screen = new PatternFormat().read(dir.resolve("P1"),
			ScreenOptions.none().withPattern("r(?<row>\\d)c(?<column>\\d).*\\.tif"));
		assertEquals(List.of("1"), screen.channels());
		assertEquals("P1 C04 site 1", screen.fields().get(0).label());
	}

	@Test
	void previewShowsWhatMatchesAndWhatDoesNot() throws IOException {
		final PatternPreview preview = PatternPreview.of(dir,
			PATTERN.replace("r(?<row>\\d+)", "r(?<row>\\d)").replace("c(?<column>\\d+)", "c(?<column>4?)\\d?"), 4);
		assertEquals(List.of("file", "plate", "row", "column", "plane", "stain", "channel", "problem"),
			preview.columns());
		assertEquals(List.of("P1/r3c4_z1_new_c1.tif", "P1", "3", "4", "1", "new", "c1", ""), preview.rows().get(0));
		assertEquals(List.of("P2/r1c2_z1_old_c1.tif", "P2", "1", "", "1", "old", "c1",
			"'row 1, column ' is no well: expected A01 to AF48"), preview.rows().get(1));
		assertEquals(3, preview.rows().size());
		assertEquals(List.of("P1/notes.txt"), preview.unmatched());
		assertEquals("", preview.hint());
		assertEquals(0, PatternPreview.of(dir, PATTERN, 0).rows().size());
		assertEquals(6, PatternPreview.of(dir, PATTERN, 1000).rows().size());
	}

	@Test
	void wellsThatAreNumbersAreCounted() throws IOException {
		for (final String name : List.of("n/W01_1.tif", "n/W13_1.tif", "n/W96_1.tif")) touch(dir.resolve(name));
		final List<String> warnings = new ArrayList<>();
		final Screen screen = new PatternFormat().read(dir.resolve("n"),
			ScreenOptions.none().withPattern("W(?<well>\\d+)_(?<site>\\d)\\.tif").withWarnings(warnings::add));
		assertEquals(List.of("A01", "B01", "H12"), screen.fields().stream().map(Field::well).toList());
		assertEquals(List.of(dir.resolve("n") + " counts wells: number 96 is the last, so they are taken for those " +
			"of a plate with 96 wells, row by row from 1 = A01 on. On another plate, name the group by its columns, " +
			"such as (?<well24>\\d+), which counts from 1"), warnings);
		final Screen large = new PatternFormat().read(dir.resolve("n"),
			ScreenOptions.none().withPattern("W(?<well24>\\d+)_(?<site>\\d)\\.tif").withWarnings(warning -> {
				throw new AssertionError(warning);
			}));
		assertEquals(List.of("A01", "A13", "D24"), large.fields().stream().map(Field::well).toList());
		assertEquals(Map.of(), large.fields().get(0).metadata());
		touch(dir.resolve("n/W00_1.tif"));
		assertEquals(List.of("A01", "A02", "A14", "E01"), new PatternFormat()
			.read(dir.resolve("n"), ScreenOptions.none().withPattern("W(?<well>\\d+)_(?<site>\\d)\\.tif"))
			.fields()
			.stream()
			.map(Field::well)
			.toList());
		assertEquals("", PatternPreview.of(dir.resolve("n"), "W(?<well>\\d+)_.*", 9).rows().get(3).get(2));
		touch(dir.resolve("n/W9999_1.tif"));
		assertMessage(IOException.class,
			() -> new PatternFormat().read(dir.resolve("n"), ScreenOptions.none().withPattern("W(?<well>\\d+)_.*")),
			"Well number 10000 is beyond a 1536-well plate");
		assertMessage(IllegalArgumentException.class,
			() -> new PatternFormat().read(dir.resolve("n"), ScreenOptions.none().withPattern("W(?<well99>\\d+)_.*")),
			"a plate with 99 columns: there are 1 to 48");
	}

	@Test
	void projectionsGoBeforePlanes() throws IOException {
		for (final String name : List.of("m/A1_z1.tif", "m/A1_z2.tif", "m/A1_MIP.tif")) touch(dir.resolve(name));
		final Field field = new PatternFormat()
			.read(dir.resolve("m"), ScreenOptions.none().withPattern("(?<well>A1)_z?(?<plane>\\d+|MIP)\\.tif"))
			.fields()
			.get(0);
		assertEquals("projection", field.get(ScreenBuilder.PLANE));
		assertTrue(field.planes().get(0).path().endsWith("A1_MIP.tif"));
	}

	@Test
	void saysThatAPartOfThePathIsNotEnough() throws IOException {
		final String part = "r(?<row>\\d)c(?<column>\\d)";
		final String hint = "It matches only the part 'r3c4', but has to match the whole path: begin it with .*/ " +
			"and end it with .*";
		assertMessage(IOException.class, () -> read(part), hint);
		assertEquals(hint, PatternPreview.of(dir, part, 9).hint());
	}

	@Test
	void aLoopOfLinksEnds() throws IOException {
		try {
			Files.createSymbolicLink(dir.resolve("P1/loop"), dir);
		}
		catch (final IOException | UnsupportedOperationException e) {
			Assumptions.abort("no symbolic links here");
		}
		assertEquals(2, read(PATTERN).fields().size());
	}

	@Test
	void saysWhatIsWrong() throws IOException {
		assertMessage(IllegalArgumentException.class, () -> read(" "), "No pattern was given");
		assertMessage(IllegalArgumentException.class, () -> read(null), "No pattern was given");
		assertMessage(IllegalArgumentException.class, () -> read("(?<well>[A-"), "no regular expression",
			"(?<well>[A-");
		assertMessage(IllegalArgumentException.class, () -> read("\\(?<well>(?<row>x).*"), "no group (?<well>...)");
		assertMessage(IOException.class, () -> read("(?<well>x)"), "matches no file in " + dir,
			"the first are P1/notes.txt, P1/r3c4");
		assertMessage(IOException.class, () -> read(".*_(?<well>c\\d+)\\.tif"), "Two files are both", "c1.tif");
		assertMessage(IOException.class, () -> read(".*(?<well>z\\d)_.*_(?<channel>c\\d+)\\.tif|(?<x>q)"),
			"Two files are both");
		assertMessage(IOException.class, () -> read("(?<well>P1)/r.*|P2/r1c2_z(?<plane>\\d)_.*"), "P2/r1c2",
			"'' is no well", "leaves this file out");
		assertMessage(IOException.class,
			() -> read("(?<plate>P2)/r(?<row>1)c(?<column>2)_z(?<depth>\\d)_.*_(?<channel>c\\d+)\\.tif"),
			"say different things", "Metadata_depth=1", "Metadata_depth=2");
		final Path file = dir.resolve("P1/notes.txt");
		assertMessage(IOException.class, () -> PatternPreview.of(file, PATTERN, 9), "notes.txt is no folder");
	}

	/** A03 of AA03 is another well. */
	@Test
	void aPartOfAWellIsNoWell() throws IOException {
		final Path images = Files.createDirectories(dir.resolve("w1536"));
		Files.writeString(images.resolve("Plate7_AA03_s1_Hoechst.tif"), "");
		for (final String greedy : List.of(".*(?<well>[A-P]\\d+)_s1_Hoechst.tif",
			".*(?<well>[A-Z]{1,2}\\d{1,4})_s.*", ".*(?<row>[A-P])(?<column>\\d+)_s.*"))
		{
			assertMessage(IOException.class,
				() -> PatternFormat.read(images, ScreenOptions.none().withPattern(greedy), 9),
				"Plate7_AA03_s1_Hoechst.tif", "'AA", "[A-Z]{1,2}", ".*_");
			assertTrue(PatternPreview.of(images, greedy, 9).rows().get(0).get(greedy.contains("row") ? 3 : 2)
				.contains("belongs to it"));
		}
		final String whole = ".*_(?<well>[A-Z]{1,2}\\d{1,4})_s(?<site>\\d)_(?<channel>.*)\\.tif";
		assertEquals("AA03",
			PatternFormat.read(images, ScreenOptions.none().withPattern(whole), 9).screen().fields().get(0).well());
		assertMessage(IOException.class, () -> PatternFormat.read(images,
			ScreenOptions.none().withPattern("(?<well>[A-P]\\d+)_s1_Hoechst.tif"), 9), "within a word",
			"(?<well>[A-Z]{1,2}\\d{1,4})");
		assertMessage(IOException.class, () -> PatternFormat.read(images,
			ScreenOptions.none().withPattern("(?<well>[A-Z]{1,2}\\d+)_s1"), 9), "begin it with .*_ and end it with .*");
		Files.move(images.resolve("Plate7_AA03_s1_Hoechst.tif"), images.resolve("WellB02_WELLC03.tif"));
		assertEquals("B02", PatternFormat.read(images, ScreenOptions.none().withPattern("Well(?<well>[A-P]\\d+)_.*"), 9)
			.screen().fields().get(0).well());
	}
}
