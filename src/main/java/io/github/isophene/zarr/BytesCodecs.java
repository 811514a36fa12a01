// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

import io.airlift.compress.zstd.ZstdDecompressor;

/** The codecs there are. Of the library only what its versions from 0.27 to 2 have: Fiji has 0.27. */
final class BytesCodecs {

	/** Limit of a chunk's size, in bytes. */
	private static final long MOST = 1L << 30;

	private BytesCodecs() {}

	/** The codec of a name; {@code null} if there is none. */
	static BytesCodec of(final String name) {
		return switch (name.startsWith("numcodecs.") ? name.substring("numcodecs.".length()) : name) {
			case "blosc" -> (bytes, size) -> Blosc.decode(bytes);
			case "zstd" -> BytesCodecs::zstd;
			case "gzip" -> (bytes, size) -> all(new GZIPInputStream(new ByteArrayInputStream(bytes)));
			case "zlib" -> (bytes, size) -> all(new InflaterInputStream(new ByteArrayInputStream(bytes)));
			case "crc32c" -> (bytes, size) -> crc32c(bytes);
			default -> null;
		};
	}

	/** Names of all, for messages. */
	static String names() {
		return "blosc, zstd, gzip, zlib, crc32c";
	}

	private static byte[] zstd(final byte[] bytes, final int size) throws IOException {
		final long told = ZstdDecompressor.getDecompressedSize(bytes, 0, bytes.length);
		if (told < 0 && size < 0) throw new IOException("its zstd frame doesn't say how long it is");
		final byte[] decoded = new byte[length(told < 0 ? size : told)];
		final int n = new ZstdDecompressor().decompress(bytes, 0, bytes.length, decoded, 0, decoded.length);
		return n == decoded.length ? decoded : Arrays.copyOf(decoded, n);
	}

	private static byte[] all(final InputStream stream) throws IOException {
		try (stream) {
			return stream.readNBytes(length(MOST));
		}
	}

	private static byte[] crc32c(final byte[] bytes) throws IOException {
		final int end = bytes.length - 4;
		if (end < 0) throw new IOException("it has no checksum");
		final CRC32C crc = new CRC32C();
		crc.update(bytes, 0, end);
		if ((int) crc.getValue() != ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(end)) {
			throw new IOException("its checksum (crc32c) is wrong");
		}
		return Arrays.copyOf(bytes, end);
	}

	/** @throws IOException if it is no length that a chunk has */
	static int length(final long bytes) throws IOException {
		if (bytes < 0 || bytes > MOST) throw new IOException("it claims to hold " + bytes + " bytes");
		return (int) bytes;
	}
}
