// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import io.github.isophene.numerics.RandomStream;
import org.junit.jupiter.api.Test;

class AugmentationTest {

	/** Values y * 100 + x, and in the second channel 10,000 more. */
	private static PackedTile ramp(final int h, final int w) {
		final short[] values = new short[2 * h * w];
		for (int i = 0; i < values.length; i++)
			values[i] = (short) (i / (h * w) * 40000 + i % (h * w) / w * 100 + i % w);
		return new PackedTile(h, w, values, new float[]{1, 0.5f}, new float[]{0, -20000});
	}

	private static float[] apply(final Augmentation a, final PackedTile tile, final RandomStream random) {
		final FloatBuffer out = FloatBuffer.allocate(tile.channels() * a.size() * a.size());
		a.apply(tile, random, out);
		assertEquals(0, out.remaining());
		return out.array();
	}

	@Test
	void withoutRandomnessItIsTheCenter() {
		final float[] v = apply(Augmentation.all(2), ramp(4, 6), null);
		assertArrayEquals(new float[]{102, 103, 202, 203, 51, 51.5f, 101, 101.5f}, v);
	}

	@Test
	void allEightOrientationsOccurEquallyOften() {
		final Augmentation a = Augmentation.all(3);
		final Map<String, Integer> count = new HashMap<>();
		for (int i = 0; i < 8000; i++)
			count.merge(Arrays.toString(Arrays.copyOf(apply(a, ramp(3, 3), RandomStream.of(i, "a")), 9)), 1,
				Integer::sum);
		assertEquals(8, count.size());
		count.values().forEach(n -> assertEquals(1000, n, 160));
	}

	@Test
	void quarterTurnsAreTurns() {
		final Augmentation a = new Augmentation(2, false, false, true);
		final Map<String, Integer> count = new HashMap<>();
		for (int i = 0; i < 400; i++)
			count.merge(Arrays.toString(Arrays.copyOf(apply(a, ramp(2, 2), RandomStream.of(i, "a")), 4)), 1,
				Integer::sum);
		// 0 1 / 100 101 turned by 0, 90, 180, 270 degrees; no mirror images.
		assertEquals(java.util.Set.of("[0.0, 1.0, 100.0, 101.0]", "[1.0, 101.0, 0.0, 100.0]",
			"[101.0, 100.0, 1.0, 0.0]", "[100.0, 0.0, 101.0, 1.0]"), count.keySet());
	}

	@Test
	void cropsReachEveryPlaceAndBothChannelsTogether() {
		final Augmentation a = new Augmentation(2, true, true, true);
		final boolean[] seen = new boolean[500];
		for (int i = 0; i < 2000; i++) {
			final float[] v = apply(a, ramp(4, 5), RandomStream.of(i, "a"));
			for (int j = 0; j < 4; j++) {
				seen[(int) v[j]] = true;
				assertEquals(v[j], v[4 + j] * 2, 1e-3, "channels must go together");
			}
		}
		for (int y = 0; y < 4; y++) for (int x = 0; x < 5; x++) assertTrue(seen[y * 100 + x]);
	}

	@Test
	void theSameStreamGivesTheSameImage() {
		final Augmentation a = Augmentation.all(8);
		assertArrayEquals(apply(a, ramp(20, 20), RandomStream.of(9, "a", 1, 2)),
			apply(a, ramp(20, 20), RandomStream.of(9, "a", 1, 2)));
	}

	@Test
	void aTileSmallerThanTheCropIsRefused() {
		final String message = assertThrows(IllegalArgumentException.class,
			() -> apply(Augmentation.all(8), ramp(7, 20), null)).getMessage();
		assertTrue(message.contains("7 x 20") && message.contains("8 x 8"), message);
	}
}
