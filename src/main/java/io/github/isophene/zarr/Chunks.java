// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import java.io.IOException;
import java.util.List;

/** Where the encoded chunks of an array come from. */
interface Chunks {

	/** The shape of a chunk. */
	int[] shape();

	/** What decodes a chunk. */
	ChunkCodec codec();

	/**
	 * Reads chunks.
	 *
	 * @param indices of each chunk along the axes
	 * @return one per index; {@code bytes} is {@code null} where the chunk isn't stored
	 */
	List<Stored> read(List<long[]> indices) throws IOException;

	/**
	 * A chunk as it is stored.
	 *
	 * @param where path or address, for messages
	 */
	record Stored(long[] index, byte[] bytes, String where) {}
}
