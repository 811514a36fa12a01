// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network.weights;

import java.util.Arrays;

/**
 * One named array of a state dict: a parameter or a buffer of a network, in
 * single precision and row-major (C) order.
 * <p>
 * The arrays are not copied, because an encoder has tens of millions of values:
 * whoever hands them over must not change them afterwards. A scalar has an empty
 * shape and one value; a dimension may be 0, and then there are no values.
 * </p>
 *
 * @param shape the length of each dimension, outermost first
 * @param values as many values as the product of the dimensions
 */
public record NamedTensor(long[] shape, float[] values) {

	/** The most values that one Java array holds on every virtual machine. */
	static final int MAX_VALUES = Integer.MAX_VALUE - 8;

	/**
	 * @throws IllegalArgumentException if a dimension is negative or the values
	 *           are not as many as the shape says
	 */
	public NamedTensor {
		if (count(shape) != values.length) {
			throw new IllegalArgumentException("Shape " + Arrays.toString(shape) + " asks for " + count(shape) +
				" values, but there are " + values.length);
		}
	}

	/** A scalar: shape [], one value. */
	public static NamedTensor scalar(final float value) {
		return new NamedTensor(new long[0], new float[]{value});
	}

	/**
	 * Returns the number of values of an array of this shape.
	 *
	 * @throws IllegalArgumentException if a dimension is negative or the product
	 *           is more than an array can hold
	 */
	public static int count(final long... shape) {
		long product = 1;
		for (final long d : shape) {
			if (d < 0)
				throw new IllegalArgumentException("Shape " + Arrays.toString(shape) + " has a negative dimension");
			// product <= MAX_VALUES here, but d may be anything.
			if (d > MAX_VALUES || (product *= d) > MAX_VALUES) {
				throw new IllegalArgumentException(
					"Shape " + Arrays.toString(shape) + " has more values than an array can hold (" + MAX_VALUES + ")");
			}
		}
		return (int) product;
	}

	/** Returns the number of dimensions: 0 for a scalar, 4 for a convolution's weight. */
	public int rank() {
		return shape.length;
	}

	/** Equal shapes, and values equal bit by bit (so NaN equals NaN, and 0 is not -0). */
	@Override
	public boolean equals(final Object other) {
		return other instanceof NamedTensor w && Arrays.equals(shape, w.shape) && Arrays.equals(values, w.values);
	}

	@Override
	public int hashCode() {
		return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
	}

	/** The shape alone, for instance {@code float32[64, 3, 7, 7]}. */
	@Override
	public String toString() {
		return "float32" + Arrays.toString(shape);
	}
}
