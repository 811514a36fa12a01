// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

import io.github.isophene.storage.SizeLimit;

/**
 * Encoding of a chunk's elements.
 *
 * @param type of the elements
 * @param order of the bytes of an element
 * @param permutation the stored axis i is the array's axis {@code permutation[i]}
 * @param codecs in the order in which they encode
 */
record ChunkCodec(ZarrType type, ByteOrder order, int[] permutation, List<BytesCodec> codecs) {

	/**
	 * The elements of a chunk.
	 *
	 * @param shape of the chunk
	 * @param where path or address of the chunk, for messages
	 */
	ByteBuffer decode(final byte[] chunk, final int[] shape, final String where) throws IOException {
		long elements = 1;
		for (final int n : shape) elements *= n;
		if (elements * type.bytes() > SizeLimit.file())
			throw new IOException(where + " is a chunk of " + elements + " elements, more than the limit of " +
				(SizeLimit.file() >> 20) + " MB: -D" + SizeLimit.PROPERTY + "=<MB> allows more");
		final int size = (int) elements * type.bytes();
		final byte[] bytes = undo(codecs, chunk, size, where);
		if (bytes.length != size)
			throw new IOException(where + " is damaged: it holds " + bytes.length + " bytes in place of " + size +
				". Copy or write it again");
		return ByteBuffer.wrap(bytes).order(order);
	}

	/** Decodes bytes that several codecs encoded, the first being the last to undo. */
	static byte[] undo(final List<BytesCodec> codecs, final byte[] encoded, final int size, final String where)
		throws IOException
	{
		byte[] bytes = encoded;
		try {
			for (int i = codecs.size() - 1; i >= 0; i--) bytes = codecs.get(i).decode(bytes, i == 0 ? size : -1);
			return bytes;
		}
		catch (final IOException | RuntimeException exc) {
			throw new IOException(where + " is damaged (" + encoded.length + " bytes): " +
				(exc.getMessage() == null ? exc.getClass().getSimpleName() : exc.getMessage()) +
				". Copy or write it again", exc);
		}
	}

	/** Returns the strides, in elements, along each of the array's axes in a chunk. */
	int[] strides(final int[] shape) {
		final int[] strides = new int[shape.length];
		int stride = 1;
		for (int i = shape.length - 1; i >= 0; i--) {
			strides[permutation[i]] = stride;
			stride *= shape[permutation[i]];
		}
		return strides;
	}
}
