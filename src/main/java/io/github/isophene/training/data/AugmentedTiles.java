// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Objects;

import io.github.isophene.messages.Count;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.pixels.TileSource;

/** Decoded tiles, cropped and turned when they are read. */
public final class AugmentedTiles implements TileSource {

	/** Decoded images by number, at least as large as what is cut from them. Read by several threads at once. */
	@FunctionalInterface
	public interface DecodedImages {

		/**
		 * Returns an image.
		 *
		 * @throws IOException if it can't be read; the message names the file
		 */
		PackedTile tile(int sample) throws IOException;

		/** Returns the name of an image for messages. */
		default String name(final int sample) {
			return "The image of sample " + sample;
		}
	}

	private final DecodedImages store;
	private final int count;
	private final int channels;
	private final Augmentation augmentation;
	private final String identity;

	/**
	 * @param store the tiles, all with the same channels and at least as large as the crop
	 * @param count number of tiles
	 * @param channels number of channels of every tile
	 * @param augmentation what happens when a tile is read with a random stream
	 */
	public AugmentedTiles(final DecodedImages store, final int count, final int channels,
		final Augmentation augmentation)
	{
		this(store, count, channels, augmentation, "");
	}

	/**
	 * As above.
	 *
	 * @param images says which images these are, see {@link TileSource#identity}
	 */
	public AugmentedTiles(final DecodedImages store, final int count, final int channels,
		final Augmentation augmentation, final String images)
	{
		identity = images + " " + augmentation;
		this.store = Objects.requireNonNull(store, "store");
		this.augmentation = Objects.requireNonNull(augmentation, "augmentation");
		this.count = count;
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
	public int count() {
		return count;
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
