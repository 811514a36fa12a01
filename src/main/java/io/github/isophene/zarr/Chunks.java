// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import java.io.IOException;
import java.util.List;

/** Source of an array's encoded chunks. */
interface Chunks {

	/** The shape of a chunk. */
	int[] shape();

	/** Returns the codec of a chunk. */
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
