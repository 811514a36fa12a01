// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class ChunkSamplerTest {

	/** The hash of a plate's name times a small number is no seed: C1 with seed 1 drew as B1 with seed 2. */
	@Test
	void seedAndPlateDoNotStandInForEachOther() {
		final Set<String> draws = new HashSet<>();
		for (int seed = 1; seed <= 4; seed++) {
			for (final String plate : List.of("A1", "B1", "C1", "D1", "Aa", "BB")) {
				draws.add(Arrays.toString(new ChunkSampler(seed, plate).chunks(50, 50, 0, 0).get(0).queries()));
			}
		}
		assertEquals(24, draws.size());
	}

	@Test
	void eachQueryIsDrawnOnceAndControlsDoNotRepeatWithinAChunk() {
		final List<ChunkSampler.Chunk> chunks = new ChunkSampler(1234, "BR1").chunks(150, 64, 200, 128);
		assertArrayEquals(new int[]{64, 64, 22}, chunks.stream().mapToInt(c -> c.queries().length).toArray());
		final int[] all = chunks.stream().flatMapToInt(c -> Arrays.stream(c.queries())).toArray();
		assertFalse(Arrays.equals(all, IntStream.range(0, 150).toArray()), "in random order");
		assertArrayEquals(IntStream.range(0, 150).toArray(), Arrays.stream(all).sorted().toArray());
		for (final ChunkSampler.Chunk chunk : chunks) {
			assertEquals(128, Arrays.stream(chunk.controls()).distinct().count());
			assertTrue(Arrays.stream(chunk.controls()).allMatch(c -> c >= 0 && c < 200));
		}
		assertFalse(Arrays.equals(chunks.get(0).controls(), chunks.get(1).controls()));
	}

	@Test
	void whereThereAreNotMoreControlsThanWantedTheyRepeat() {
		final int[] controls = new ChunkSampler(1, "P").chunks(3, 64, 128, 128).get(0).controls();
		assertEquals(128, controls.length);
		assertTrue(Arrays.stream(controls).distinct().count() < 128);
	}

	@Test
	void theSeedAndThePlateDecide() {
		final int[] first = new ChunkSampler(1, "P1").chunks(20, 64, 0, 0).get(0).queries();
		assertArrayEquals(first, new ChunkSampler(1, "P1").chunks(20, 64, 0, 0).get(0).queries());
		assertFalse(Arrays.equals(first, new ChunkSampler(2, "P1").chunks(20, 64, 0, 0).get(0).queries()));
		assertFalse(Arrays.equals(first, new ChunkSampler(1, "P2").chunks(20, 64, 0, 0).get(0).queries()));
		// SplitMix64 by hand, in Python.
		assertArrayEquals(new int[]{2, 1, 3, 0, 4}, new ChunkSampler(1, "P1").chunks(5, 5, 0, 0).get(0).queries());
	}
}
