// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo.virtual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.isophene.demo.BatchEffect;
import io.github.isophene.demo.DemoRandom;
import io.github.isophene.demo.DemoRandom.Purpose;
import org.junit.jupiter.api.Test;

class VirtualCameraTest {

	private static final int SIZE = 64;
	private static final VirtualCamera CAMERA = new VirtualCamera(SIZE);
	private static final BatchEffect NONE = BatchEffect.none(1);

	@Test
	void noiseIsAddedAboveOneOnly() {
		final float[] light = new float[SIZE * SIZE];
		Arrays.fill(light, 500);
		for (final double noise : new double[]{.5, 1}) {
			final short[] image = take(light, NONE.with(noise, 1));
			for (final short value : image) assertEquals(8 * 700, value);
		}
		final short[] image = take(light, NONE.with(1.5, 1));
		double sum = 0;
		double square = 0;
		for (final short value : image) {
			sum += value / 8.;
			square += value / 8. * value / 8.;
		}
		final double mean = sum / image.length;
		assertEquals(700, mean, 3);
		assertEquals((1.5 * 1.5 - 1) * (2 * 500 + 16), square / image.length - mean * mean, 100);
	}

	@Test
	void valuesAreCutAtSixteenBits() {
		final float[] light = new float[SIZE * SIZE];
		light[0] = 9000;
		light[1] = -300;
		final short[] image = take(light, NONE);
		assertArrayEquals(new int[]{65535, 0, 1600},
			new int[]{image[0] & 0xffff, image[1] & 0xffff, image[2] & 0xffff});
	}

	@Test
	void theEightSymmetriesAreDifferentArrangementsOfTheSamePixels() {
		final Set<List<Integer>> arrangements = new HashSet<>();
		for (int symmetry = 0; symmetry < 8; symmetry++) {
			final Crop crop = new Crop(10, 20, symmetry);
			final Integer[] pixels = new Integer[9];
			for (int p = 0; p < 9; p++) pixels[p] = 100 * crop.row(p % 3, p / 3, 3) + crop.column(p % 3, p / 3, 3);
			arrangements.add(List.of(pixels));
			assertEquals(Set.of(2010, 2011, 2012, 2110, 2111, 2112, 2210, 2211, 2212), Set.of(pixels));
		}
		assertEquals(8, arrangements.size());
	}

	private static short[] take(final float[] light, final BatchEffect effect) {
		return CAMERA.take(0, List.of(light), effect, DemoRandom.of(1, Purpose.ADDED_NOISE, 1));
	}
}
