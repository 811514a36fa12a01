// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

import io.github.isophene.files.ScratchFile;

/**
 * Embeddings of a plate that have been computed already, because each depends on other
 * tiles of the plate: they lie in a file, and are given out in the order of the tiles.
 */
final class PrecomputedTileNetwork extends ForwardingTileNetwork {

	private final ScratchFile file;
	private final long[] places;
	private int length;
	private int next;

	/**
	 * No embeddings yet.
	 *
	 * @param network says everything but the embeddings; stays open
	 * @param file is closed with this
	 * @param tiles how many there will be
	 */
	PrecomputedTileNetwork(final TileNetwork network, final ScratchFile file, final int tiles) {
		super(network);
		this.file = file;
		places = new long[tiles];
		Arrays.fill(places, -1);
	}

	/** Keeps the embedding of a tile, counted in the order in which it will be asked for. */
	void put(final int tile, final float[] row) throws IOException {
		length = row.length;
		final ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * length).order(ByteOrder.nativeOrder());
		bytes.asFloatBuffer().put(row);
		places[tile] = file.write(bytes);
		if (places[tile] < 0)
			throw new IOException("There is no room on the disk for the embeddings of a plate: free some " +
				"space, or write the profiles elsewhere");
	}

	@Override
	public float[][] embed(final FloatBuffer tiles, final int n, final int channelCount, final int side) {
		final float[][] rows = new float[n][length];
		for (final float[] row : rows) {
			if (next >= places.length || places[next] < 0)
				throw new IllegalStateException(
					"The files of the plate have changed while it was embedded: run it again");
			final ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * length).order(ByteOrder.nativeOrder());
			try {
				file.read(places[next++], bytes);
			}
			catch (final IOException exc) {
				throw new UncheckedIOException(exc);
			}
			bytes.flip().asFloatBuffer().get(row);
		}
		return rows;
	}

	@Override
	public void close() {
		try {
			file.close();
		}
		catch (final IOException exc) {
			throw new UncheckedIOException(exc);
		}
	}
}
