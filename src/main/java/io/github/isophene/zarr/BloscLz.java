// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

/**
 * Decompresses streams of blosclz, the codec that Blosc has by itself: runs of literals, and matches at distances
 * of up to 13 bits or, escaped, 16 bits more.
 */
final class BloscLz {

	private static final int LONG_RUN = 7;
	private static final int FAR = 31 << 8;
	private static final int NEAR = 8191;
	private static final int SHORTEST_MATCH = 3;

	private BloscLz() {}

	/**
	 * Decompresses a stream.
	 *
	 * @return how many bytes came out
	 * @throws IndexOutOfBoundsException if the stream is damaged
	 */
	static int decompress(final byte[] in, final int from, final int length, final byte[] out, final int at,
		final int size)
	{
		final int end = from + length;
		int ip = from;
		int op = at;
		int control = in[ip++] & 31;
		while (true) {
			if (control >= 32) {
				int n = control >> 5;
				int distance = (control & 31) << 8;
				final boolean far = distance == FAR;
				if (n == LONG_RUN) {
					int more;
					do {
						more = in[ip++] & 0xff;
						n += more;
					} while (more == 255);
				}
				final int low = in[ip++] & 0xff;
				if (low == 255 && far) {
					distance = ((in[ip++] & 0xff) << 8) + NEAR;
					distance += in[ip++] & 0xff;
				}
				else distance += low;
				n += SHORTEST_MATCH - 1;
				final int source = op - distance - 1;
				if (source < at || op + n > at + size)
					throw new IndexOutOfBoundsException("a match of blosclz leaves its block");
				for (int i = 0; i < n; i++) out[op + i] = out[source + i];
				op += n;
			}
			else {
				final int n = control + 1;
				if (op + n > at + size || ip + n > end)
					throw new IndexOutOfBoundsException("literals of blosclz leave their block");
				System.arraycopy(in, ip, out, op, n);
				ip += n;
				op += n;
			}
			if (ip >= end) return op - at;
			control = in[ip++] & 0xff;
		}
	}
}
