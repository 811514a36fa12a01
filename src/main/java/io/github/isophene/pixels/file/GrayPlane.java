// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels.file;

import java.lang.reflect.Array;

/**
 * One gray plane, row by row from the top: value (x, y) is at
 * {@code y * width + x}.
 *
 * @param width number of columns
 * @param height number of rows
 * @param values {@code byte[]} (unsigned), {@code short[]} (unsigned) or
 *          {@code float[]} of {@code width * height} elements; not copied
 * @param typeMaximum the largest value that the type in the file can hold; 1 for floating point
 */
public record GrayPlane(int width, int height, Object values, double typeMaximum) {

	public GrayPlane {
		depthOf(values);
		if ((long) width * height != Array.getLength(values)) {
			throw new IllegalArgumentException(
				width + " x " + height + " pixels, but " + Array.getLength(values) + " values");
		}
	}

	/** A plane of a file whose type is that of the values: 8 or 16 bit without sign, or floating point. */
	public GrayPlane(final int width, final int height, final Object values) {
		this(width, height, values, depthOf(values).typeMaximum());
	}

	/** The element type of the values. */
	public Depth depth() {
		return depthOf(values);
	}

	/**
	 * The values in a wider (or the same) element type; the same array if it is the
	 * same type.
	 *
	 * @throws IllegalArgumentException if {@code wider} is narrower than the plane
	 */
	public Object values(final Depth wider) {
		final Depth depth = depth();
		if (depth == wider) return values;
		if (depth.or(wider) != wider) throw new IllegalArgumentException(depth + " does not fit into " + wider);
		final int n = width * height;
		if (wider == Depth.UINT16) {
			final byte[] from = (byte[]) values;
			final short[] to = new short[n];
			for (int i = 0; i < n; i++) to[i] = (short) (from[i] & 0xff);
			return to;
		}
		final float[] to = new float[n];
		if (values instanceof byte[] from) for (int i = 0; i < n; i++) to[i] = from[i] & 0xff;
		if (values instanceof short[] from) for (int i = 0; i < n; i++) to[i] = from[i] & 0xffff;
		return to;
	}

	private static Depth depthOf(final Object values) {
		if (values instanceof byte[]) return Depth.UINT8;
		if (values instanceof short[]) return Depth.UINT16;
		if (values instanceof float[]) return Depth.FLOAT32;
		throw new IllegalArgumentException("Values must be byte[], short[] or float[]");
	}
}
