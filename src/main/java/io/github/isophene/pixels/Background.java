// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.util.ArrayList;
import java.util.List;

import net.imglib2.RandomAccessibleInterval;

/**
 * Leaves out tiles without cells: a tile stays if at least a given share of its
 * pixels is above 0.7 times Otsu's threshold of the nuclear channel, computed on
 * the whole field. Factor and default share are our choice.
 *
 * @param channel index of the nuclear channel, from 0
 * @param minimum smallest share, 0 to 1; 0 keeps every tile
 */
public record Background(int channel, double minimum) {

	/** The share that suits most screens: 1 % of a tile. */
	public static final double DEFAULT_MINIMUM = 0.01;

	private static final double FACTOR = 0.7;

	public Background {
		if (channel < 0) throw new IllegalArgumentException("Nuclear channel " + channel + " is impossible");
		if (!(minimum >= 0 && minimum <= 1)) {
			throw new IllegalArgumentException(
				"The smallest share of foreground is " + minimum + ": it must be from 0 to 1");
		}
	}

	/** Keeps every tile. */
	public static Background off() {
		return new Background(0, 0);
	}

	/** Returns whether every tile is kept. */
	public boolean isOff() {
		return minimum == 0;
	}

	/**
	 * The value above which a pixel of the nuclear channel is foreground.
	 *
	 * @param image the whole field, [X, Y, C]
	 * @return positive infinity where the channel has no contrast: no foreground
	 * @throws IllegalArgumentException if the field has no such channel
	 */
	public double threshold(final RandomAccessibleInterval<?> image) {
		return threshold(PixelBlocks.of(image));
	}

	/** The share of a tile's pixels in the nuclear channel that are above a threshold. */
	public double share(final RandomAccessibleInterval<?> image, final Tile tile, final double threshold) {
		return share(PixelBlocks.of(image), tile, threshold, null);
	}

	/**
	 * The tiles that stay, in the same order.
	 *
	 * @param image the whole field, [X, Y, C]
	 * @throws IllegalArgumentException if the field has no such channel
	 */
	public List<Tile> keep(final RandomAccessibleInterval<?> image, final List<Tile> tiles) {
		if (isOff()) return List.copyOf(tiles);
		final PixelBlocks blocks = PixelBlocks.of(image);
		final double threshold = threshold(blocks);
		final List<Tile> kept = new ArrayList<>();
		Object values = null;
		for (final Tile tile : tiles) {
			if (values == null) values = blocks.array(tile.size() * tile.size());
			if (share(blocks, tile, threshold, values) >= minimum) kept.add(tile);
		}
		return kept;
	}

	private double threshold(final PixelBlocks blocks) {
		if (channel >= blocks.channels()) {
			throw new IllegalArgumentException(
				"The nuclear channel is number " + (channel + 1) + ", but the field has " + blocks.channels());
		}
		final double otsu = Otsu.threshold(blocks, channel);
		return Double.isNaN(otsu) ? Double.POSITIVE_INFINITY : FACTOR * otsu;
	}

	private double share(final PixelBlocks blocks, final Tile tile, final double threshold, final Object scratch) {
		final int n = tile.size() * tile.size();
		final Object values = scratch == null ? blocks.array(n) : scratch;
		blocks.copy(tile.x(), tile.y(), channel, tile.size(), tile.size(), values);
		int above = 0;
		if (values instanceof byte[] bytes) for (int i = 0; i < n; i++) above += (bytes[i] & 0xff) > threshold ? 1 : 0;
		else
			if (values instanceof short[] shorts)
				for (int i = 0; i < n; i++) above += (shorts[i] & 0xffff) > threshold ? 1 : 0;
			else
				for (int i = 0; i < n; i++) above += ((float[]) values)[i] > threshold ? 1 : 0;
		return (double) above / n;
	}
}
