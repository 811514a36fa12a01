// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;

import net.imglib2.RandomAccess;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;

class BackgroundTest {

	@Test
	void otsuIsTheMaximumOfTheVarianceBetweenTheClasses() {
		final Random random = new Random(5);
		for (int round = 0; round < 200; round++) {
			final long[] counts = new long[2 + random.nextInt(20)];
			for (int i = 0; i < counts.length; i++) counts[i] = random.nextInt(4) == 0 ? 0 : random.nextInt(50);
			counts[0]++;
			counts[counts.length - 1]++;
			final int split = Otsu.split(counts);
			double largest = 0;
			for (int i = 0; i < counts.length - 1; i++) largest = Math.max(largest, between(counts, i));
			assertEquals(largest, between(counts, split), 1e-9 * largest);
		}
	}

	@Test
	void tilesWithoutNucleiGo() {
		// 3 x 2 tiles of 10 pixels; channel 1 has one nucleus, in the tile in the middle of the lower row
		final Img<UnsignedShortType> image = image();
		final List<Tile> tiles = Tiling.grid(10).tiles(30, 20);
		final Background background = new Background(1, .01);
		final double threshold = background.threshold(image);
		assertTrue(threshold > 100 && threshold < 5000, threshold + "");
		assertEquals(.16, background.share(image, tiles.get(4), threshold), 1e-12);
		assertEquals(0, background.share(image, tiles.get(0), threshold));
		assertEquals(List.of(tiles.get(4)), background.keep(image, tiles));
		assertEquals(List.of(tiles.get(4)), new Background(1, .16).keep(image, tiles));
		assertEquals(List.of(), new Background(1, .17).keep(image, tiles));
	}

	@Test
	void zeroKeepsAll() {
		final List<Tile> tiles = Tiling.grid(10).tiles(30, 20);
		assertEquals(tiles, new Background(1, 0).keep(image(), tiles));
		assertEquals(tiles, Background.off().keep(image(), tiles));
		assertTrue(Background.off().isOff());
	}

	@Test
	void withoutContrastThereIsNoForeground() {
		final Img<?> flat = ArrayImgs.floats(20, 20, 1);
		assertEquals(Double.POSITIVE_INFINITY, new Background(0, .01).threshold(flat));
		assertEquals(List.of(), new Background(0, .01).keep(flat, Tiling.grid(10).tiles(20, 20)));
	}

	@Test
	void theFactorIsSeventyPercentOfOtsuOnTheWholeField() {
		final Img<?> image = Synthetic.image("u16", 61, 47);
		final double otsu = Otsu.threshold(PixelBlocks.of(image), 0);
		assertEquals(.7 * otsu, new Background(0, .01).threshold(image), 1e-9);
		assertEquals(.7 * otsu, new Background(0, .01).threshold(Views.translate(image, 5, -7, 2)), 1e-9);
	}

	@Test
	void everyTypeIsCountedAlike() {
		final Img<UnsignedShortType> shorts = image();
		final float[] floats = new float[1200];
		final byte[] bytes = new byte[1200];
		int i = 0;
		for (final UnsignedShortType t : shorts) {
			floats[i] = t.get() / 25;
			bytes[i++] = (byte) (t.get() / 25);
		}
		final List<Tile> tiles = Tiling.stride(10, 5).tiles(30, 20);
		final List<Tile> expected = new Background(1, .05).keep(shorts, tiles);
		assertTrue(expected.size() > 1);
		assertEquals(expected, new Background(1, .05).keep(ArrayImgs.floats(floats, 30, 20, 2), tiles));
		assertEquals(expected, new Background(1, .05).keep(ArrayImgs.unsignedBytes(bytes, 30, 20, 2), tiles));
	}

	@Test
	void impossibleSettingsAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> new Background(-1, .01));
		assertThrows(IllegalArgumentException.class, () -> new Background(0, 1.5));
		assertThrows(IllegalArgumentException.class, () -> new Background(0, Double.NaN));
		final String message = assertThrows(IllegalArgumentException.class,
			() -> new Background(2, .01).threshold(image())).getMessage();
		assertTrue(message.contains("number 3") && message.contains("has 2"), message);
	}

	private static Img<UnsignedShortType> image() {
		final Img<UnsignedShortType> image = ArrayImgs.unsignedShorts(30, 20, 2);
		final Random random = new Random(2);
		for (final UnsignedShortType t : image) t.set(100 + random.nextInt(50));
		final RandomAccess<UnsignedShortType> at = image.randomAccess();
		for (int y = 13; y < 17; y++) {
			for (int x = 13; x < 17; x++) at.setPositionAndGet(x, y, 1).set(5000 + random.nextInt(500));
		}
		return image;
	}

	private static double between(final long[] counts, final int split) {
		double n0 = 0;
		double n1 = 0;
		double s0 = 0;
		double s1 = 0;
		for (int i = 0; i < counts.length; i++) {
			if (i <= split) {
				n0 += counts[i];
				s0 += (double) i * counts[i];
			}
			else {
				n1 += counts[i];
				s1 += (double) i * counts[i];
			}
		}
		final double mean = (s0 + s1) / (n0 + n1);
		return n0 * Math.pow(s0 / n0 - mean, 2) + n1 * Math.pow(s1 / n1 - mean, 2);
	}
}
