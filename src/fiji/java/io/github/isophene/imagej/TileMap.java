// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.imagej;

import java.util.TreeSet;

import io.github.isophene.messages.Count;
import io.github.isophene.profiles.ProfileTable;
import net.imagej.ImgPlus;
import net.imagej.axis.Axes;
import net.imagej.axis.AxisType;
import net.imagej.axis.DefaultLinearAxis;
import net.imglib2.RandomAccess;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;

/** The tiles of one image as an image: a pixel per tile, a channel per feature. */
final class TileMap {

	private static final String X = "Metadata_Tile_X";
	private static final String Y = "Metadata_Tile_Y";

	private TileMap() {}

	/**
	 * Puts a table's rows where their tiles lie.
	 *
	 * @param tiles a row per tile, with {@code Metadata_Tile_X} and {@code Metadata_Tile_Y} in pixels
	 * @return [tiles across, tiles down, features]; X and Y are calibrated in pixels of the image
	 *         that was cut, so that a pixel lies over its tile; NaN where a tile was left out
	 * @throws IllegalArgumentException if the table has no such columns or no rows
	 */
	static ImgPlus<FloatType> of(final ProfileTable tiles) {
		if (!tiles.hasMetadata(X) || !tiles.hasMetadata(Y) || tiles.rowCount() == 0) {
			throw new IllegalArgumentException("A map needs rows of tiles with " + X + " and " + Y +
				", but the table has " + Count.of(tiles.rowCount(), "row") + " with " + tiles.metadataColumns());
		}
		final long[] x = positions(tiles, X);
		final long[] y = positions(tiles, Y);
		final long step = step(x, y);
		final long left = min(x);
		final long top = min(y);
		final int features = tiles.featureCount();
		final Img<FloatType> image = ArrayImgs.floats((max(x) - left) / step + 1, (max(y) - top) / step + 1, features);
		for (final FloatType pixel : image) pixel.set(Float.NaN);
		final RandomAccess<FloatType> at = image.randomAccess();
		for (int row = 0; row < tiles.rowCount(); row++) {
			at.setPosition((x[row] - left) / step, 0);
			at.setPosition((y[row] - top) / step, 1);
			for (int f = 0; f < features; f++) {
				at.setPosition(f, 2);
				at.get().set(tiles.feature(row, f));
			}
		}
		final ImgPlus<FloatType> map = new ImgPlus<>(image, "Embedding", new AxisType[]{Axes.X, Axes.Y, Axes.CHANNEL});
		map.setAxis(new DefaultLinearAxis(Axes.X, "pixel", step, left), 0);
		map.setAxis(new DefaultLinearAxis(Axes.Y, "pixel", step, top), 1);
		return map;
	}

	private static long[] positions(final ProfileTable tiles, final String column) {
		final long[] positions = new long[tiles.rowCount()];
		for (int row = 0; row < positions.length; row++) positions[row] = Long.parseLong(tiles.metadata(column, row));
		return positions;
	}

	/** The smallest distance of neighbors, as tiles don't overlap; 1 for a single tile. */
	private static long step(final long[]... axes) {
		long step = Long.MAX_VALUE;
		for (final long[] axis : axes) {
			final TreeSet<Long> distinct = new TreeSet<>();
			for (final long position : axis) distinct.add(position);
			Long last = null;
			for (final Long position : distinct) {
				if (last != null) step = Math.min(step, position - last);
				last = position;
			}
		}
		return step == Long.MAX_VALUE ? 1 : step;
	}

	private static long min(final long[] values) {
		long min = Long.MAX_VALUE;
		for (final long value : values) min = Math.min(min, value);
		return min;
	}

	private static long max(final long[] values) {
		long max = Long.MIN_VALUE;
		for (final long value : values) max = Math.max(max, value);
		return max;
	}
}
