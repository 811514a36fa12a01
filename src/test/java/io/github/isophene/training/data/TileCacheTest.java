// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

import io.github.isophene.numerics.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TileCacheTest {

	private static final int SAMPLES = 100;

	@TempDir
	Path folder;

	/** Tiles of different sizes, all bits used. */
	private static PackedTile tile(final int sample) {
		final int h = 5 + sample % 7;
		final short[] values = new short[2 * h * 9];
		final RandomStream random = RandomStream.of(1, "tile", sample);
		for (int i = 0; i < values.length; i++) values[i] = (short) random.nextLong();
		return new PackedTile(h, 9, values, new float[]{sample, 2}, new float[]{3, -sample});
	}

	@ParameterizedTest
	@ValueSource(longs = {0, 5000, 1 << 20})
	void eachTileIsDecodedOnceAndComesBackAsItWas(final long memory) throws Exception {
		final AtomicIntegerArray decoded = new AtomicIntegerArray(SAMPLES);
		try (TileCache cache = new TileCache(i -> {
			decoded.incrementAndGet(i);
			return tile(i);
		}, SAMPLES, memory, folder.resolve("model.zip"))) {
			// Asked for by several threads at once, three times each.
			IntStream.range(0, 3 * SAMPLES).parallel().forEach(i -> {
				final PackedTile expected = tile(i % SAMPLES);
				try {
					final PackedTile found = cache.tile(i % SAMPLES);
					assertArrayEquals(expected.values(), found.values());
					assertArrayEquals(expected.scale(), found.scale());
					assertArrayEquals(expected.offset(), found.offset());
					assertEquals(expected.height(), found.height());
				}
				catch (final IOException e) {
					throw new AssertionError(e);
				}
			});
			for (int i = 0; i < SAMPLES; i++) assertEquals(1, decoded.get(i));
		}
		try (var files = Files.list(folder)) {
			assertEquals(0, files.count());
		}
	}

	@Test
	void aTileThatCouldNotBeReadIsTriedAgain() throws Exception {
		final int[] tries = new int[1];
		try (TileCache cache = new TileCache(i -> {
			if (tries[0]++ == 0) throw new IOException("no connection");
			return tile(i);
		}, 1, 0, folder.resolve("model.zip"))) {
			assertTrue(assertThrows(IOException.class, () -> cache.tile(0)).getMessage().contains("no connection"));
			assertEquals(9, cache.tile(0).width());
		}
	}
}
