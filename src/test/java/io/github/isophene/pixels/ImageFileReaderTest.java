// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import javax.imageio.ImageIO;

import io.github.isophene.pixels.file.Fixtures;
import io.github.isophene.pixels.file.UnsupportedFileException;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import net.imglib2.RandomAccess;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.plugin.PluginService;

/** Fields of several files: order, common type, and the words for what is wrong. */
class ImageFileReaderTest {

	@TempDir
	Path folder;

	@Test
	void channelsComeInTheScreensOrder() throws IOException {
		final Path pages = Fixtures.write("pages-u16-lzw.tif", folder);
		final Img<?> image = read(new Plane(pages.toString(), 2), new Plane(pages.toString(), 0),
			plane("u16-zlib-be-tile.tif"));
		assertInstanceOf(PlanarImg.class, image);
		assertInstanceOf(UnsignedShortType.class, image.getType());
		assertArrayEquals(new long[]{Fixtures.WIDTH, Fixtures.HEIGHT, 3}, image.dimensionsAsLongArray());
		assertValues(image, 0, "u16", 2);
		assertValues(image, 1, "u16", 0);
		assertValues(image, 2, "u16", 0);
	}

	@Test
	void theWidestTypeHoldsAll() throws IOException {
		final Plane u8 = plane("u8-lzw-le-strip.tif");
		final Plane u16 = plane("u16.png");
		final Plane i16 = plane("i16-none-be-strip.tif");
		assertInstanceOf(UnsignedByteType.class, read(u8, u8).getType());
		final Img<?> wider = read(u8, u16);
		assertInstanceOf(UnsignedShortType.class, wider.getType());
		assertValues(wider, 0, "u8", 0);
		assertValues(wider, 1, "u16", 0);
		final Img<?> widest = read(u8, u16, i16);
		assertInstanceOf(FloatType.class, widest.getType());
		assertValues(widest, 0, "u8", 0);
		assertValues(widest, 1, "u16", 0);
		assertValues(widest, 2, "i16", 0);
	}

	@Test
	void aMissingChannelIsNamed() throws IOException {
		assertMessage(new Plane[]{plane("u8.png"), null, plane("u16.png")}, "P1 A01 site 3", "channel 2 of 3",
			"restore it");
		assertMessage(new Plane[]{}, "P1 A01 site 3", "no channels");
	}

	@Test
	void anAbsentFileIsNamed() {
		final String absent = folder.resolve("absent.tif").toString();
		assertMessage(new Plane[]{Plane.of(absent)}, "P1 A01 site 3", absent, "does not exist", "screen table");
	}

	@Test
	void anotherSizeThanTheSiblingsIsNamed() throws IOException {
		final Path small = folder.resolve("small.png");
		ImageIO.write(new BufferedImage(5, 4, BufferedImage.TYPE_USHORT_GRAY), "png", small.toFile());
		assertMessage(new Plane[]{plane("u16.png"), Plane.of(small.toString())}, "P1 A01 site 3", small.toString(),
			"5 x 4", "u16.png", "21 x 13", "at one size");
	}

	@Test
	void oneByOneIsAnImage() throws IOException {
		final BufferedImage one = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
		one.getRaster().setSample(0, 0, 0, 54321);
		final Path path = folder.resolve("one.png");
		ImageIO.write(one, "png", path.toFile());
		final Img<?> image = read(Plane.of(path.toString()));
		assertArrayEquals(new long[]{1, 1, 1}, image.dimensionsAsLongArray());
		assertEquals(54321, ((UnsignedShortType) image.firstElement()).get());
	}

	@Test
	void acceptsByName() {
		final FieldReader reader = new ImageFileReader();
		for (final String yes : List.of("/a/b.tif", "C:\\x\\y.TIFF", "file:///x/y.png", "b.Jpg")) {
			assertTrue(reader.accepts(field(Plane.of(yes))), yes);
		}
		for (final String no : List.of("/a/b.czi", "https://host/a.tif", "s3://bucket/a.tif", "/a/tif")) {
			assertFalse(reader.accepts(field(Plane.of(no))), no);
		}
		assertTrue(reader.accepts(field((Plane) null)), "a missing plane is explained when it is read");
	}

	@Test
	void fileUrlsAreFiles() throws IOException {
		final Path path = Fixtures.write("u8.png", folder);
		assertValues(read(Plane.of(path.toUri().toString())), 0, "u8", 0);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> Plane.of("file:no slash.tif")).getMessage()
			.startsWith("file:no slash.tif is no valid path"));
	}

	@Test
	void thePluginIsFoundAndItsAbsenceExplained() throws IOException {
		try (Context context = new Context(PluginService.class)) {
			final FieldReaders readers = FieldReaders.of(context.service(PluginService.class));
			assertTrue(readers.readers().stream().anyMatch(ImageFileReader.class::isInstance), readers.toString());
			assertValues(readers.read(field(plane("u8.png"))), 0, "u8", 0);
			final String message = assertThrows(IOException.class, () -> readers.read(field(Plane.of("/a/b.czi"))))
				.getMessage();
			for (final String part : List.of("P1 A01 site 3", "/a/b.czi", "gray TIFF, PNG and JPEG", "Convert")) {
				assertTrue(message.contains(part), message);
			}
		}
	}

	@Test
	void seriesAreLeftToOthersUnlessTheyCantMatter() throws IOException {
		final String path = Fixtures.write("u8.png", folder).toString();
		assertValues(read(new Plane(path, 0, 0)), 0, "u8", 0);
		final ImageFileReader reader = new ImageFileReader();
		assertFalse(reader.accepts(field(new Plane(path, 1, 0))));
		assertFalse(reader.accepts(field(new Plane("/a/b.OME.tif", 0, 0))));
		assertTrue(reader.accepts(field(new Plane("/a/b.ome.tif", 0))));
	}

	@Test
	void anUnknownKindOfFileGoesToTheNextReader() throws IOException {
		final Path path = Files.writeString(folder.resolve("masked.tif"), "something else");
		final Field field = field(Plane.of(path.toString()));
		final Img<?> marker = ArrayImgs.unsignedBytes(1, 1, 1);
		assertSame(marker, new FieldReaders(List.of(new ImageFileReader(), reader(true, marker))).read(field));
		final IOException alone = assertThrows(UnsupportedFileException.class,
			() -> new FieldReaders(List.of(new ImageFileReader(), reader(false, marker))).read(field));
		assertTrue(alone.getMessage().startsWith("P1 A01 site 3: " + path + " is no TIFF"), alone.getMessage());
		Files.delete(path);
		assertThrows(IOException.class,
			() -> new FieldReaders(List.of(new ImageFileReader(), reader(true, marker))).read(field),
			"an absent file is nobody's");
	}

	@Test
	void closesEveryReader() {
		final List<String> closed = new ArrayList<>();
		final FieldReader closing = new FieldReader() {

			@Override
			public String description() {
				return "";
			}

			@Override
			public boolean accepts(final Field field) {
				return false;
			}

			@Override
			public Img<?> read(final Field field) {
				return null;
			}

			@Override
			public void close() {
				closed.add("closed");
			}
		};
		new FieldReaders(List.of(new ImageFileReader(), closing)).close();
		assertEquals(List.of("closed"), closed);
	}

	@Test
	void theFirstThatAcceptsReads() throws IOException {
		final Img<?> marker = ArrayImgs.unsignedBytes(1, 1, 1);
		final FieldReader never = reader(false, null);
		final FieldReader always = reader(true, marker);
		final Field field = field(plane("u8.png"));
		assertSame(marker, new FieldReaders(List.of(never, always, new ImageFileReader())).read(field));
		assertValues(new FieldReaders(List.of(never, new ImageFileReader(), always)).read(field), 0, "u8", 0);
		assertTrue(assertThrows(IOException.class, () -> new FieldReaders(List.of()).read(field)).getMessage()
			.contains("Known are: none"));
	}

	@Test
	void manyThreadsReadThroughOneInstance() throws IOException {
		final FieldReader reader = new ImageFileReader();
		final List<Field> fields = new ArrayList<>();
		for (final String name : List.of("u16-lzw-le-strip.tif", "u16.png", "u16-zlib-predicted-le-tile.tif",
			"u16-packbits-be-strip.tif"))
		{
			fields.add(field(plane(name), plane(name)));
		}
		final long right = IntStream.range(0, 400).parallel().filter(i -> {
			try {
				final Img<?> image = reader.read(fields.get(i % fields.size()));
				assertValues(image, i % 2, "u16", 0);
				return true;
			}
			catch (final IOException exc) {
				throw new UncheckedIOException(exc);
			}
		}).count();
		assertEquals(400, right);
	}

	private static FieldReader reader(final boolean accepts, final Img<?> image) {
		return new FieldReader() {

			@Override
			public String description() {
				return "nothing";
			}

			@Override
			public boolean accepts(final Field field) {
				return accepts;
			}

			@Override
			public Img<?> read(final Field field) {
				return image;
			}
		};
	}

	private Plane plane(final String fixture) throws IOException {
		return Plane.of(Fixtures.write(fixture, folder).toString());
	}

	private static Field field(final Plane... planes) {
		return new Field("P1", "A01", "3", Map.of(), Arrays.asList(planes));
	}

	private static Img<?> read(final Plane... planes) throws IOException {
		return new ImageFileReader().read(field(planes));
	}

	private static void assertMessage(final Plane[] planes, final String... parts) {
		final String message = assertThrows(IOException.class, () -> read(planes)).getMessage();
		for (final String part : parts)
			assertTrue(message.contains(part), () -> "'" + part + "' is not in: " + message);
	}

	private static void assertValues(final Img<?> image, final int channel, final String kind, final int page) {
		final RandomAccess<?> at = image.randomAccess();
		for (int y = 0; y < Fixtures.HEIGHT; y++) {
			for (int x = 0; x < Fixtures.WIDTH; x++) {
				at.setPosition(new int[]{x, y, channel});
				assertEquals((float) Fixtures.value(kind, x, y, page), ((RealType<?>) at.get()).getRealFloat());
			}
		}
	}
}
