// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.util.Native;
import io.airlift.compress.zstd.ZstdCompressor;
import io.airlift.compress.zstd.ZstdDecompressor;

/**
 * Zstandard frames, by one of two libraries. Both decompress to the same bytes; they compress to different ones.
 */
enum Zstd {

	/** zstd-jni: a native library, where it is on the class path and has one for this platform. */
	NATIVE {

		@Override
		@SuppressWarnings("deprecation") // its successor throws where the frame doesn't say it
		long size(final byte[] in, final int from, final int length) {
			final long size = com.github.luben.zstd.Zstd.decompressedSize(in, from, length);
			return size > 0 ? size : -1;
		}

		@Override
		int decompress(final byte[] in, final int from, final int length, final byte[] out, final int at,
			final int size) throws IOException
		{
			final long n = com.github.luben.zstd.Zstd.decompressByteArray(out, at, size, in, from, length);
			if (com.github.luben.zstd.Zstd.isError(n))
				throw new IOException("zstd: " + com.github.luben.zstd.Zstd.getErrorName(n));
			return (int) n;
		}

		@Override
		byte[] compress(final byte[] bytes) {
			try (ZstdCompressCtx context = new ZstdCompressCtx()) {
				return context.setLevel(LEVEL).setChecksum(true).compress(bytes);
			}
		}
	},

	/** aircompressor: Java, which takes three times as long, ten times to compress; it has one level, close to 3. */
	JAVA {

		@Override
		long size(final byte[] in, final int from, final int length) {
			return ZstdDecompressor.getDecompressedSize(in, from, length);
		}

		@Override
		int decompress(final byte[] in, final int from, final int length, final byte[] out, final int at,
			final int size)
		{
			return new ZstdDecompressor().decompress(in, from, length, out, at, size);
		}

		@Override
		byte[] compress(final byte[] bytes) {
			final ZstdCompressor compressor = new ZstdCompressor();
			final byte[] out = new byte[compressor.maxCompressedLength(bytes.length)];
			return Arrays.copyOf(out, compressor.compress(bytes, 0, bytes.length, out, 0, out.length));
		}
	};

	/** Level of compression. */
	static final int LEVEL = 1;

	/** System property: {@code java} leaves the native library alone. */
	static final String PROPERTY = "isophene.zstd";

	private static final Zstd BEST = !"java".equals(System.getProperty(PROPERTY)) && hasNative() ? NATIVE : JAVA;

	/** Returns the faster one of those that run here. */
	static Zstd best() {
		return BEST;
	}

	private static boolean hasNative() {
		try {
			Native.load();
			return Native.isLoaded();
		}
		catch (final LinkageError | RuntimeException e) {
			// Not on the class path, none for this platform, or a folder for temporary files that runs no code.
			return false;
		}
	}

	/** Returns the length that the first frame says its content has; -1: it doesn't say it. */
	abstract long size(byte[] in, int from, int length);

	/**
	 * Decompresses a part of an array into another.
	 *
	 * @return number of bytes that were written
	 * @throws IOException if the frame is damaged, or holds more than there is space for
	 * @throws RuntimeException the same
	 */
	abstract int decompress(byte[] in, int from, int length, byte[] out, int at, int size) throws IOException;

	/** Compresses into one frame that says how long its content is and ends with a checksum of it. */
	abstract byte[] compress(byte[] bytes);

	/** Decompresses as {@link BytesCodec#decode}. */
	final ByteBuffer decode(final ByteBuffer in, final int size, final byte[] scratch) throws IOException {
		final int from = in.arrayOffset() + in.position();
		final long told = size(in.array(), from, in.remaining());
		if (told < 0 && size < 0) throw new IOException("its zstd frame doesn't say how long it is");
		final byte[] out = BytesCodecs.array(BytesCodecs.length(told < 0 ? size : told), scratch);
		return ByteBuffer.wrap(out, 0, decompress(in.array(), from, in.remaining(), out, 0, out.length));
	}
}
