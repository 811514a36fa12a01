// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

import io.github.isophene.files.ScratchFile;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.pixels.file.Depth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TileCacheTest {

	private static final int SAMPLES = 100;

	@TempDir
	Path folder;

	/** Tiles of different sizes, all bits used. */
	private static short[] values(final int sample) {
		final short[] values = new short[2 * (5 + sample % 7) * 9];
		final RandomStream random = RandomStream.of(1, "tile", sample);
		for (int i = 0; i < values.length; i++) values[i] = (short) random.nextLong();
		return values;
	}

	private static TileCache.DecodedField<String> field(final int sample) {
		final short[] values = values(sample);
		return new TileCache.DecodedField<>("field " + sample, 1,
			t -> new RawPixels(List.of(values), Depth.UINT16, values.length));
	}

	@ParameterizedTest
	@ValueSource(longs = {0, 5000, 1 << 20})
	void eachFieldIsDecodedOnceAndComesBackAsItWas(final long memory) throws Exception {
		final AtomicIntegerArray decoded = new AtomicIntegerArray(SAMPLES);
		try (ScratchFile scratch = new ScratchFile(folder.resolve("model.zip"), Long.MAX_VALUE)) {
			final TileCache<String> cache = new TileCache<>(SAMPLES, i -> {
				decoded.incrementAndGet(i);
				return field(i);
			}, memory, scratch);
			// Asked for by several threads at once, three times each.
			IntStream.range(0, 3 * SAMPLES).parallel().forEach(i -> {
				final int sample = i % SAMPLES;
				try {
					assertArrayEquals(values(sample), (short[]) cache.pixels(sample, 0).planes().get(0));
					assertEquals("field " + sample, cache.layout(sample));
				}
				catch (final IOException e) {
					throw new AssertionError(e);
				}
			});
			for (int i = 0; i < SAMPLES; i++) assertEquals(1, decoded.get(i));
			assertTrue(cache.inMemory() <= memory);
		}
		try (var files = Files.list(folder)) {
			assertEquals(0, files.count());
		}
	}

	@Test
	void whatFitsNowhereIsDecodedAgain() throws Exception {
		try (ScratchFile scratch = new ScratchFile(folder.resolve("model.zip"), 1000)) {
			final TileCache<String> cache = new TileCache<>(SAMPLES, TileCacheTest::field, 1000, scratch);
			IntStream.range(0, 3 * SAMPLES).parallel().forEach(i -> {
				try {
					assertArrayEquals(values(i % SAMPLES), (short[]) cache.pixels(i % SAMPLES, 0).planes().get(0));
				}
				catch (final IOException e) {
					throw new AssertionError(e);
				}
			});
			assertTrue(cache.decoded() > SAMPLES, cache.decoded() + " decoded");
		}
	}

	@Test
	void aFieldThatCouldNotBeReadIsTriedAgain() throws Exception {
		final int[] tries = new int[1];
		try (ScratchFile scratch = new ScratchFile(folder.resolve("model.zip"), Long.MAX_VALUE)) {
			final TileCache<String> cache = new TileCache<>(1, i -> {
				if (tries[0]++ == 0) throw new IOException("no connection");
				return field(i);
			}, 0, scratch);
			assertTrue(assertThrows(IOException.class, () -> cache.load(0)).getMessage().contains("no connection"));
			assertEquals(0, cache.count(0));
			assertEquals("field 0", cache.layout(0));
			assertEquals(1, cache.count(0));
		}
	}
}
