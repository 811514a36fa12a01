// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

/** Floats as 32-bit keys that, taken unsigned, sort as the numbers do. */
final class FloatOrder {

	private FloatOrder() {}

	/** Negative numbers have all bits flipped, the others the sign only. */
	static int key(final float value) {
		final int bits = Float.floatToRawIntBits(value);
		return bits ^ (bits >> 31 | Integer.MIN_VALUE);
	}

	/** The inverse of {@link #key}. */
	static float value(final int key) {
		return Float.intBitsToFloat(key ^ (~key >> 31 | Integer.MIN_VALUE));
	}
}
