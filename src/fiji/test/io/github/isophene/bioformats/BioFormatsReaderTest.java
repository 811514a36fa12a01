// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bioformats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

import io.github.isophene.pixels.FieldReader;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.pixels.ImageFileReader;
import io.github.isophene.pixels.file.UnsupportedFileException;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenOptions;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading through Bio-Formats: types, threads, what is kept open and where memos go. */
class BioFormatsReaderTest {

	@TempDir
	Path folder;

	private final BioFormatsReader reader = new BioFormatsReader();

	@BeforeEach
	void keepMemosHere() {
		System.setProperty(MemoFolder.PROPERTY, folder.resolve("memo").toString());
	}

	@AfterEach
	void close() {
		System.clearProperty(MemoFolder.PROPERTY);
		System.clearProperty(MemoFolder.WORTH);
		reader.close();
	}

	@Test
	void valuesAreOfTheTypesOfOurOwnReaders() throws IOException {
		for (final String type : List.of("uint8", "int8", "uint16", "int16", "uint32", "int32", "float", "double")) {
			final Path file = Files
				.write(folder.resolve(type + "&pixelType=" + type + "&sizeX=64&sizeY=64&sizeC=3.fake"), new byte[0]);
			final Img<?> image = reader.read(field(new Plane(file.toString(), 0, 2), new Plane(file.toString(), 0, 1)));
			final Class<?> expected = switch (type) {
				case "uint8" -> UnsignedByteType.class;
				case "uint16" -> UnsignedShortType.class;
				default -> FloatType.class;
			};
			assertInstanceOf(expected, image.firstElement(), type);
			assertEquals(new Fakes.FakeOrigin(0, 2, 0, 2, 0), Fakes.origin(image, 0), type);
			assertEquals(new Fakes.FakeOrigin(0, 1, 0, 1, 0), Fakes.origin(image, 1), type);
		}
	}

	@Test
	void manyThreadsReadAndEachReaderIsClosed() throws Exception {
		final Path file = Fakes.write(folder, "many", "plates=1&plateRows=4&plateCols=6&fields=4&sizeC=3");
		final Screen screen = new BioFormatsFormat().read(file, ScreenOptions.none());
		final ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			final List<Future<Img<?>>> images = new ArrayList<>();
			for (final Field field : screen.fields()) images.add(threads.submit(() -> reader.read(field)));
			for (int i = 0; i < images.size(); i++) {
				for (int c = 0; c < 3; c++)
					assertEquals(new Fakes.FakeOrigin(i, c, 0, c, 0), Fakes.origin(images.get(i).get(), c));
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertTrue(reader.openReaders() >= 1 && reader.openReaders() <= 4, reader.openReaders() + " readers are open");
		reader.close();
		assertEquals(0, reader.openReaders());
		assertEquals(5, Fakes.origin(reader.read(screen.fields().get(5)), 0).series(), "a closed reader opens again");
	}

	@Test
	void ofManyFilesOnlyTheLastStayOpen() throws IOException {
		for (int i = 0; i < 20; i++) {
			final Path file = Fakes.write(folder, "f" + i, "sizeC=1");
			reader.read(field(new Plane(file.toString(), 0, 0)));
		}
		assertEquals(16, reader.openReaders());
	}

	@Test
	void filesAreClosedWhenReadingFails() throws IOException {
		final Path file = ome(folder.resolve("x.ome.tif"));
		assertThrows(IOException.class, () -> reader.read(field(new Plane(file.toString(), 5, 0))));
		assertEquals(0, reader.openReaders());
		reader.read(field(new Plane(file.toString(), 0, 0)));
		reader.close();
		final Path open = Path.of("/proc/self/fd");
		Assumptions.assumeTrue(Files.isDirectory(open), "only Linux tells which files are open");
		try (Stream<Path> files = Files.list(open)) {
			assertFalse(files.map(fd -> fd.toFile()).anyMatch(fd -> target(fd).equals(file.toString())),
				file + " is still open");
		}
	}

	@Test
	void badPlanesAreNamed() throws IOException {
		final Path file = Fakes.write(folder, "bad", "series=2&sizeC=3");
		message(new Plane(file.toString(), 2, 0), "P A01 site 1", file.toString(), "holds 2 series", "number 2");
		message(new Plane(file.toString(), 1, 3), "holds 3 planes in series 1", "number 3");
		message(new Plane("/nowhere/x.czi", 0, 0), "/nowhere/x.czi does not exist", "screen table");
		final Path junk = Files.writeString(folder.resolve("junk.czi"),
			"not a file of that kind at all, whatever its name says");
		message(new Plane(junk.toString(), 0, 0), junk.toString(), "cannot be opened by Bio-Formats");
		final Path color = Files.write(folder.resolve("color&rgb=3&sizeC=3.fake"), new byte[0]);
		assertThrows(UnsupportedFileException.class, () -> reader.read(field(new Plane(color.toString(), 0, 0))));
		assertFalse(reader.accepts(field(Plane.of("https://a/b.czi"))));
		assertFalse(reader.accepts(field(Plane.of("s3://a/b.czi"))));
		assertTrue(reader.accepts(field(Plane.of("C:\\a\\b.czi"))));
	}

	@Test
	void aTruncatedFileIsNamed() throws IOException {
		final Path file = ome(folder.resolve("cut.ome.tif"));
		final byte[] whole = Files.readAllBytes(file);
		reader.read(field(new Plane(file.toString(), 0, 0)));
		reader.close();
		Files.write(file, Arrays.copyOf(whole, 60));
		message(new Plane(file.toString(), 0, 0), file.toString(), "cannot be opened by Bio-Formats", "again");
		// pixels that are cut off, Bio-Formats takes for black
		Files.write(file, Arrays.copyOf(whole, 600));
		message(new Plane(file.toString(), 0, 0), file.toString(), "is 0 throughout", "again");
		assertEquals(0, reader.openReaders());
	}

	@Test
	void seriesOfAnOmeTiffComeFromBioFormats() throws IOException {
		final Path file = ome(folder.resolve("y.ome.tif"));
		final FieldReaders both = new FieldReaders(List.<FieldReader>of(new ImageFileReader(), reader));
		both.read(field(new Plane(file.toString(), 0, 0)));
		assertEquals(1, reader.openReaders());
		both.read(field(Plane.of(file.toString())));
		both.close();
		assertEquals(0, reader.openReaders());
	}

	@Test
	void memosAreNeverBesideTheData() throws IOException {
		System.setProperty(MemoFolder.WORTH, "0");
		final Path data = Files.createDirectory(folder.resolve("data"));
		final Path file = Fakes.write(data, "plate", "plates=1&plateRows=4&plateCols=6&fields=2&sizeC=2");
		final Screen first = new BioFormatsFormat().read(file, ScreenOptions.none());
		reader.read(first.fields().get(7));
		reader.close();
		try (Stream<Path> files = Files.list(data)) {
			assertEquals(List.of(file), files.toList());
		}
		final File memo = MemoFolder.of(file, "list");
		assertTrue(memo.toPath().startsWith(folder.resolve("memo")));
		for (final String use : List.of("list", "pixels")) {
			try (Stream<Path> files = Files.walk(MemoFolder.of(file, use).toPath())) {
				assertEquals(1, files.filter(path -> path.toString().endsWith(".bfmemo")).count(), use);
			}
		}
		assertEquals(first, new BioFormatsFormat().read(file, ScreenOptions.none()),
			"what a memo brings back is the same");
		assertEquals(7, Fakes.origin(reader.read(first.fields().get(7)), 1).series());
		Files.write(file, new byte[1]);
		assertFalse(memo.equals(MemoFolder.of(file, "list")), "a changed file has another memo");
		System.setProperty(MemoFolder.PROPERTY, "none");
		assertNull(MemoFolder.of(file, "list"));
		assertEquals(first, new BioFormatsFormat().read(file, ScreenOptions.none()));
	}

	@Test
	void aFolderThatOthersCanWriteToHoldsNoMemos() throws IOException {
		Assumptions.assumeTrue(Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null,
			"no such rights here");
		final Path open = Files.createDirectory(folder.resolve("memo"));
		Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
		assertNull(MemoFolder.of(ome(folder.resolve("z.ome.tif")), "list"));
	}

	private void message(final Plane plane, final String... parts) {
		final String message = assertThrows(IOException.class, () -> reader.read(field(plane))).getMessage();
		for (final String part : parts) assertTrue(message.contains(part), () -> "no '" + part + "' in: " + message);
		assertFalse(message.contains("\n"), message);
	}

	private static String target(final File link) {
		try {
			return link.getCanonicalPath();
		}
		catch (final IOException exc) {
			return "";
		}
	}

	/** A gray TIFF of one plane under the name of an OME-TIFF. */
	private static Path ome(final Path file) throws IOException {
		final BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_USHORT_GRAY);
		image.getRaster().setSample(63, 63, 0, 7);
		assertTrue(ImageIO.write(image, "tiff", file.toFile()));
		return file;
	}

	private static Field field(final Plane... planes) {
		return new Field("P", "A01", "1", Map.of(), List.of(planes));
	}
}
