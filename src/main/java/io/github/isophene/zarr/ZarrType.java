// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Types of elements that become pixels: 8 and 16 bit without sign stay what they are, every other becomes float.
 * 64-bit integers, complex numbers and texts are no pixels.
 */
enum ZarrType {
	BOOL(1), UINT8(1), INT8(1), UINT16(2), INT16(2), UINT32(4), INT32(4), FLOAT32(4), FLOAT64(8);

	private static final Map<String, ZarrType> VERSION2 = new TreeMap<>(Map.of("b1", BOOL, "u1", UINT8, "i1", INT8,
		"u2", UINT16, "i2", INT16, "u4", UINT32, "i4", INT32, "f4", FLOAT32, "f8", FLOAT64));

	private final int bytes;

	ZarrType(final int bytes) {
		this.bytes = bytes;
	}

	/** The type that {@code zarr.json} calls so; {@code null}: none of these. */
	static ZarrType ofVersion3(final String name) {
		for (final ZarrType type : values()) if (type.name().toLowerCase(Locale.ROOT).equals(name)) return type;
		return null;
	}

	/** The type that {@code .zarray} calls so, as {@code <u2}; {@code null}: none of these. */
	static ZarrType ofVersion2(final String name) {
		return name.length() == 3 && "<>|".indexOf(name.charAt(0)) >= 0 ? VERSION2.get(name.substring(1)) : null;
	}

	/** Bytes of an element. */
	int bytes() {
		return bytes;
	}

	/** The largest value; 1 for floating point. */
	double maximum() {
		return switch (this) {
			case BOOL, FLOAT32, FLOAT64 -> 1;
			case UINT8, UINT16, UINT32 -> Math.pow(2, 8.0 * bytes) - 1;
			case INT8, INT16, INT32 -> Math.pow(2, 8.0 * bytes - 1) - 1;
		};
	}

	/** An array for so many pixels: {@code byte[]}, {@code short[]} or {@code float[]}. */
	Object array(final int pixels) {
		return switch (this) {
			case BOOL, UINT8 -> new byte[pixels];
			case UINT16 -> new short[pixels];
			default -> new float[pixels];
		};
	}

	/** Copies elements that follow each other. */
	void copy(final ByteBuffer chunk, final int element, final Object pixels, final int at, final int count) {
		switch (this) {
			case BOOL, UINT8 -> chunk.get(element, (byte[]) pixels, at, count);
			case UINT16 -> chunk.position(2 * element)
				.slice()
				.order(chunk.order())
				.asShortBuffer()
				.get((short[]) pixels, at, count);
			case FLOAT32 -> chunk.position(4 * element)
				.slice()
				.order(chunk.order())
				.asFloatBuffer()
				.get((float[]) pixels, at, count);
			default -> {
				for (int i = 0; i < count; i++) ((float[]) pixels)[at + i] = toFloat(chunk, (element + i) * bytes);
			}
		}
	}

	/** Writes a value everywhere. */
	void fill(final Object pixels, final double value) {
		switch (this) {
			case BOOL, UINT8 -> java.util.Arrays.fill((byte[]) pixels, (byte) (int) value);
			case UINT16 -> java.util.Arrays.fill((short[]) pixels, (short) (int) value);
			default -> java.util.Arrays.fill((float[]) pixels, (float) value);
		}
	}

	private float toFloat(final ByteBuffer chunk, final int at) {
		return switch (this) {
			case INT8 -> chunk.get(at);
			case INT16 -> chunk.getShort(at);
			case INT32 -> chunk.getInt(at);
			case UINT32 -> chunk.getInt(at) & 0xffffffffL;
			default -> (float) chunk.getDouble(at);
		};
	}
}
