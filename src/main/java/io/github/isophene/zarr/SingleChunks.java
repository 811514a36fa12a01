// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

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
	public void read(final List<long[]> indices, final Fetches.Receiver<Stored> receiver) throws IOException {
		if (!read(indices, names, receiver) && otherwise != null) read(indices, otherwise, receiver);
	}

	/** @return whether any is stored */
	private boolean read(final List<long[]> indices, final ChunkNames by, final Fetches.Receiver<Stored> receiver)
		throws IOException
	{
		final boolean[] found = new boolean[1];
		Fetches.each(storage.location(), indices, index -> {
			final String name = by.of(index);
			final byte[] bytes = storage.read(name);
			return bytes == null ? Optional.<Stored>empty()
				: Optional.of(new Stored(index, ByteBuffer.wrap(bytes), storage.describe(name)));
		}, chunk -> {
			if (chunk.isEmpty()) return;
			found[0] = true;
			receiver.accept(chunk.get());
		});
		return found[0];
	}
}
