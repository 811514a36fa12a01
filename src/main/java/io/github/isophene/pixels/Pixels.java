// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

import io.github.isophene.messages.Count;
import net.imglib2.FinalInterval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/** Operations on one image, as plain functions for scripts and ops. */
public final class Pixels {

	private Pixels() {}

	/**
	 * The tiles of an image as views, without copying.
	 *
	 * @param image [X, Y, C], or [X, Y]
	 * @param tiling how to cut
	 * @return views [size, size, C] (or [size, size]) that start at 0, row by row
	 * @throws IllegalArgumentException if the image is smaller than one tile
	 */
	public static <T> List<RandomAccessibleInterval<T>> tiles(final RandomAccessibleInterval<T> image,
		final Tiling tiling)
	{
		final List<RandomAccessibleInterval<T>> views = new ArrayList<>();
		for (final Tile tile : tiling.tiles(image.dimension(0), image.dimension(1))) {
			final long[] min = image.minAsLongArray();
			final long[] size = image.dimensionsAsLongArray();
			min[0] += tile.x();
			min[1] += tile.y();
			size[0] = tile.size();
			size[1] = tile.size();
			views.add(Views.zeroMin(Views.interval(image, FinalInterval.createMinSize(min, size))));
		}
		return views;
	}

	/**
	 * A whole image, scaled as {@link TileCopier} scales its tiles, with the
	 * statistics of this image.
	 *
	 * @param image [X, Y, C], or [X, Y] for one channel, of real numbers
	 * @param intensity one that needs no controls
	 * @return a new image of the same size that starts at 0
	 * @throws IllegalStateException if the intensity needs control wells
	 */
	public static Img<FloatType> normalize(final RandomAccessibleInterval<?> image, final Intensity intensity) {
		return normalize(image, intensity.fit(image));
	}

	/**
	 * A whole image, scaled as {@link TileCopier} scales its tiles.
	 *
	 * @param image [X, Y, C], or [X, Y] for one channel, of real numbers
	 * @param scales one per channel
	 * @return a new image of the same size that starts at 0
	 */
	public static Img<FloatType> normalize(final RandomAccessibleInterval<?> image, final ChannelScale[] scales) {
		final PlanarImg<FloatType, FloatArray> out = PlanarImgs.floats(image.dimensionsAsLongArray());
		final PixelBlocks blocks = PixelBlocks.of(image);
		if (scales.length != blocks.channels()) {
			throw new IllegalArgumentException(Count.of(scales.length, "scale") + " for " +
				Count.of(blocks.channels(), "channel"));
		}
		for (int c = 0; c < scales.length; c++)
			normalize(blocks, c, scales[c], out.getPlane(c).getCurrentStorageArray());
		return out;
	}

	/** Scales one channel into an array of width * height values. */
	static void normalize(final PixelBlocks blocks, final int channel, final ChannelScale scale, final float[] plane) {
		final FloatBuffer out = FloatBuffer.wrap(plane);
		final ScaleMapper mapper = new ScaleMapper();
		Histogram.forEachChunk(blocks, channel, (values, from, n) -> {
			mapper.map(scale, values, from, n, out, out.position(), 1);
			out.position(out.position() + n);
		});
	}
}
