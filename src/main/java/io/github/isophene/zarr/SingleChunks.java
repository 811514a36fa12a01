// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import java.io.IOException;
import java.util.List;

import io.github.isophene.storage.Fetches;
import io.github.isophene.storage.Storage;

/**
 * Chunks of which each is stored by itself.
 *
 * @param names how chunks are named
 * @param otherwise how they may be named although the metadata say otherwise, as copies between stores leave
 * them; or {@code null}
 */
record SingleChunks(Storage storage, ChunkNames names, ChunkNames otherwise, int[] shape, ChunkCodec codec)
	implements Chunks
{

	SingleChunks(final Storage storage, final ChunkNames names, final int[] shape, final ChunkCodec codec) {
		this(storage, names, null, shape, codec);
	}

	@Override
	public List<Stored> read(final List<long[]> indices) throws IOException {
		final List<Stored> stored = read(indices, names);
		final boolean none = stored.stream().allMatch(chunk -> chunk.bytes() == null);
		return none && otherwise != null ? read(indices, otherwise) : stored;
	}

	private List<Stored> read(final List<long[]> indices, final ChunkNames by) throws IOException {
		return Fetches.all(storage.location(), indices, index -> {
			final String name = by.of(index);
			return new Stored(index, storage.read(name), storage.describe(name));
		});
	}
}
