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
	 * @param scratch array that may hold them, of the size of a decoded chunk; {@code null}: a new one
	 * @param where path or address of the chunk, for messages
	 */
	ByteBuffer decode(final ByteBuffer chunk, final int[] shape, final byte[] scratch, final String where)
		throws IOException
	{
		final long all = bytes(shape);
		if (all > SizeLimit.file())
			throw new IOException(where + " is a chunk of " + all / type.bytes() +
				" elements, more than the limit of " + (SizeLimit.file() >> 20) + " MB: -D" + SizeLimit.PROPERTY +
				"=<MB> allows more");
		final int size = (int) all;
		final ByteBuffer bytes = undo(codecs, chunk, size, scratch, where);
		if (bytes.remaining() != size)
			throw new IOException(where + " is damaged: it holds " + bytes.remaining() + " bytes in place of " + size +
				". Copy or write it again");
		return bytes.slice().order(order);
	}

	/** Returns an array for {@link #decode}; {@code null} if there is but one chunk, or nothing to decode. */
	byte[] scratch(final int[] shape, final int chunks) {
		final long all = bytes(shape);
		return chunks > 1 && !codecs.isEmpty() && all <= SizeLimit.file() ? new byte[(int) all] : null;
	}

	private long bytes(final int[] shape) {
		long elements = 1;
		for (final int n : shape) elements *= n;
		return elements * type.bytes();
	}

	/** Decodes bytes that several codecs encoded, the first being the last to undo. */
	static ByteBuffer undo(final List<BytesCodec> codecs, final ByteBuffer encoded, final int size,
		final byte[] scratch, final String where) throws IOException
	{
		ByteBuffer bytes = encoded;
		try {
			for (int i = codecs.size() - 1; i >= 0; i--)
				bytes = codecs.get(i).decode(bytes, i == 0 ? size : -1, i == 0 ? scratch : null);
			return bytes;
		}
		catch (final IOException | RuntimeException exc) {
			// A decoder's own exceptions speak of its arrays.
			final String reason = encoded.remaining() == 0 ? "it is empty"
				: exc instanceof IOException && exc.getMessage() != null ? exc.getMessage()
				: "it ends early, or its compressed bytes were changed";
			throw new IOException(
				where + " is damaged (" + encoded.remaining() + " bytes): " + reason + ". Copy or write it again", exc);
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
