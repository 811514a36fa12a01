// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** Values of src/test/python/golden_pixels.py, by NumPy. */
class PixelStatisticsTest {

	private static final double[] GOLDEN = {3.8, 2.039608, 9.949874, 0.19, 0.95, 2, 4, 6, 6, 6, 2, 1.48324, 7.702813,
		0, 0, 0.75, 2, 3, 4, 4, -0.1156938};

	@Test
	void statisticsAreThoseOfNumPy() {
		final float[] image = new float[2 * 4 * 5];
		for (int y = 0; y < 4; y++) {
			for (int x = 0; x < 5; x++) {
				image[y * 5 + x] = (3 * y * y + 2 * x * y + x) % 7;
				image[20 + y * 5 + x] = (y + 2 * x * x) % 5;
			}
		}
		final float[] found = PixelStatistics.of(image, 2, 4, 5);
		assertEquals(GOLDEN.length, found.length);
		for (int i = 0; i < GOLDEN.length; i++) assertEquals(GOLDEN[i], found[i], 1e-5, "statistic " + i);
	}

	@Test
	void detailedStatisticsAreTheSameAndMore() {
		final Random random = new Random(3);
		final int side = 70;
		final float[] image = new float[2 * side * side];
		for (int i = 0; i < image.length; i++)
			image[i] = (float) (random.nextGaussian() + 3 * Math.sin(i % side / 9.0) + (i >= side * side ? 5 : 0));
		final float[] exact = PixelStatistics.of(image, 2, side, side);
		final double[] coarse = {sharpness(halved(image, side), side / 2),
			sharpness(halved(halved(image, side), side / 2), side / 4)};
		final float[] detailed = PixelStatistics.detailed(image.clone(), 2, side, side);
		assertEquals(PixelStatistics.names(List.of("DNA", "Actin")).size(), detailed.length);
		for (int c = 0; c < 2; c++) {
			for (int k = 0; k < 3; k++)
				assertEquals(exact[10 * c + k], detailed[13 * c + k], 1e-5 * Math.abs(exact[10 * c + k]));
			for (int k = 3; k < 10; k++) assertEquals(exact[10 * c + k], detailed[13 * c + k], .15, "percentile " + k);
		}
		assertEquals(exact[20], detailed[26], 1e-5);
		for (int k = 0; k < 2; k++) assertEquals(coarse[k], detailed[10 + k], 1e-4 * coarse[k]);
	}

	@Test
	void objectsAreCountedAndNoiseHasNone() {
		final int side = 224;
		final Random random = new Random(5);
		for (final int wanted : new int[]{0, 1, 9, 25}) {
			final float[] image = new float[side * side];
			final int across = (int) Math.sqrt(wanted);
			for (int y = 0; y < side; y++) {
				for (int x = 0; x < side; x++) {
					image[y * side + x] = (float) (10 + random.nextGaussian());
					for (int a = 0; a < across; a++) {
						for (int b = 0; b < across; b++) {
							final double far = Math.hypot(x - (a + .5) * side / across, y - (b + .5) * side / across);
							if (far < 13) image[y * side + x] += 40 * Math.sqrt(1 - far / 13);
						}
					}
				}
			}
			assertEquals(wanted, PixelStatistics.detailed(image, 1, side, side)[12]);
		}
	}

	@Test
	void evenImagesHaveFiniteStatistics() {
		final float[] image = new float[2 * 32 * 32];
		Arrays.fill(image, 7);
		for (final float value : PixelStatistics.detailed(image, 2, 32, 32)) assertTrue(Float.isFinite(value));
	}

	@Test
	void columnsAreNamedByChannel() {
		final List<String> names = PixelStatistics.names(List.of("DNA", "ER", "RNA"));
		assertEquals("stat_DNA_mean", names.get(0));
		assertEquals("stat_DNA_objects", names.get(12));
		assertEquals("stat_ER_RNA_correlation", names.get(names.size() - 1));
		assertEquals(names.size(), new ArrayList<>(names).stream().distinct().count());
		assertThrows(IllegalArgumentException.class, () -> FeatureSet.parse("pixels"));
	}

	private static float[] halved(final float[] image, final int side) {
		final int half = side / 2;
		final float[] mean = new float[half * half];
		for (int y = 0; y < half; y++)
			for (int x = 0; x < half; x++)
				mean[y * half + x] = (image[2 * y * side + 2 * x] + image[2 * y * side + 2 * x + 1] +
					image[(2 * y + 1) * side + 2 * x] + image[(2 * y + 1) * side + 2 * x + 1]) / 4;
		return mean;
	}

	private static double sharpness(final float[] of, final int side) {
		double squares = 0;
		for (int y = 1; y < side - 1; y++) {
			for (int x = 1; x < side - 1; x++) {
				final int i = y * side + x;
				final double l = of[i - 1] + (double) of[i + 1] + of[i - side] + of[i + side] - 4.0 * of[i];
				squares += l * l;
			}
		}
		return Math.sqrt(squares / ((side - 2) * (side - 2)));
	}
}
