// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

/** Undoes Blosc's shuffles, which put bytes (or bits) of the same significance side by side. */
final class Shuffle {

	private Shuffle() {}

	/** Of bytes: what fills no element stays where it is. */
	static void bytes(final byte[] in, final int size, final int typeSize, final byte[] out, final int at) {
		final int n = size / typeSize;
		for (int b = 0; b < typeSize; b++) {
			final int from = b * n;
			for (int i = 0, to = at + b; i < n; i++, to += typeSize) out[to] = in[from + i];
		}
		System.arraycopy(in, n * typeSize, out, at + n * typeSize, size - n * typeSize);
	}

	/** Of bits: only where the number of elements is a multiple of 8. */
	static void bits(final byte[] in, final int size, final int typeSize, final byte[] out, final int at) {
		final int n = size / typeSize;
		if (n % 8 != 0) {
			System.arraycopy(in, 0, out, at, size);
			return;
		}
		final int row = n / 8;
		for (int b = 0; b < typeSize; b++) {
			for (int group = 0; group < row; group++) {
				for (int i = 0; i < 8; i++) {
					int value = 0;
					for (int bit = 0; bit < 8; bit++) value |= (in[(b * 8 + bit) * row + group] >> i & 1) << bit;
					out[at + (group * 8 + i) * typeSize + b] = (byte) value;
				}
			}
		}
		System.arraycopy(in, n * typeSize, out, at + n * typeSize, size - n * typeSize);
	}
}
