// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

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
		final Img<UnsignedShortType> image = ArrayImgs.unsignedShorts(new short[]{0, 1, 10, 20, 9, //
			1, 0, 30, 41, 9, //
			7, 7, (short) 65535, (short) 65534, 9, //
			8, 8, (short) 65535, (short) 65534, 9, //
			9, 9, 9, 9, 9}, 5, 5, 1);
		final Img<?> half = Downscale.mean(2).of(image);
		assertArrayEquals(new long[]{2, 2, 1}, half.dimensionsAsLongArray());
		assertInstanceOf(UnsignedShortType.class, half.getType());
		assertArrayEquals(new double[]{1, 25, 8, 65535}, values(half));
	}

	@Test
	void typesAndChannelsStay() {
		for (final String kind : new String[]{"u8", "u16", "f32"}) {
			final Img<?> image = Synthetic.image(kind, 23, 14);
			final Img<?> third = Downscale.mean(3).of(image);
			assertEquals(image.getType().getClass(), third.getType().getClass());
			assertArrayEquals(new long[]{7, 4, 1}, third.dimensionsAsLongArray());
			final double[] v = values(third);
			for (int y = 0; y < 4; y++) {
				for (int x = 0; x < 7; x++)
					assertEquals(mean(image, x, y, 0, 3), v[y * 7 + x], kind.equals("f32") ? 1e-3 : .5);
			}
		}
		final Img<UnsignedShortType> channels = Synthetic.channels(8, 6, 3);
		final double[] v = values(Downscale.mean(2).of(channels));
		for (int c = 0; c < 3; c++) assertEquals(mean(channels, 3, 2, c, 2), v[c * 12 + 11], .5);
	}

	@Test
	void nearestTakesThePixelInTheMiddleAsLibvipsDoes() {
		for (final String kind : new String[]{"u8", "u16", "f32"}) {
			final Img<?> image = Synthetic.image(kind, 24, 17);
			final double[] raw = values(image);
			for (final int factor : new int[]{2, 3, 4, 5}) {
				final Img<?> small = Downscale.nearest(factor).of(image);
				assertEquals(image.getType().getClass(), small.getType().getClass());
				assertArrayEquals(new long[]{24 / factor, 17 / factor, 1}, small.dimensionsAsLongArray());
				// pyvips 8.18, resize(1 / factor, kernel="nearest"): pixel 1 of 2 and 3, 2 of 4 and 5
				final int middle = factor < 4 ? 1 : 2;
				final double[] v = values(small);
				for (int i = 0; i < v.length; i++) {
					final int x = i % (24 / factor) * factor + middle;
					final int y = i / (24 / factor) * factor + middle;
					assertEquals(raw[y * 24 + x], v[i], kind + " " + factor);
				}
			}
		}
	}

	@Test
	void textsRoundTrip() {
		for (final String text : List.of("1", "mean:2", "nearest:2", "nearest:3"))
			assertEquals(text, Downscale.parse(text).spec());
		assertEquals(Downscale.mean(2), Downscale.parse(" 2 "));
		assertEquals(Downscale.NONE, Downscale.parse("nearest:1"));
		assertEquals(Downscale.nearest(2), Downscale.parse("Nearest:2"));
	}

	@Test
	void oneIsTheImageItself() {
		final Img<?> image = Synthetic.image("u8", 4, 4);
		assertSame(image, Downscale.NONE.of(image));
		assertInstanceOf(UnsignedByteType.class, Downscale.mean(4).of(image).getType());
	}

	@Test
	void impossibleFactorsAreRefused() {
		final Img<?> image = Synthetic.image("u8", 4, 4);
		assertThrows(IllegalArgumentException.class, () -> Downscale.nearest(5).of(image));
		for (final String text : List.of("0", "-1", "", "half", "median:2", "nearest", "nearest:0", "nearest:2:2",
			"mean:1.5"))
		{
			assertTrue(assertThrows(IllegalArgumentException.class, () -> Downscale.parse(text)).getMessage()
				.startsWith("downscale = " + text + ": "), text);
		}
		assertThrows(IllegalArgumentException.class, () -> Downscale.mean(5).of(image));
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
