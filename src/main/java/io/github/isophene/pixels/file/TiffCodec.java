// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels.file;

import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Compression of the strips or tiles of a TIFF file. */
enum TiffCodec {
	NONE, LZW, DEFLATE, PACK_BITS;

	/** Unpacks strips or tiles, one after the other. Not thread-safe. */
	interface Decoder extends AutoCloseable {

		/** Fills {@code out} as far as the input goes; gives the number of bytes written. */
		int decode(byte[] in, int length, byte[] out) throws IOException;

		@Override
		default void close() {}
	}

	/** The codec of a number of tag 259. */
	static TiffCodec of(final TiffFile file, final int compression) throws IOException {
		return switch (compression) {
			case 1 -> NONE;
			case 5 -> LZW;
			case 8, 32946 -> DEFLATE;
			case 32773 -> PACK_BITS;
			default -> throw file.unsupported("its compression is " + switch (compression) {
				case 2, 3, 4 -> "for fax";
				case 6, 7 -> "JPEG, which alters intensities";
				case 33003, 33004, 33005, 34712 -> "JPEG 2000";
				case 34892 -> "lossy JPEG";
				case 34925 -> "LZMA";
				case 50000 -> "Zstandard";
				default -> "number " + compression;
			});
		};
	}

	/** An upper bound for how many bytes one packed byte can become. */
	int largestRatio() {
		return this == NONE ? 1 : 4096;
	}

	Decoder decoder() {
		return switch (this) {
			case NONE -> (in, length, out) -> {
				final int n = Math.min(length, out.length);
				System.arraycopy(in, 0, out, 0, n);
				return n;
			};
			case LZW -> new Lzw()::decode;
			case DEFLATE -> new Deflate();
			case PACK_BITS -> TiffCodec::packBits;
		};
	}

	/** TIFF 6.0, section 9. */
	private static int packBits(final byte[] in, final int length, final byte[] out) {
		int read = 0;
		int written = 0;
		while (read < length && written < out.length) {
			final int n = in[read++];
			if (n == -128) continue;
			if (n >= 0) {
				final int run = Math.min(Math.min(n + 1, length - read), out.length - written);
				System.arraycopy(in, read, out, written, run);
				read += run;
				written += run;
			}
			else if (read < length) {
				final byte value = in[read++];
				final int end = Math.min(written + 1 - n, out.length);
				while (written < end) out[written++] = value;
			}
		}
		return written;
	}

	private static final class Deflate implements Decoder {

		private final Inflater inflater = new Inflater();

		@Override
		public int decode(final byte[] in, final int length, final byte[] out) throws IOException {
			inflater.reset();
			inflater.setInput(in, 0, length);
			int written = 0;
			try {
				while (written < out.length) {
					final int n = inflater.inflate(out, written, out.length - written);
					if (n == 0) break;
					written += n;
				}
			}
			catch (final DataFormatException exc) {
				throw new IOException("its deflate stream is damaged (" + exc.getMessage() + ")", exc);
			}
			return written;
		}

		@Override
		public void close() {
			inflater.end();
		}
	}
}
