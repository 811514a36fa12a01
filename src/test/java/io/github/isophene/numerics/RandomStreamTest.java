// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

class RandomStreamTest {

	private static final long[] EXPECTED = {8532348364195098410L, 1322275959750487425L, 275L};

	@Test
	void neighboringPlacesHaveUnrelatedStreams() {
		final Set<Long> first = new HashSet<>();
		for (int seed = 0; seed < 10; seed++)
			for (int epoch = 0; epoch < 20; epoch++)
				for (int i = 0; i < 100; i++) first.add(RandomStream.of(seed, "x", epoch, i).nextLong());
		assertEquals(20_000, first.size());
		assertNotEquals(RandomStream.of(1, "x", 2, 3).nextLong(), RandomStream.of(1, "x", 3, 2).nextLong());
		assertNotEquals(RandomStream.of(1, "x").nextLong(), RandomStream.of(1, "y").nextLong());
		assertNotEquals(RandomStream.of(1, "x").nextLong(), RandomStream.of(1, "x", 0).nextLong());
		// Bits of neighbors must not go together: half of 64 differ on average.
		double differing = 0;
		for (int i = 0; i < 1000; i++)
			differing += Long
				.bitCount(RandomStream.of(1, "x", i).nextLong() ^ RandomStream.of(1, "x", i + 1).nextLong());
		assertEquals(32, differing / 1000, 0.65);
	}

	@Test
	void numbersAreWellSpread() {
		final RandomStream r = RandomStream.of(4, "numbers");
		final int[] count = new int[7];
		double sum = 0;
		double squares = 0;
		for (int i = 0; i < 70_000; i++) {
			count[r.nextInt(7)]++;
			final double g = r.nextGaussian();
			sum += g;
			squares += g * g;
		}
		for (final int c : count) assertEquals(10_000, c, 500);
		assertEquals(0, sum / 70_000, 0.02);
		assertEquals(1, squares / 70_000, 0.03);
		assertThrows(IllegalArgumentException.class, () -> r.nextInt(0));
	}

	@Test
	void theBitsAreTheSameForEver() {
		// A changed generator would silently change every training: these numbers are of a second
		// implementation, in Python.
		final RandomStream r = RandomStream.of(1234, "episodes", 7);
		assertEquals(EXPECTED[0], r.nextLong());
		assertEquals(EXPECTED[1], r.nextLong());
		assertEquals(EXPECTED[2], r.nextInt(1000));
	}
}
