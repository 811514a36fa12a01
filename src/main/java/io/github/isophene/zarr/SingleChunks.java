// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import java.io.IOException;
import java.util.List;

import io.github.isophene.storage.Fetches;
import io.github.isophene.storage.Storage;

/** Chunks of which each is stored by itself. */
record SingleChunks(Storage storage, ChunkNames names, int[] shape, ChunkCodec codec) implements Chunks {

	@Override
	public List<Stored> read(final List<long[]> indices) throws IOException {
		return Fetches.all(storage.location(), indices, index -> {
			final String name = names.of(index);
			return new Stored(index, storage.read(name), storage.describe(name));
		});
	}
}
