// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;

/**
 * Reads frames of Blosc 1, as its README_CHUNK_FORMAT describes them: blocks, each perhaps in one stream per byte
 * of the element, compressed by blosclz, lz4, snappy, zlib or zstd, after a shuffle of bytes or bits.
 */
final class Blosc {

	private static final int HEADER = 16;
	private static final int SHUFFLED = 0x1;
	private static final int COPIED = 0x2;
	private static final int BIT_SHUFFLED = 0x4;
	private static final int NOT_SPLIT = 0x10;
	private static final int MOST_SPLITS = 16;
	private static final int SMALLEST_STREAM = 128;

	private Blosc() {}

	/**
	 * Decodes a frame.
	 *
	 * @param scratch as of {@link BytesCodec#decode}
	 */
	static ByteBuffer decode(final ByteBuffer frame, final byte[] scratch) throws IOException {
		final ByteBuffer in = frame.slice().order(ByteOrder.LITTLE_ENDIAN);
		if (in.capacity() < HEADER) throw new IOException("it is shorter than the header of a Blosc frame");
		final int flags = in.get(2);
		final int typeSize = Math.max(1, in.get(3) & 0xff);
		final int length = BytesCodecs.length(in.getInt(4));
		final int blockSize = in.getInt(8);
		final int stored = in.getInt(12);
		if (stored > in.capacity() || stored < HEADER)
			throw new IOException("it has " + in.capacity() + " of the " + stored + " bytes of its Blosc frame");
		final byte[] out = BytesCodecs.array(length, scratch);
		if ((flags & COPIED) != 0) {
			in.get(HEADER, out);
			return ByteBuffer.wrap(out);
		}
		if (length == 0) return ByteBuffer.wrap(out);
		if (blockSize < 1) throw new IOException("its Blosc frame has blocks of " + blockSize + " bytes");
		final boolean bytes = (flags & SHUFFLED) != 0 && typeSize > 1;
		final boolean bits = (flags & BIT_SHUFFLED) != 0;
		final byte[] shuffled = new byte[Math.min(blockSize, length)];
		for (int at = 0, block = 0; at < length; at += blockSize, block++) {
			final int size = Math.min(blockSize, length - at);
			final boolean split = (flags & NOT_SPLIT) == 0 && typeSize <= MOST_SPLITS && size == blockSize &&
				blockSize / typeSize >= SMALLEST_STREAM;
			final boolean direct = !bytes && !bits;
			streams(in, in.getInt(HEADER + 4 * block), split ? typeSize : 1, (flags >> 5) & 7, direct ? out : shuffled,
				direct ? at : 0, size);
			if (bytes) Shuffle.bytes(shuffled, size, typeSize, out, at);
			else if (bits) Shuffle.bits(shuffled, size, typeSize, out, at);
		}
		return ByteBuffer.wrap(out);
	}

	private static void streams(final ByteBuffer in, final int start, final int count, final int codec,
		final byte[] out, final int at, final int size) throws IOException
	{
		final byte[] frame = in.array();
		final int begin = in.arrayOffset();
		final int each = size / count;
		int from = start;
		for (int i = 0; i < count; i++) {
			final int length = in.getInt(from);
			from += 4;
			if (length < 0 || from + length > in.capacity())
				throw new IOException("a stream of its Blosc frame goes beyond its end");
			if (length == each) in.get(from, out, at + i * each, each);
			else {
				final int n = decompress(codec, frame, begin + from, length, out, at + i * each, each);
				if (n != each)
					throw new IOException("a stream of its Blosc frame gives " + n + " bytes in place of " + each);
			}
			from += length;
		}
	}

	private static int decompress(final int codec, final byte[] in, final int from, final int length, final byte[] out,
		final int at, final int size) throws IOException
	{
		switch (codec) {
			case 0 :
				return BloscLz.decompress(in, from, length, out, at, size);
			case 1 :
				return new Lz4Decompressor().decompress(in, from, length, out, at, size);
			case 2 :
				return new SnappyDecompressor().decompress(in, from, length, out, at, size);
			case 3 :
				return inflate(in, from, length, out, at, size);
			case 4 :
				return Zstd.best().decompress(in, from, length, out, at, size);
			default :
				throw new IOException("its Blosc frame is compressed by a codec with the number " + codec);
		}
	}

	private static int inflate(final byte[] in, final int from, final int length, final byte[] out, final int at,
		final int size) throws IOException
	{
		final Inflater inflater = new Inflater();
		try {
			inflater.setInput(in, from, length);
			return inflater.inflate(out, at, size);
		}
		catch (final DataFormatException exc) {
			throw new IOException("a stream of its Blosc frame is no zlib stream", exc);
		}
		finally {
			inflater.end();
		}
	}
}
