// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

import javax.imageio.ImageIO;

import io.github.isophene.pixels.illumination.Illumination;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.HarmonyFlatField;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.ScreenTable;
import io.github.isophene.screen.format.PhenixFormat;
import net.imglib2.RandomAccess;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.RealType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class IlluminationTest {

	private static final int SIZE = 64;

	@TempDir
	private Path dir;

	/** Gray value of a pixel. */
	private interface Picture {

		double at(int x, int y);
	}

	private Path image(final String name, final Picture picture) throws IOException {
		final BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_USHORT_GRAY);
		for (int i = 0; i < SIZE * SIZE; i++) {
			image.getRaster().setSample(i % SIZE, i / SIZE, 0, (int) Math.round(picture.at(i % SIZE, i / SIZE)));
		}
		final Path file = dir.resolve(name);
		Files.createDirectories(file.getParent());
		ImageIO.write(image, "png", file.toFile());
		return file;
	}

	/** As NumPy writes an array of rows. */
	private Path numpy(final String name, final String type, final int width, final int height, final Picture picture)
		throws IOException
	{
		final String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + height + ", " + width +
			"), }";
		final String padded = header + " ".repeat(127 - 10 - header.length()) + "\n";
		final boolean big = type.startsWith(">");
		final int bytes = type.charAt(2) - '0';
		final ByteBuffer buffer = ByteBuffer.allocate(128 + width * height * bytes);
		buffer.put(new byte[]{(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0})
			.put(padded.getBytes(StandardCharsets.US_ASCII));
		buffer.order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
		for (int i = 0; i < width * height; i++) {
			if (bytes == 8) buffer.putDouble(picture.at(i % width, i / width));
			else buffer.putFloat((float) picture.at(i % width, i / width));
		}
		return Files.write(dir.resolve(name), buffer.array());
	}

	private Path table(final String... lines) throws IOException {
		return Files.write(dir.resolve("load_data.csv"), Arrays.asList(lines));
	}

	private static Img<?> read(final Screen screen, final int field, final String mode) throws IOException {
		return new ChannelReader(FieldReaders.builtIn(), screen.channels(), screen.channels(), Downscale.NONE,
			Illumination.of(mode, screen.fields(), Field::plate)).read(screen.fields().get(field));
	}

	private static double value(final Img<?> image, final int x, final int y) {
		final RandomAccess<?> access = image.randomAccess();
		access.setPosition(new long[]{x, y, 0});
		return ((RealType<?>) access.get()).getRealDouble();
	}

	@Test
	void cellProfilersFunctionsAreDividedByOnRequest() throws IOException {
		image("a.png", (x, y) -> x < 32 ? 1000 : 500);
		for (final String type : List.of("<f8", "<f4", ">f8")) {
			numpy("illum.npy", type, SIZE, SIZE, (x, y) -> x < 32 ? 1 : 0.5);
			final Screen screen = ScreenTable
				.read(table("Metadata_Plate,Metadata_Well,FileName_OrigDNA,PathName_OrigDNA,FileName_IllumDNA," +
					"PathName_IllumDNA", "P1,A01,a.png,.,illum.npy,."));
			assertEquals(List.of("DNA"), screen.channels());
			assertEquals(500, value(read(screen, 0, "none"), 40, 3));
			final Img<?> corrected = read(screen, 0, "apply");
			assertEquals(1000, value(corrected, 40, 3), type);
			assertEquals(1000, value(corrected, 4, 60), type);
			assertEquals(65535, ((RealType<?>) corrected.firstElement()).getMaxValue(), "16 bit stay 16 bit");
		}
	}

	@Test
	void functionsAreNoChannelsWithoutOrigEither() throws IOException {
		image("a.png", (x, y) -> 100);
		image("i.png", (x, y) -> 2);
		final Screen screen = ScreenTable
			.read(table("Metadata_Plate,Metadata_Well,FileName_DNA,PathName_DNA,FileName_IllumDNA,PathName_IllumDNA",
				"P1,A01,a.png,.,i.png,."));
		assertEquals(List.of("DNA"), screen.channels());
		assertEquals(50, value(read(screen, 0, "apply"), 1, 1), "an image can be a function, too");
		final Path again = dir.resolve("again/screen.csv");
		Files.createDirectories(again.getParent());
		ScreenTable.write(screen, again);
		assertEquals(screen, ScreenTable.read(again));
		assertTrue(Illumination.unused(screen, "none")
			.orElseThrow()
			.contains("i.png, which are not applied: illumination=apply"));
		assertTrue(Illumination.unused(screen, "apply").isEmpty());
	}

	@Test
	void harmonysPolynomialIsDividedBy() throws IOException {
		image("P/Images/r01c01f01p01-ch1.tiff", (x, y) -> 10000);
		Files.writeString(dir.resolve("P/Images/Index.idx.xml"),
			"<EvaluationInputData><Plates><Plate><Name>P</Name></Plate></Plates><Maps><Map>" +
				"<Entry ChannelID=\"1\"><FlatfieldProfile>{Background: {Character: Flat}, Foreground: {Character: " +
				"NonFlat, Profile: {Coefficients: " +
				"[[1.0], [0.1, 0.0], [-0.3, 0.2, -0.4]], Dims: [64, 64], Origin: [31.5, 31.5], Scale: [0.0317, " +
				"0.0317], Type: Polynomial}}, " + "ChannelName: " +
				"DAPI}</FlatfieldProfile></Entry></Map></Maps><Images><Image><URL>r01c01f01p01-ch1.tiff</" +
				"URL><Row>1</Row><Col>1</Col>" +
				"<FieldID>1</FieldID><ChannelID>1</ChannelID></Image></Images></EvaluationInputData>");
		final Screen opened = new PhenixFormat().read(dir.resolve("P"), ScreenOptions.none());
		final Path table = dir.resolve("screen.csv");
		ScreenTable.write(opened, table);
		final Screen screen = ScreenTable.read(table);
		assertEquals(opened, screen, "the table keeps where the profile is");
		final Img<?> corrected = read(screen, 0, "apply");
		for (final int[] at : new int[][]{{0, 0}, {63, 10}, {31, 31}, {5, 60}}) {
			final double u = (at[0] - 31.5) * 0.0317;
			final double v = (at[1] - 31.5) * 0.0317;
			final double p = 1 + 0.1 * u - 0.3 * u * u + 0.2 * u * v - 0.4 * v * v;
			assertEquals(Math.floor(10000 / p + 0.5), value(corrected, at[0], at[1]), Arrays.toString(at));
		}
	}

	@Test
	void profilesThatAreNoneAreRefusedByChannel() throws IOException {
		assertTrue(HarmonyFlatField.parse("{Background: {Character: Flat}, Channel: 1}").isEmpty());
		final String profile = "Profile: {Coefficients: [[1.0], [0.1]], Dims: [64, 64], Origin: [1, 1], Scale: [1, " +
			"1], Type: Polynomial}";
		final String message = assertThrows(IllegalArgumentException.class, () -> HarmonyFlatField.parse(profile))
			.getMessage();
		assertTrue(message.contains("row 2 of its coefficients has 1 numbers: expected 2"), message);
		assertThrows(IllegalArgumentException.class,
			() -> HarmonyFlatField.parse(profile.replace("[0.1]", "[0.1, 1e999]")));
	}

	/** Twelve fields of cells on a background, all darker toward one corner. */
	private Screen vignetted() throws IOException {
		final Random random = new Random(7);
		final List<Field> fields = new ArrayList<>();
		for (int f = 0; f < 12; f++) {
			final double[][] cells = new double[30][2];
			for (final double[] cell : cells) Arrays.setAll(cell, i -> random.nextDouble() * SIZE);
			final Path file = image("v" + f + ".png", (x, y) -> {
				double value = 200;
				for (final double[] cell : cells)
					value += 400 * Math.exp(-((x - cell[0]) * (x - cell[0]) + (y - cell[1]) * (y - cell[1])) / 32);
				return value * shade(x, y);
			});
			fields
				.add(new Field("P", String.format("A%02d", f + 1), "1", Map.of(), List.of(Plane.of(file.toString()))));
		}
		return new Screen(List.of("DNA"), fields);
	}

	private static double shade(final int x, final int y) {
		return 1.2 - 0.6 * (x * x + y * y) / (2.0 * SIZE * SIZE);
	}

	/**
	 * The mean over fields of the left upper and the right lower quarter: their quotient is that of the
	 * illumination.
	 */
	private static double quotient(final Screen screen, final String mode) throws IOException {
		double first = 0;
		double last = 0;
		final ChannelReader reader = new ChannelReader(FieldReaders.builtIn(), screen.channels(), screen.channels(),
			Downscale.NONE, Illumination.of(mode, screen.fields(), Field::plate));
		for (final Field field : screen.fields()) {
			final Img<?> image = reader.read(field);
			for (int i = 0; i < SIZE * SIZE / 4; i++) {
				first += value(image, i % (SIZE / 2), i / (SIZE / 2));
				last += value(image, SIZE / 2 + i % (SIZE / 2), SIZE / 2 + i / (SIZE / 2));
			}
		}
		return last / first;
	}

	@Test
	void anEstimateFlattensAPlate() throws IOException {
		final Screen screen = vignetted();
		final double raw = quotient(screen, "none");
		final double corrected = quotient(screen, "estimate");
		assertTrue(raw < 0.8, () -> "the test's plate is too flat: " + raw);
		assertEquals(1, corrected, 0.02, "what is left are the cells of 12 fields");
		// the same whatever is read first, and by whomever
		final Img<?> alone = read(screen, 11, "estimate");
		final Img<?> again = read(screen, 11, "estimate");
		assertEquals(value(alone, 63, 63), value(again, 63, 63));
		assertTrue(value(alone, 63, 63) > value(read(screen, 11, "none"), 63, 63) * 1.3);
	}

	@Test
	void aPlatesMeanStaysWhatItIs() throws IOException {
		final Screen screen = vignetted();
		double before = 0;
		double after = 0;
		for (int f = 0; f < screen.fields().size(); f++) {
			final Img<?> raw = read(screen, f, "none");
			final Img<?> corrected = read(screen, f, "estimate");
			for (int i = 0; i < SIZE * SIZE; i++) {
				before += value(raw, i % SIZE, i / SIZE);
				after += value(corrected, i % SIZE, i / SIZE);
			}
		}
		assertEquals(1, after / before, 0.03);
	}

	@Test
	void saysWhatIsWrong() throws IOException {
		final Path image = image("a.png", (x, y) -> 1);
		final Screen plain = new Screen(List.of("DNA"),
			List.of(new Field("P", "A01", "1", Map.of(), List.of(Plane.of(image.toString())))));
		fails(() -> read(plain, 0, "apply"), "names no illumination function", "illumination=estimate or none");
		fails(() -> read(plain, 0, "applied"), "illumination is 'applied': use none, apply, estimate");
		fails(() -> read(with(image, dir.resolve("gone.npy")), 0, "apply"), "gone.npy does not exist",
			"illumination=none");
		fails(() -> read(with(image, numpy("b.npy", "<f4", 32, SIZE, (x, y) -> 1)), 0, "apply"),
			"b.npy has 32 x 64 pixels", "64 x 64");
		fails(() -> read(with(image, Files.writeString(dir.resolve("c.mat"), "MATLAB 5.0")), 0, "apply"),
			"c.mat is a MATLAB file", ".npy");
		fails(() -> read(with(image, Files.writeString(dir.resolve("d.npy"), "no numpy file")), 0, "apply"),
			"d.npy can't be read");
		final byte[] short1 = Files.readAllBytes(numpy("e.npy", "<f4", SIZE, SIZE, (x, y) -> 1));
		Files.write(dir.resolve("e.npy"), Arrays.copyOf(short1, short1.length - 1));
		fails(() -> read(with(image, dir.resolve("e.npy")), 0, "apply"), "e.npy can't be read", "64 x 64");
		Files.delete(image);
		fails(() -> read(plain, 0, "estimate"), "a.png");
	}

	private static Screen with(final Path image, final Path function) {
		return new Screen(List.of("DNA"), List.of(new Field("P", "A01", "1", Map.of(),
			List.of(Plane.of(image.toString()).withIllumination(Plane.of(function.toString()))))));
	}

	private static void fails(final Executable action, final String... parts) {
		final String message = assertThrows(Exception.class, action).getMessage();
		for (final String part : parts) assertTrue(message.contains(part), () -> "no '" + part + "' in: " + message);
	}

	@Test
	void pixelsThatHaveNoLightBecomeBlack() throws IOException {
		final Path image = image("a.png", (x, y) -> 40000);
		final Img<?> corrected = read(
			with(image,
				numpy("f.npy", "<f8", SIZE, SIZE, (x, y) -> x == 0 ? 0 : x == 1 ? Double.NaN : x == 2 ? -1 : 0.5)),
			0, "apply");
		for (int x = 0; x < 3; x++) assertEquals(0, value(corrected, x, 5));
		assertEquals(65535, value(corrected, 9, 5), "clipped at the largest value");
		assertFalse(Illumination.MODES.isEmpty());
	}
}
