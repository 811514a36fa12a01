// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

import com.github.luben.zstd.ZstdOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ZstdTest {

	/** Pixels with noise: 16 bit, little-endian, of which the upper byte changes little. */
	private static byte[] pixels() {
		final Random random = new Random(7);
		final byte[] bytes = new byte[200_000];
		for (int i = 0; i < bytes.length; i += 2) {
			final int value = (int) (400 + 300 * Math.sin(i * 1e-3) + 15 * random.nextGaussian());
			bytes[i] = (byte) value;
			bytes[i + 1] = (byte) (value >> 8);
		}
		return bytes;
	}

	/** A buffer with something before and behind, as a chunk of a shard has it. */
	private static ByteBuffer inside(final byte[] frame) {
		final byte[] wider = new byte[frame.length + 20];
		Arrays.fill(wider, (byte) 3);
		System.arraycopy(frame, 0, wider, 9, frame.length);
		return ByteBuffer.wrap(wider, 9, frame.length);
	}

	@Test
	void theNativeLibraryIsUsedWhereItIs() {
		assertSame(Zstd.NATIVE, Zstd.best());
	}

	@ParameterizedTest
	@EnumSource
	void eachDecompressesWhatEitherCompressed(final Zstd by) throws IOException {
		final byte[] pixels = pixels();
		for (final Zstd other : Zstd.values()) {
			final ByteBuffer frame = inside(other.compress(pixels));
			assertEquals(ByteBuffer.wrap(pixels), by.decode(frame, -1, null), other.name());
			assertEquals(9, frame.position());
			final byte[] scratch = new byte[pixels.length];
			assertSame(scratch, by.decode(frame, pixels.length, scratch).array());
			assertEquals(ByteBuffer.wrap(pixels), ByteBuffer.wrap(scratch));
		}
	}

	@ParameterizedTest
	@EnumSource
	void framesOfUnknownLengthNeedTheChunks(final Zstd by) throws IOException {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (ZstdOutputStream stream = new ZstdOutputStream(out)) {
			stream.write(pixels());
		}
		final ByteBuffer frame = inside(out.toByteArray());
		assertEquals(ByteBuffer.wrap(pixels()), by.decode(frame, pixels().length, null));
		assertEquals("its zstd frame doesn't say how long it is",
			assertThrows(IOException.class, () -> by.decode(frame, -1, null)).getMessage());
	}

	@ParameterizedTest
	@EnumSource
	void damagedFramesAreRefused(final Zstd by) {
		final byte[] frame = by.compress(pixels());
		assertThrows(Exception.class, () -> by.decode(inside(Arrays.copyOf(frame, frame.length / 2)), -1, null));
		assertThrows(Exception.class, () -> by.decode(inside(new byte[50]), -1, null));
		assertThrows(Exception.class, () -> by.decompress(frame, 0, frame.length, new byte[100], 0, 100));
		final byte[] claims = frame.clone();
		Arrays.fill(claims, 0, 12, (byte) 0xff);
		assertThrows(Exception.class, () -> by.decode(inside(claims), -1, null));
	}

	/** A changed byte may leave a frame that can be decompressed, to other pixels: only its checksum tells. */
	@ParameterizedTest
	@EnumSource
	void aChangedByteIsNoticedWhereverItIs(final Zstd by) {
		final byte[] frame = by.compress(pixels());
		for (final Zstd reader : Zstd.values()) {
			for (int i = 4; i < frame.length; i += Math.max(1, frame.length / 200)) {
				final byte[] changed = frame.clone();
				changed[i] ^= 0x55;
				final String where = reader + ", byte " + i;
				try {
					final ByteBuffer read = reader.decode(inside(changed), pixels().length, null);
					// The header has spare bits, which say nothing of the content.
					assertEquals(ByteBuffer.wrap(pixels()), read, where);
				}
				catch (final IOException | RuntimeException refused) {
					continue;
				}
			}
		}
	}
}
