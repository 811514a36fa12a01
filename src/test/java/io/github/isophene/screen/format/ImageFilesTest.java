// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import static io.github.isophene.screen.Messages.assertMessage;
import static io.github.isophene.screen.Messages.touch;
import static io.github.isophene.screen.Messages.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import io.github.isophene.cli.InProcess;
import io.github.isophene.pixels.file.Fixtures;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFilesTest {

	@TempDir
	private Path dir;

	private Screen screen(final Path... files) {
		final List<Field> fields = new ArrayList<>();
		for (int i = 0; i < files.length; i++)
			fields.add(new Field("P" + i, "A01", "1", Map.of(), List.of(Plane.of(files[i].toString()))));
		return new Screen(List.of("DNA"), fields);
	}

	private static String pages(final Screen screen) {
		return ImageFiles.furtherPages(screen).orElse("");
	}

	@Test
	void pagesThatNobodyNamesAreToldOnce() throws IOException {
		final Path plain = Fixtures.write("pages-u16-lzw.tif", dir);
		final Path single = Fixtures.write("u16-lzw-le-strip.tif", dir);
		final int count = TiffDirectories.pages(plain);
		assertTrue(count > 1);
		assertEquals(plain + " holds " + count + " pages of one size and type, and only the first is read (of 2 " +
			"files that were looked at, 1 has several). Where pages are channels or planes, name them in the screen " +
			"table by the columns Frame_Orig<Channel>, from 0, or save each page as a file",
			pages(screen(single, plain)));
		final Path imagej = Fixtures.write("pages-u16-imagej.tif", dir);
		assertTrue(pages(screen(imagej)).startsWith(imagej + " holds " + TiffDirectories.pages(imagej) +
			" pages of one size and type (by ImageJ "), pages(screen(imagej)));
	}

	@Test
	void pagesThatTheScreenNamesAreKnown() throws IOException {
		final Path plain = Fixtures.write("pages-u16-lzw.tif", dir);
		final Screen both = new Screen(List.of("DNA", "ER"), List.of(new Field("P", "A01", "1", Map.of(),
			List.of(new Plane(plain.toString(), 0), new Plane(plain.toString(), 1)))));
		assertEquals("", pages(both));
		assertEquals("", pages(new Screen(List.of("DNA"), List.of(new Field("P", "A01", "1", Map.of(),
			List.of(new Plane(plain.toString(), 0, 0)))))));
		assertEquals("", pages(new Screen(List.of("DNA"), List.of(new Field("P", "A01", "1",
			Map.of("Metadata_Plane", "1"), List.of(Plane.of(plain.toString())))))));
	}

	@Test
	void thumbnailsPyramidsAndMasksAreNoPages() throws IOException {
		final Map<String, byte[]> files = new TreeMap<>();
		try (InputStream in = Fixtures.class.getResourceAsStream("sparse.zip");
			ZipInputStream zip = new ZipInputStream(in))
		{
			for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry())
				files.put(e.getName(), zip.readAllBytes());
		}
		for (final String name : List.of("raw", "thumbnail", "pyramid", "mask", "pages", "lzw")) {
			final long planes = files.keySet().stream().filter(n -> n.matches(name + "\\.\\d\\.u16")).count();
			final Path file = Files.write(dir.resolve(name + ".tif"), files.get(name + ".tif"));
			assertEquals(planes, TiffDirectories.pages(file), name);
		}
		for (final Map.Entry<String, byte[]> fixture : Fixtures.all().entrySet()) {
			if (!fixture.getKey().endsWith(".tif") || fixture.getKey().startsWith("pages")) continue;
			final Path file = Files.write(dir.resolve(fixture.getKey()), fixture.getValue());
			assertEquals(1, TiffDirectories.pages(file), fixture.getKey());
		}
	}

	@Test
	void aCircleOfDirectoriesAndDamageEnd() throws IOException {
		final byte[] bytes = Fixtures.all().get("pages-u16-lzw.tif");
		for (int cut = 0; cut < bytes.length; cut += 7) {
			final Path file = Files.write(dir.resolve("cut.tif"), Arrays.copyOf(bytes, cut));
			assertTrue(TiffDirectories.pages(file) >= 1);
			TiffDirectories.description(file);
		}
		// One directory without entries of worth, which is its own next.
		final ByteBuffer circle = ByteBuffer.allocate(64);
		circle.put(new byte[]{'M', 'M', 0, 42}).putInt(8).putShort((short) 1);
		circle.putShort((short) 256).putShort((short) 3).putInt(1).putInt(0x00100000).putInt(8);
		final Path file = Files.write(dir.resolve("circle.tif"), circle.array());
		assertEquals(1, TiffDirectories.pages(file));
	}

	@Test
	void filesThatAreMissingAreCounted() throws IOException {
		final Path here = touch(dir.resolve("a/here.tif"));
		final Screen some = screen(here, dir.resolve("a/gone.tif"), dir.resolve("b/gone.tif"));
		assertEquals(Optional.of("2 files of 3 that t.csv lists don't exist: " + dir.resolve("a/gone.tif") +
			" (P1 A01 site 1), .... Restore them, or their fields will be listed as errors"),
			ImageFiles.missing(some, "t.csv"));
		assertEquals(Optional.empty(), ImageFiles.missing(screen(here), "t.csv"));
		final Screen none = screen(dir.resolve("a/x.tif"), dir.resolve("c"));
		assertMessage(IOException.class, () -> ImageFiles.missing(none, "t.csv"),
			"None of the 2 image files that t.csv lists exists: " + dir.resolve("a/x.tif") +
				" (P0 A01 site 1) is the first",
			"PathName_Orig<Channel>");
		// What isn't a file of this machine is not looked for.
		final Screen others = new Screen(List.of("DNA"), List.of(
			new Field("P", "A01", "1", Map.of(), List.of(Plane.of("https://host/a.tif"))),
			new Field("P", "A02", "1", Map.of(), List.of(Plane.of("//host/share/a.tif"))),
			new Field("P", "A03", "1", Map.of(), List.of(Plane.of("/data/p.zarr/A/3/0"))),
			new Field("P", "A04", "1", Map.of(), Collections.singletonList(null))));
		assertEquals(Optional.empty(), ImageFiles.missing(others, "t.csv"));
		assertEquals("", pages(others));
	}

	@Test
	void openScreenRefusesATableOfNothingAndWarnsOfPages() throws IOException {
		final Path table = write(dir.resolve("t.csv"), "Metadata_Plate,Metadata_Well,FileName_OrigDNA,PathName_OrigDNA",
			"P,A01,a.tif,/nowhere", "P,A02,b.tif,/nowhere");
		final Path out = dir.resolve("screen.csv");
		final InProcess nothing = InProcess.run("open", "source=" + table, "table=" + out);
		assertEquals(1, nothing.status(), nothing.output());
		assertTrue(
			nothing.output().contains("None of the 2 image files that " + table + " lists exists: /nowhere/a.tif"),
			nothing.output());
		assertTrue(Files.notExists(out));
		final Path images = Files.createDirectories(dir.resolve("P1"));
		Files.move(Fixtures.write("pages-u16-lzw.tif", dir), images.resolve("P1_A01_s1_w1.TIF"));
		final InProcess pages = InProcess.run("open", "source=" + images, "table=" + out);
		assertEquals(0, pages.status(), pages.output());
		assertEquals(1, pages.output().lines().filter(line -> line.contains("and only the first is read")).count(),
			pages.output());
		assertEquals(1, ScreenTable.read(out).fields().size());
	}
}
