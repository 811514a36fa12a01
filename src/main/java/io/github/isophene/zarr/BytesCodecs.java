// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** The codecs there are. Of the library only what its versions from 0.27 to 2 have: Fiji has 0.27. */
final class BytesCodecs {

	/** Limit of a chunk's size, in bytes. */
	private static final long MOST = 1L << 30;
	/** Bytes that a stream takes at once; 512, as it does by itself, cost a tenth of the time. */
	private static final int BUFFER = 1 << 16;

	private BytesCodecs() {}

	/** The codec of a name; {@code null} if there is none. */
	static BytesCodec of(final String name) {
		return switch (name.startsWith("numcodecs.") ? name.substring("numcodecs.".length()) : name) {
			case "blosc" -> (bytes, size, scratch) -> Blosc.decode(bytes, scratch);
			case "zstd" -> Zstd.best()::decode;
			case "gzip" -> (bytes, size, scratch) -> all(new GZIPInputStream(stream(bytes), BUFFER), size, scratch);
			case "zlib" -> BytesCodecs::zlib;
			case "crc32c" -> (bytes, size, scratch) -> crc32c(bytes);
			default -> null;
		};
	}

	/** Names of all, for messages. */
	static String names() {
		return "blosc, zstd, gzip, zlib, crc32c";
	}

	private static InputStream stream(final ByteBuffer bytes) {
		return new ByteArrayInputStream(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
	}

	private static ByteBuffer zlib(final ByteBuffer bytes, final int size, final byte[] scratch) throws IOException {
		final Inflater inflater = new Inflater();
		try {
			return all(new InflaterInputStream(stream(bytes), inflater, BUFFER), size, scratch);
		}
		finally {
			inflater.end();
		}
	}

	/** @param size expected; -1: unknown */
	private static ByteBuffer all(final InputStream stream, final int size, final byte[] scratch) throws IOException {
		try (stream) {
			if (size < 0) return ByteBuffer.wrap(stream.readNBytes(length(MOST)));
			final byte[] bytes = array(size, scratch);
			final int n = stream.readNBytes(bytes, 0, size);
			if (n == size && stream.read() >= 0) throw new IOException("it holds more than " + size + " bytes");
			return ByteBuffer.wrap(bytes, 0, n);
		}
	}

	private static ByteBuffer crc32c(final ByteBuffer bytes) throws IOException {
		final int length = bytes.remaining() - 4;
		if (length < 0) throw new IOException("it has no checksum");
		final ByteBuffer content = bytes.slice(bytes.position(), length);
		final CRC32C crc = new CRC32C();
		crc.update(content.duplicate());
		if ((int) crc.getValue() != bytes.slice().order(ByteOrder.LITTLE_ENDIAN).getInt(length)) {
			throw new IOException("its checksum (crc32c) is wrong");
		}
		return content;
	}

	/** Returns an array for so many bytes, the scratch if that is one. */
	static byte[] array(final int size, final byte[] scratch) {
		return scratch != null && scratch.length == size ? scratch : new byte[size];
	}

	/** @throws IOException if it is no length that a chunk has */
	static int length(final long bytes) throws IOException {
		if (bytes < 0 || bytes > MOST) throw new IOException("it claims to hold " + bytes + " bytes");
		return (int) bytes;
	}
}
