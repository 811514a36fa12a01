// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels.file;

import java.io.IOException;

/**
 * LZW as in TIFF 6.0, section 13: codes of 9 to 12 bits, most significant bit
 * first, the width growing one code early.
 * <p>
 * Every string of the table has already been written to the output, so an entry
 * is a place and a length there: nothing is built or reversed, which makes this
 * several times faster than following chains of prefixes.
 * </p>
 */
final class Lzw {

	private static final int CLEAR = 256;
	private static final int END = 257;
	private static final int FIRST_FREE = 258;
	private static final int ENTRIES = 4096;

	private final int[] place = new int[ENTRIES];
	private final int[] length = new int[ENTRIES];

	/**
	 * Decodes until the end code, the end of the input, or a full output.
	 *
	 * @return number of bytes written
	 * @throws IOException if a code is met that the table cannot hold yet
	 */
	int decode(final byte[] in, final int inLength, final byte[] out) throws IOException {
		if (inLength > 1 && in[0] == 0 && (in[1] & 1) == 1) {
			throw new IOException("it has the LZW of before 1990, with reversed bits");
		}
		int read = 0;
		int written = 0;
		long pool = 0;
		int pooled = 0;
		int bits = 9;
		int free = FIRST_FREE;
		int lastPlace = 0;
		int lastLength = 0;
		while (written < out.length) {
			while (pooled < bits && read < inLength) {
				pool = pool << 8 | in[read++] & 0xff;
				pooled += 8;
			}
			if (pooled < bits) break;
			pooled -= bits;
			final int code = (int) (pool >>> pooled) & (1 << bits) - 1;
			if (code == END) break;
			if (code == CLEAR) {
				bits = 9;
				free = FIRST_FREE;
				lastLength = 0;
				continue;
			}
			if (lastLength > 0 && free < ENTRIES) {
				place[free] = lastPlace;
				length[free] = lastLength + 1;
				free++;
				if (free == (1 << bits) - 1 && bits < 12) bits++;
			}
			lastPlace = written;
			if (code < CLEAR) {
				out[written++] = (byte) code;
				lastLength = 1;
				continue;
			}
			if (code >= free) throw new IOException("its LZW stream is damaged at byte " + read);
			final int from = place[code];
			lastLength = length[code];
			final int end = Math.min(written + lastLength, out.length);
			// The string may run into what it writes, so byte by byte and forwards.
			for (int i = from; written < end; i++) out[written++] = out[i];
		}
		return written;
	}
}
