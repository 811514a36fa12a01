// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import java.io.IOException;

/** Shapes as metadata gives them. */
final class ArrayShape {

	private ArrayShape() {}

	/** The shape of an array with a width and a height. */
	static long[] array(final Json json) throws IOException {
		final long[] shape = json.numbers("shape");
		if (shape.length < 2) throw json.wrong("shape", "at least a height and a width", json.get("shape"));
		for (final long n : shape) {
			if (n < 1 || n > Integer.MAX_VALUE) throw json.wrong("shape", "a size that isn't empty", json.get("shape"));
		}
		return shape;
	}

	/** The shape of a chunk or a shard. */
	static int[] chunk(final Json json, final String key, final int rank) throws IOException {
		final long[] numbers = json.numbers(key);
		final int[] shape = new int[numbers.length];
		long elements = 1;
		for (int i = 0; i < shape.length; i++) {
			if (numbers[i] < 1 || numbers[i] > Integer.MAX_VALUE)
				throw json.wrong(key, "a size that isn't empty", json.get(key));
			shape[i] = (int) numbers[i];
			if (elements > Integer.MAX_VALUE / shape[i])
				throw json.wrong(key, "a chunk of less than 2^31 elements", json.get(key));
			elements *= shape[i];
		}
		if (shape.length != rank) throw json.wrong(key, rank + " sizes", json.get(key));
		return shape;
	}
}
