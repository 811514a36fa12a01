// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

import io.github.isophene.storage.Fetches;

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
	 * @param receiver of those that are stored, in any order
	 */
	void read(List<long[]> indices, Fetches.Receiver<Stored> receiver) throws IOException;

	/**
	 * A chunk as it is stored.
	 *
	 * @param bytes array-backed, perhaps a part of an array that chunks share
	 * @param where path or address, for messages
	 */
	record Stored(long[] index, ByteBuffer bytes, String where) {}
}
