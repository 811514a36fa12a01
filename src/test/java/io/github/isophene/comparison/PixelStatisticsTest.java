// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
