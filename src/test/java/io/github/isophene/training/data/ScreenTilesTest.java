// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.isophene.numerics.RandomStream;
import io.github.isophene.pixels.ChannelReader;
import io.github.isophene.pixels.Downscale;
import io.github.isophene.pixels.FieldReader;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.pixels.Intensity;
import io.github.isophene.pixels.ScaledField;
import io.github.isophene.pixels.ScreenFields;
import io.github.isophene.progress.Progress;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Selection;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScreenTilesTest {

	private static final int SIZE = 40;

	@TempDir
	Path folder;

	/** Tests that training and prediction see the same pixels of a field. */
	@ParameterizedTest
	@CsvSource(delimiter = ';',
		value = {"clip8; u16; 1e-6", "clip8+fixed:0.1,0.2:0.3,0.4; u16; 1e-5", "typemax; u8; 1e-6", "self; u16; 1e-5",
			"percentile:0.1:99.9; u16; 1e-5", "percentile:1:99+fixed:0.5:0.2; f32; 1e-4", "self; f32; 1e-3",
			"fixed:1000:500; u16; 1e-5"})
	void tilesHoldTheValuesOfTheIntensity(final String spec, final String type, final float tolerance)
		throws IOException
	{
		final ScreenFields fields = fields(spec, type);
		try (ScreenTiles tiles = new ScreenTiles(fields, 0, folder.resolve("model.zip"))) {
			final ScaledField field = fields.read(3);
			final float[] out = new float[2 * SIZE * SIZE];
			new AugmentedTiles(tiles, tiles.count(), 2, new Augmentation(SIZE, false, false, false)).read(3, null,
				FloatBuffer.wrap(out));
			for (int c = 0; c < 2; c++) {
				final float[] expected = field.values(c);
				assertArrayEquals(expected, Arrays.copyOfRange(out, c * SIZE * SIZE, (c + 1) * SIZE * SIZE), tolerance);
			}
		}
	}

	@Test
	void channelsAreStandardizedByTheTrainingPartAlone() throws IOException {
		final ScreenFields fields = fields("clip8", "u16");
		final int[] training = {0, 2, 4, 5};
		try (ScreenTiles tiles = new ScreenTiles(fields, 0, folder.resolve("model.zip"));
			ScreenTiles others = new ScreenTiles(fields, 0, folder.resolve("model.zip")))
		{
			tiles.standardize(training, Progress.NONE);
			others.standardize(new int[]{1, 3}, Progress.NONE);
			for (int c = 0; c < 2; c++) {
				double sum = 0;
				double squares = 0;
				for (final int sample : training) {
					for (final float v : values(tiles, sample, c)) {
						sum += v;
						squares += v * v;
					}
				}
				final int n = training.length * SIZE * SIZE;
				assertEquals(0, sum / n, 1e-5);
				assertEquals(1, squares / n, 1e-4);
			}
			assertNotEquals(tiles.intensity().spec(), others.intensity().spec());
			// The model's text says all of it.
			final ScreenFields again = fields(tiles.intensity().spec(), "u16");
			assertEquals(tiles.intensity(), again.intensity());
			assertArrayEquals(again.read(1).values(1), values(tiles, 1, 1), 1e-4f);
		}
	}

	@Test
	void aFieldSmallerThanTheCropIsNamed() throws IOException {
		try (ScreenTiles tiles = new ScreenTiles(fields("clip8", "u16"), 0, folder.resolve("model.zip"))) {
			final AugmentedTiles large = new AugmentedTiles(tiles, tiles.count(), 2, Augmentation.all(SIZE + 1));
			final String message = assertThrows(IllegalArgumentException.class,
				() -> large.read(3, null, FloatBuffer.allocate(2 * (SIZE + 1) * (SIZE + 1)))).getMessage();
			assertTrue(
				message.startsWith("P A01 site 3 (a): ") && message.contains("40 x 40") && message.contains("41 x 41"),
				message);
		}
	}

	private static float[] values(final AugmentedTiles.DecodedImages tiles, final int sample, final int channel)
		throws IOException
	{
		final PackedTile tile = tiles.tile(sample);
		final float[] values = new float[SIZE * SIZE];
		for (int i = 0; i < values.length; i++) {
			values[i] = tile.scale()[channel] * (tile.values()[channel * values.length + i] & 0xFFFF) +
				tile.offset()[channel];
		}
		return values;
	}

	private static ScreenFields fields(final String spec, final String type) {
		final List<Field> list = IntStream.range(0, 6)
			.mapToObj(i -> new Field("P", "A01", String.valueOf(i), Map.of(), List.of(Plane.of("a"), Plane.of("b"))))
			.toList();
		return new ScreenFields(new ChannelReader(new FieldReaders(List.of(new Noise(type))), List.of("a", "b"),
			List.of("a", "b"), Downscale.NONE), list, Intensity.parse(spec), Selection.NONE);
	}

	/** Fields of noise; each channel of each field has a level of its own. */
	private record Noise(String type) implements FieldReader {

		@Override
		public String description() {
			return "noise";
		}

		@Override
		public boolean accepts(final Field field) {
			return true;
		}

		@Override
		public Img<?> read(final Field field) {
			final RandomStream random = RandomStream.of(5, field.site());
			final int n = 2 * SIZE * SIZE;
			final float[] values = new float[n];
			for (int i = 0; i < n; i++) {
				values[i] = (float) (60 + 40 * (i / (SIZE * SIZE)) + 10 * Integer.parseInt(field.site()) +
					60 * random.nextDouble());
			}
			final byte[] bytes = new byte[n];
			final short[] shorts = new short[n];
			for (int i = 0; i < n; i++) {
				bytes[i] = (byte) values[i];
				shorts[i] = (short) (values[i] * 40);
			}
			return switch (type) {
				case "u8" -> ArrayImgs.unsignedBytes(bytes, SIZE, SIZE, 2);
				case "u16" -> ArrayImgs.unsignedShorts(shorts, SIZE, SIZE, 2);
				default -> ArrayImgs.floats(values, SIZE, SIZE, 2);
			};
		}
	}
}
