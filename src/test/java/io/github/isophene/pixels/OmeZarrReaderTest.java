// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.format.OmeZarrFormat;
import io.github.isophene.zarr.ZarrFixtures;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fields of plates that ome-zarr-py and ngff-zarr have written, beside the same pixels in TIFF. */
class OmeZarrReaderTest {

	private static final int W = ZarrFixtures.WIDTH;
	private static final int H = ZarrFixtures.HEIGHT;

	@TempDir
	private Path folder;

	private final FieldReaders readers = FieldReaders.builtIn();

	@Test
	void everyPlateIsReadLikeTiff() throws IOException {
		ZarrFixtures.plates(folder);
		final Screen screen = new OmeZarrFormat().read(folder, ScreenOptions.none());
		// ngff-zarr's plates have channels without names: each field has those of its own plate.
		for (final Field field : screen.fields()) {
			final List<Plane> own = field.planes().stream().filter(p -> p != null).toList();
			final Field zarr = new Field(field.plate(), field.well(), field.site(), field.metadata(), own);
			final Field tiff = new Field(field.plate(), field.well(), field.site(), field.metadata(), tiffs(field));
			for (final Downscale downscale : List.of(Downscale.NONE, Downscale.mean(2), Downscale.mean(3),
				Downscale.nearest(2)))
			{
				final var expected = readers.read(tiff, downscale);
				final var found = readers.read(zarr, downscale);
				assertTrue(found.firstElement() instanceof UnsignedShortType);
				assertEquals(expected.dimension(0), found.dimension(0));
				final List<Object> a = PlaneArrays.of(expected);
				final List<Object> b = PlaneArrays.of(found);
				assertEquals(2, b.size());
				for (int c = 0; c < 2; c++)
					assertArrayEquals((short[]) a.get(c), (short[]) b.get(c), field.label() + " " + downscale.spec());
			}
		}
	}

	@Test
	void otherPyramidsCountOnlyIfAsked() throws IOException {
		ZarrFixtures.plates(folder);
		final Field field = new OmeZarrFormat().read(folder.resolve("v04.ome.zarr"), ScreenOptions.none())
			.fields()
			.get(0);
		final short[] mean = (short[]) PlaneArrays.of(readers.read(field, Downscale.mean(2))).get(0);
		System.setProperty("isophene.zarr.levels", "any");
		try {
			final short[] level = (short[]) PlaneArrays.of(readers.read(field, Downscale.mean(2))).get(0);
			assertEquals(mean.length, level.length);
			int different = 0;
			for (int i = 0; i < level.length; i++) {
				assertTrue(Math.abs(level[i] - mean[i]) < 60, level[i] + " and " + mean[i]);
				if (level[i] != mean[i]) different++;
			}
			assertTrue(different > 0, "ome-zarr-py's levels are no means, so these can't be the same");
		}
		finally {
			System.clearProperty("isophene.zarr.levels");
		}
	}

	@Test
	void missingAndDamagedPartsAreNamed() throws IOException {
		ZarrFixtures.plates(folder);
		for (final String plate : List.of("v04", "v05sharded")) {
			final Field field = new OmeZarrFormat().read(folder.resolve(plate + ".ome.zarr"), ScreenOptions.none())
				.fields()
				.get(0);
			final Path image = Path.of(field.planes().get(0).path());
			final Path chunk;
			try (Stream<Path> files = Files.walk(image)) {
				chunk = files.filter(f -> f.toString().contains("s0") && f.getFileName().toString().matches("\\d"))
					.filter(Files::isRegularFile)
					.sorted()
					.findFirst()
					.orElseThrow();
			}
			final byte[] bytes = Files.readAllBytes(chunk);
			Files.write(chunk, java.util.Arrays.copyOf(bytes, bytes.length / 2));
			assertMessage(field, field.label(), chunk.toString(), "Copy or write it again");
			Files.write(chunk, bytes);
			assertMessage(new Field(field.plate(), field.well(), field.site(), field.metadata(),
				List.of(new Plane(image.toString(), 5))), image.toString(), "no");
			final Path metadata = image.resolve(plate.equals("v04") ? "s0/.zarray" : "s0/zarr.json");
			final String good = Files.readString(metadata);
			Files.writeString(metadata, good.replace("uint16", "int64").replace("<u2", "<i8"));
			assertMessage(field, metadata.toString(), "uint16");
			Files.delete(metadata);
			assertMessage(field, image.resolve("s0").toString(), "no Zarr array");
			Files.delete(image.resolve(plate.equals("v04") ? ".zattrs" : "zarr.json"));
			if (plate.equals("v04")) Files.delete(image.resolve(".zgroup"));
			assertMessage(field, image.toString(), "no OME-Zarr image");
		}
	}

	private void assertMessage(final Field field, final String... words) {
		final IOException exc = assertThrows(IOException.class, () -> readers.read(field));
		for (final String word : words)
			assertTrue(exc.getMessage().contains(word), exc.getMessage() + " without " + word);
	}

	/** The field's pixels by the formula, as 16-bit TIFF files. */
	private List<Plane> tiffs(final Field field) throws IOException {
		final int r = field.well().charAt(0) - 'B';
		final int k = field.well().endsWith("11") ? 1 : 0;
		final int f = Integer.parseInt(field.site());
		final List<Plane> planes = new ArrayList<>();
		for (int c = 0; c < 2; c++) {
			final BufferedImage image = new BufferedImage(W, H, BufferedImage.TYPE_USHORT_GRAY);
			for (int y = 0; y < H; y++) {
				for (int x = 0; x < W; x++) image.getRaster().setSample(x, y, 0, ZarrFixtures.pixel(r, k, f, c, x, y));
			}
			final Path file = folder.resolve(field.label().replace(' ', '_') + c + ".tif");
			ImageIO.write(image, "TIFF", file.toFile());
			planes.add(Plane.of(file.toString()));
		}
		return planes;
	}
}
