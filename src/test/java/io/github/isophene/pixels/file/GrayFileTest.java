// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Files written by tifffile and Pillow: pixels, and the words for what cannot be read. */
class GrayFileTest {

	@TempDir
	Path folder;

	@TestFactory
	List<DynamicTest> readsWhatOthersWrite() throws IOException {
		final List<DynamicTest> tests = new ArrayList<>();
		for (final String name : Fixtures.all().keySet()) {
			final String kind = name.split("[-.]")[0];
			if (!kind.matches("[uif]\\d+")) continue;
			tests.add(DynamicTest.dynamicTest(name, () -> assertPixels(name, kind, 0)));
		}
		assertTrue(tests.size() > 110, tests.size() + " fixtures");
		return tests;
	}

	@Test
	void readsEveryPage() throws IOException {
		for (int page = 0; page < 3; page++) {
			assertPixels("pages-u16-lzw.tif", "u16", page);
			assertPixels("pages-u16-imagej.tif", "u16", page);
		}
	}

	@Test
	void aFrameBeyondTheLastNamesTheCount() throws IOException {
		assertMessage("pages-u16-lzw.tif", 3, "holds 3 planes", "frame 3", "screen table");
		assertMessage("pages-u16-imagej.tif", 7, "holds 3 planes", "frame 7", "screen table");
		assertMessage("u16-none-le-strip.tif", 1, "holds 1 plane,", "frame 1");
		assertMessage("u16.png", 1, "holds one plane", "frame 1");
	}

	@Test
	void oneDirectoryCanStandForAnImageJStack() throws IOException {
		// As ImageJ writes a stack above 4 GB: only the first directory.
		final byte[] bytes = Fixtures.all().get("pages-u16-imagej.tif").clone();
		final ByteBuffer b = ByteBuffer.wrap(bytes);
		b.order(bytes[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
		final int first = b.getInt(4);
		b.putInt(first + 2 + 12 * b.getShort(first), 0);
		Files.write(folder.resolve("one-directory.tif"), bytes);
		for (int page = 0; page < 3; page++) {
			assertPixels(GrayFile.read(folder.resolve("one-directory.tif"), page), "u16", page);
		}
		final IOException exc = assertThrows(IOException.class,
			() -> GrayFile.read(folder.resolve("one-directory.tif"), 3));
		assertTrue(exc.getMessage().contains("holds 3 planes"), exc.getMessage());
	}

	@Test
	void whereZeroIsWhiteBrightIsStillLarge() throws IOException {
		assertPixels("white-u16.tif", "u16", 0);
		assertPixels("white-u8.tif", "u8", 0);
	}

	@Test
	void aColorTableIsNoColor() throws IOException {
		assertPixels("palette-u8.tif", "u8", 0);
	}

	@Test
	void readsGrayJpeg() throws IOException {
		final GrayPlane plane = GrayFile.read(Fixtures.write("flat77.jpg", folder), 0);
		final byte[] expected = new byte[Fixtures.WIDTH * Fixtures.HEIGHT];
		Arrays.fill(expected, (byte) 77);
		assertTrue(Arrays.equals(expected, (byte[]) plane.values()));
	}

	@Test
	void equalBandsAndGrayPalettesAreGray() throws IOException {
		// the names are those of a time when such files were refused
		final byte[] expected = (byte[]) GrayFile.read(Fixtures.write("u8.png", folder), 0).values();
		for (final String name : List.of("refuse-color.tif", "refuse-color.png", "refuse-palette.png")) {
			assertTrue(Arrays.equals(expected, (byte[]) GrayFile.read(Fixtures.write(name, folder), 0).values()), name);
		}
		final byte[] jpeg = (byte[]) GrayFile.read(Fixtures.write("refuse-color.jpg", folder), 0).values();
		int far = 0;
		for (int i = 0; i < jpeg.length; i++) far = Math.max(far, Math.abs((jpeg[i] & 0xff) - (expected[i] & 0xff)));
		assertTrue(far < 64, "off by " + far);
	}

	@Test
	void oneColorIsGrayAndSeveralAreRefused() throws IOException {
		// gray g drawn in orange: red g, green g / 2; and cells of another color in one corner
		final BufferedImage orange = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
		for (int i = 0; i < 1200; i++) orange.setRGB(i % 40, i / 40, (i % 251) << 16 | (i % 251 + 1) / 2 << 8);
		final Path png = folder.resolve("orange.png");
		ImageIO.write(orange, "png", png.toFile());
		final byte[] gray = (byte[]) GrayFile.read(png, 0).values();
		for (int i = 0; i < 1200; i++) assertEquals(i % 251, gray[i] & 0xff);
		orange.setRGB(3, 4, 0x0000ff);
		ImageIO.write(orange, "png", png.toFile());
		assertTrue(assertThrows(IOException.class, () -> GrayFile.read(png, 0)).getMessage()
			.contains("orange.png is color of several stains"));

		final BufferedImage smooth = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
		for (int i = 0; i < 4096; i++)
			smooth.setRGB(i % 64, i / 64, (int) (120 + 100 * Math.sin(i % 64 / 9.0) * Math.cos(i / 64 / 7.0)) << 8);
		final Path jpeg = folder.resolve("green.jpg");
		ImageIO.write(smooth, "jpg", jpeg.toFile());
		assertEquals(64, GrayFile.read(jpeg, 0).width());
		for (int i = 0; i < 400; i++) smooth.setRGB(i % 20, i / 20, 0xff0000);
		ImageIO.write(smooth, "jpg", jpeg.toFile());
		assertTrue(
			assertThrows(IOException.class, () -> GrayFile.read(jpeg, 0)).getMessage().contains("several stains"));

		final Path tiff = folder.resolve("rgb16.tif");
		final ByteBuffer file = ByteBuffer.allocate(8 + 2 + 9 * 12 + 4 + 24).order(ByteOrder.LITTLE_ENDIAN);
		final int data = 8 + 2 + 9 * 12 + 4;
		file.putShort((short) 0x4949).putShort((short) 42).putInt(8).putShort((short) 9);
		for (final int[] tag : new int[][]{{256, 2}, {257, 2}, {258, 16}, {259, 1}, {262, 2}, {273, data}, {277, 3},
			{278, 2}, {279, 24}}) file.putShort((short) tag[0]).putShort((short) 4).putInt(1).putInt(tag[1]);
		file.putInt(0);
		for (int i = 0; i < 4; i++) file.putShort((short) 0).putShort((short) (10000 * i)).putShort((short) (5000 * i));
		Files.write(tiff, file.array());
		assertEquals("[0, 10000, 20000, 30000]", Arrays.toString((short[]) GrayFile.read(tiff, 0).values()));
		file.putShort(data, (short) 30000);
		Files.write(tiff, file.array());
		assertTrue(assertThrows(IOException.class, () -> GrayFile.read(tiff, 0)).getMessage()
			.contains("color of several stains (3 samples"));
	}

	@Test
	void refusesWithFileAndRemedy() throws IOException {
		assertMessage("refuse-bits.png", 0, "fewer than 8 bits");
		assertMessage("refuse-zstd.tif", 0, "Zstandard", "save it as");
		assertMessage("refuse-jpeg.tif", 0, "JPEG", "save it as");
		assertMessage("refuse-half.tif", 0, "16 bits of the format floating point", "save it as");
		assertMessage("refuse-complex.tif", 0, "format number 6", "save it as");
		assertMessage("refuse.bmp", 0, "no TIFF, PNG or JPEG", "convert it");
	}

	@Test
	void anAbsentOrEmptyFileOrFolderIsNamed() throws IOException {
		final Path absent = folder.resolve("absent.tif");
		assertMessage(absent, 0, "does not exist", "restore it");
		assertMessage(folder, 0, "does not exist or is no file");
		assertMessage(Files.createFile(folder.resolve("empty.tif")), 0, "no TIFF, PNG or JPEG");
	}

	/** Every way to cut a file short gives an IOException that names it, or the whole pixels (cut in trailing tags). */
	@Test
	void truncationNeverPassesUnnoticed() throws IOException {
		for (final String name : List.of("u16-none-le-strip.tif", "u16-lzw-predicted-be-tile.tif",
			"u8-zlib-le-strip.tif", "f32-packbits-be-strip.tif", "u16.png", "flat77.jpg", "pages-u16-imagej.tif"))
		{
			final byte[] whole = Fixtures.all().get(name);
			final Object pixels = GrayFile.read(Fixtures.write(name, folder), 0).values();
			int refused = 0;
			for (int length = 0; length < whole.length; length += 7) {
				final Path cut = Files.write(folder.resolve("cut-" + name), Arrays.copyOf(whole, length));
				try {
					final Object got = GrayFile.read(cut, 0).values();
					assertTrue(Arrays.deepEquals(new Object[]{pixels}, new Object[]{got}) || name.endsWith("jpg"), //
						name + " cut to " + length + " of " + whole.length + " gave other pixels");
				}
				catch (final IOException exc) {
					refused++;
					assertTrue(exc.getMessage().contains("cut-" + name), exc.getMessage());
				}
			}
			assertTrue(refused > whole.length / 7 / 4, name + ": " + refused + " of " + whole.length / 7);
		}
	}

	/** Noise in the bytes may give an IOException or other pixels, but no other exception and no endless loop. */
	@Test
	void damageGivesNothingButIOExceptions() throws IOException {
		final Random random = new Random(1);
		for (final String name : List.of("u16-lzw-le-strip.tif", "u16-zlib-predicted-be-tile.tif",
			"f32-lzw-predicted-le-tile.tif", "u8-packbits-le-tile.tif", "u16-big-le-strip.tif", "u16.png",
			"flat77.jpg"))
		{
			for (int round = 0; round < 150; round++) {
				final byte[] bytes = Fixtures.all().get(name).clone();
				// Mostly near the ends, where header and directory lie.
				for (int i = 0; i < 3; i++) {
					final int near = random.nextInt(Math.min(200, bytes.length));
					bytes[random.nextBoolean() ? near : bytes.length - 1 - near] = (byte) random.nextInt();
				}
				final Path broken = Files.write(folder.resolve("broken-" + name), bytes);
				try {
					GrayFile.read(broken, 0);
				}
				catch (final IOException exc) {
					assertTrue(exc.getMessage().contains("broken-" + name), exc.getMessage());
				}
			}
		}
	}

	private void assertPixels(final String name, final String kind, final int page) throws IOException {
		assertPixels(GrayFile.read(Fixtures.write(name, folder), page), kind, page);
	}

	private static void assertPixels(final GrayPlane plane, final String kind, final int page) {
		assertEquals(Fixtures.WIDTH, plane.width());
		assertEquals(Fixtures.HEIGHT, plane.height());
		assertEquals(switch (kind) {
			case "u8" -> Depth.UINT8;
			case "u16" -> Depth.UINT16;
			default -> Depth.FLOAT32;
		}, plane.depth());
		final float[] values = (float[]) plane.values(Depth.FLOAT32);
		for (int y = 0; y < plane.height(); y++) {
			for (int x = 0; x < plane.width(); x++) {
				final int at = y * plane.width() + x;
				final int px = x;
				final int py = y;
				assertEquals((float) Fixtures.value(kind, x, y, page), values[at],
					() -> String.format(Locale.ROOT, "(%d, %d)", px, py));
			}
		}
	}

	private void assertMessage(final String name, final int frame, final String... parts) throws IOException {
		assertMessage(Fixtures.write(name, folder), frame, parts);
	}

	private static void assertMessage(final Path path, final int frame, final String... parts) {
		final String message = assertThrows(IOException.class, () -> GrayFile.read(path, frame)).getMessage();
		assertTrue(message.startsWith(path.toString()), message);
		for (final String part : parts)
			assertTrue(message.contains(part), () -> "'" + part + "' is not in: " + message);
	}
}
