// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import org.junit.jupiter.api.Test;

class DownscaleTest {

	@Test
	void squaresBecomeTheirMeanRoundedHalvesUp() {
		final Img<UnsignedShortType> image = ArrayImgs.unsignedShorts(new short[] { 0, 1, 10, 20, 9, //
			1, 0, 30, 41, 9, //
			7, 7, (short) 65535, (short) 65534, 9, //
			8, 8, (short) 65535, (short) 65534, 9, //
			9, 9, 9, 9, 9 }, 5, 5, 1);
		final Img<?> half = Downscale.by(image, 2);
		assertArrayEquals(new long[] { 2, 2, 1 }, half.dimensionsAsLongArray());
		assertInstanceOf(UnsignedShortType.class, half.getType());
		assertArrayEquals(new double[] { 1, 25, 8, 65535 }, values(half));
	}

	@Test
	void typesAndChannelsStay() {
		for (final String kind : new String[] { "u8", "u16", "f32" }) {
			final Img<?> image = Synthetic.image(kind, 23, 14);
			final Img<?> third = Downscale.by(image, 3);
			assertEquals(image.getType().getClass(), third.getType().getClass());
			assertArrayEquals(new long[] { 7, 4, 1 }, third.dimensionsAsLongArray());
			final double[] v = values(third);
			for (int y = 0; y < 4; y++) {
				for (int x = 0; x < 7; x++) assertEquals(mean(image, x, y, 0, 3), v[y * 7 + x], kind.equals("f32") ? 1e-3 : .5);
			}
		}
		final Img<UnsignedShortType> channels = Synthetic.channels(8, 6, 3);
		final double[] v = values(Downscale.by(channels, 2));
		for (int c = 0; c < 3; c++) assertEquals(mean(channels, 3, 2, c, 2), v[c * 12 + 11], .5);
	}

	@Test
	void oneIsTheImageItself() {
		final Img<?> image = Synthetic.image("u8", 4, 4);
		assertSame(image, Downscale.by(image, 1));
		assertInstanceOf(UnsignedByteType.class, Downscale.by(image, 4).getType());
	}

	@Test
	void impossibleFactorsAreRefused() {
		final Img<?> image = Synthetic.image("u8", 4, 4);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> Downscale.by(image, 0)).getMessage().contains("downscale is 0"));
		assertThrows(IllegalArgumentException.class, () -> Downscale.by(image, 5));
	}

	private static double mean(final RandomAccessibleInterval<?> image, final int x, final int y, final int c,
		final int factor)
	{
		final RandomAccess<?> access = image.randomAccess();
		double sum = 0;
		for (int i = 0; i < factor; i++) {
			for (int j = 0; j < factor; j++) {
				sum += ((RealType<?>) access.setPositionAndGet(x * factor + j, y * factor + i, c)).getRealDouble();
			}
		}
		return sum / (factor * factor);
	}

	/** In the order X, then Y, then C. */
	private static double[] values(final RandomAccessibleInterval<?> image) {
		final double[] values = new double[(int) (image.dimension(0) * image.dimension(1) * image.dimension(2))];
		final RandomAccess<?> access = image.randomAccess();
		int i = 0;
		for (int c = 0; c < image.dimension(2); c++) {
			for (int y = 0; y < image.dimension(1); y++) {
				for (int x = 0; x < image.dimension(0); x++) {
					values[i++] = ((RealType<?>) access.setPositionAndGet(x, y, c)).getRealDouble();
				}
			}
		}
		return values;
	}
}
