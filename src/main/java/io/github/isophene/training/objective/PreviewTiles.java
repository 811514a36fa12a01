// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;

import io.github.isophene.numerics.RandomStream;
import io.github.isophene.pixels.ChannelScale;
import io.github.isophene.pixels.Downscale;
import io.github.isophene.pixels.Intensity;
import io.github.isophene.pixels.Layout;
import io.github.isophene.pixels.Tile;
import io.github.isophene.pixels.TileCopier;
import io.github.isophene.pixels.TileSource;
import io.github.isophene.pixels.Tiling;
import net.imglib2.RandomAccessibleInterval;

/** The middle of one image, cut into at most 4 x 4 tiles side by side, as the network gets them. */
final class PreviewTiles implements TileSource {

	/** Tiles in a row or column, at most: what goes through the network at once. */
	private static final int MOST = 4;
	/** Side of a tile where neither the user nor a model says. */
	private static final int SIDE = 256;

	private final RandomAccessibleInterval<?> image;
	private final ChannelScale[] scales;
	private final List<Tile> tiles;
	private final int columns;

	/**
	 * @param full [X, Y] or [X, Y, C], any real type
	 * @param downscale reduction of the image first
	 * @param tile side of a tile; 0: {@value #SIDE}, or what fits
	 */
	PreviewTiles(final RandomAccessibleInterval<?> full, final Downscale downscale, final Intensity intensity,
		final int tile)
	{
		image = downscale.of(full);
		final long width = image.dimension(0);
		final long height = image.dimension(1);
		final int side = tile > 0 ? tile : (int) Math.min(SIDE, Math.min(width, height));
		if (side < 32)
			throw new IllegalArgumentException("The image has " + width + " x " + height + " pixels" +
				(downscale.isNone() ? "" : " after downscaling") + ": it needs at least 32 x 32");
		intensity.requireChannels(channels());
		scales = intensity.of(Intensity.Reference.IMAGE).fit(image);
		final List<Tile> all = Tiling.grid(side).tiles(width, height);
		final int wide = (int) (width / side);
		final int high = (int) (height / side);
		columns = Math.min(MOST, wide);
		final int left = (wide - columns) / 2;
		final int top = (high - Math.min(MOST, high)) / 2;
		tiles = IntStream.range(0, all.size())
			.filter(i -> i % wide >= left && i % wide < left + columns && i / wide >= top &&
				i / wide < top + Math.min(MOST, high))
			.mapToObj(all::get)
			.toList();
	}

	/** Returns the number of tiles, row by row. */
	@Override
	public int count() {
		return tiles.size();
	}

	/** Returns the number of tiles side by side. */
	int columns() {
		return columns;
	}

	@Override
	public int channels() {
		return image.numDimensions() > 2 ? (int) image.dimension(2) : 1;
	}

	@Override
	public int size() {
		return tiles.get(0).size();
	}

	@Override
	public void read(final int sample, final RandomStream augmentation, final FloatBuffer out) {
		new TileCopier().copy(image, tiles.get(sample), scales, Layout.NCHW, out);
	}
}
