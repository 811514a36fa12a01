// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels.file;

/** The element types that pixels are held in, from the narrowest to the widest. */
public enum Depth {
	/** Unsigned 8 bit, in {@code byte[]}. */
	UINT8,
	/** Unsigned 16 bit, in {@code short[]}. */
	UINT16,
	/** 32-bit floating point, in {@code float[]}. */
	FLOAT32;

	/** The largest value that the type can hold; 1 for floating point. */
	public double typeMaximum() {
		return this == UINT8 ? 255 : this == UINT16 ? 65535 : 1;
	}

	/** The wider of two: every value of both can be held in it. */
	public Depth or(final Depth other) {
		return compareTo(other) >= 0 ? this : other;
	}
}
