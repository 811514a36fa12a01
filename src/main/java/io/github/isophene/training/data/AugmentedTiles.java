// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Objects;

import io.github.isophene.messages.Count;
import io.github.isophene.numerics.RandomStream;

/** Decoded tiles, cropped and turned when they are read. */
public final class AugmentedTiles implements TileSource {

	private final TileStore store;
	private final int channels;
	private final Augmentation augmentation;
	private final String identity;

	/**
	 * @param store the tiles, all with the same channels and at least as large as the crop
	 * @param channels number of channels of every tile
	 * @param augmentation what happens when a tile is read with a random stream
	 */
	public AugmentedTiles(final TileStore store, final int channels, final Augmentation augmentation) {
		this(store, channels, augmentation, "");
	}

	/**
	 * As above.
	 *
	 * @param images says which images these are, see {@link TileSource#identity}
	 */
	public AugmentedTiles(final TileStore store, final int channels, final Augmentation augmentation,
		final String images)
	{
		identity = images + " " + augmentation;
		this.store = Objects.requireNonNull(store, "store");
		this.augmentation = Objects.requireNonNull(augmentation, "augmentation");
		this.channels = channels;
	}

	@Override
	public String identity() {
		return identity;
	}

	@Override
	public boolean isRandom() {
		return augmentation.crop() || augmentation.flips() || augmentation.rotations();
	}

	@Override
	public int channels() {
		return channels;
	}

	@Override
	public int size() {
		return augmentation.size();
	}

	@Override
	public void read(final int sample, final RandomStream random, final FloatBuffer out) throws IOException {
		final PackedTile tile = store.tile(sample);
		if (tile.channels() != channels)
			throw new IOException(
				store.name(sample) + " has " + Count.of(tile.channels(), "channel") + ", but the others have " +
				channels);
		try {
			augmentation.apply(tile, random, out);
		}
		catch (final IllegalArgumentException exc) {
			throw new IllegalArgumentException(store.name(sample) + ": " + exc.getMessage(), exc);
		}
	}
}
