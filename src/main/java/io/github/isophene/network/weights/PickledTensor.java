// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network.weights;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/**
 * A tensor as a pickle describes it: a view of a storage whose numbers lie
 * elsewhere in the file.
 *
 * @param storage where the numbers are
 * @param type how one lies there; {@code null} if it is of a kind that is not read
 * @param offset the first element, counted in elements of the storage
 * @param shape the dimensions
 * @param stride the step of each dimension, in elements, from 0
 */
record PickledTensor(TensorStorage storage, WeightType type, long offset, long[] shape, long[] stride) {

	private static final int MAX_RANK = 16;

	/**
	 * A block of numbers that tensors share.
	 *
	 * @param key its name in the file
	 * @param typeName PyTorch's name of its type, for messages
	 * @param type how one number lies there; {@code null} if the type is not read
	 * @param bytes its length
	 */
	record TensorStorage(String key, String typeName, WeightType type, long bytes) {}

	/**
	 * From the arguments of PyTorch's function that makes it again.
	 *
	 * @param type the type, where the storage has none of its own
	 * @throws IOException if the arguments are no tensor's, or reach out of the storage
	 */
	static PickledTensor of(final List<Object> args, final WeightType type) throws IOException {
		if (args.size() < 4 || !(args.get(0) instanceof TensorStorage storage))
			throw new IOException("a tensor has no storage");
		final PickledTensor tensor = new PickledTensor(storage, type, integer(args.get(1), "offset"),
			integers(args.get(2), "size"), integers(args.get(3), "stride"));
		tensor.check();
		return tensor;
	}

	private void check() throws IOException {
		if (shape.length != stride.length) {
			throw new IOException(
				"a tensor of size " + Arrays.toString(shape) + " has strides " + Arrays.toString(stride));
		}
		final long values;
		try {
			values = NamedTensor.count(shape);
		}
		catch (final IllegalArgumentException exc) {
			throw new IOException("a tensor can't be: " + exc.getMessage(), exc);
		}
		if (type == null || values == 0) return;
		if (extent() < 0 || offset > storage.bytes() / type.bytes() - extent()) {
			throw new IOException(
				"a tensor of size " + Arrays.toString(shape) + " with strides " + Arrays.toString(stride) +
					" from element " + offset + " reaches out of its storage of " + storage.bytes() + " bytes");
		}
	}

	/**
	 * Returns the number of elements from the first to the last, both included; 0 without any, -1 if too many
	 * to be.
	 */
	long extent() {
		long last = 0;
		for (int i = 0; i < shape.length; i++) {
			if (shape[i] == 0) return 0;
			final long high = Math.multiplyHigh(shape[i] - 1, stride[i]);
			final long step = (shape[i] - 1) * stride[i];
			if (high != 0 || step < 0 || (last += step) < 0 || last >= NamedTensor.MAX_VALUES) return -1;
		}
		return last + 1;
	}

	/**
	 * The tensor's values in row-major order.
	 *
	 * @param elements elements of the storage
	 * @param first which element of the storage the first of them is
	 */
	NamedTensor take(final float[] elements, final long first) {
		final float[] values = new float[NamedTensor.count(shape)];
		final int from = (int) (offset - first);
		if (values.length == 0) return new NamedTensor(shape, values);
		if (isContiguous()) {
			System.arraycopy(elements, from, values, 0, values.length);
			return new NamedTensor(shape, values);
		}
		final long[] index = new long[shape.length];
		long at = from;
		for (int i = 0; i < values.length; i++) {
			values[i] = elements[(int) at];
			// The next index, the last dimension fastest.
			for (int d = shape.length - 1; d >= 0; d--) {
				at += stride[d];
				if (++index[d] < shape[d]) break;
				at -= stride[d] * shape[d];
				index[d] = 0;
			}
		}
		return new NamedTensor(shape, values);
	}

	private boolean isContiguous() {
		long step = 1;
		for (int d = shape.length - 1; d >= 0; d--) {
			if (shape[d] != 1 && stride[d] != step) return false;
			step *= shape[d];
		}
		return true;
	}

	/** A whole number from 0, as the pickle's integers must be here. */
	static long integer(final Object value, final String what) throws IOException {
		if (value instanceof Long n && n >= 0) return n;
		throw new IOException("the " + what + " of a tensor is no whole number from 0" +
			(value instanceof Long || value instanceof BigInteger ? ": " + value : ""));
	}

	private static long[] integers(final Object value, final String what) throws IOException {
		if (!(value instanceof Unpickler.Tuple tuple))
			throw new IOException("the " + what + " of a tensor is no tuple");
		if (tuple.items().size() > MAX_RANK)
			throw new IOException("a tensor has more than " + MAX_RANK + " dimensions");
		final long[] numbers = new long[tuple.items().size()];
		for (int i = 0; i < numbers.length; i++) numbers[i] = integer(tuple.items().get(i), what);
		return numbers;
	}
}
