// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.lang.reflect.Array;
import java.nio.BufferOverflowException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

import io.github.isophene.messages.Count;
import net.imglib2.RandomAccessibleInterval;

/**
 * Copies tiles, scaled, to where a network takes them from: the hot path from
 * pixels to tensors.
 * <p>
 * 8 and 16 bit go through a look-up table per channel, made when a scale is met
 * for the first time; so every scale costs the same. Fast for images of unsigned
 * 8 and 16 bit and float in memory, and views of them; right, but slower, for
 * every other real type. An instance is for one thread, and is cheap.
 * </p>
 */
public final class TileCopier {

	/** Pixels mapped in one go, few enough to stay in the first cache. */
	private static final int CHUNK = 4096;

	private RandomAccessibleInterval<?> image;
	private PixelBlocks blocks;
	private Object pixels;
	private final List<ScaleMapper> mappers = new ArrayList<>();

	/**
	 * Copies one tile.
	 *
	 * @param field image [X, Y, C], or [X, Y] for one channel, of real numbers; the
	 *          tile counts from its first pixel
	 * @param tile where
	 * @param scales one per channel
	 * @param layout order of the values: [C, H, W] or [H, W, C]
	 * @param out takes C * size * size floats from its position on, which moves
	 *          behind them
	 * @throws IllegalArgumentException if the tile reaches beyond the image, the
	 *           number of scales is not that of the channels, or the image is of
	 *           another kind
	 * @throws BufferOverflowException if the buffer has not enough room
	 */
	public void copy(final RandomAccessibleInterval<?> field, final Tile tile, final ChannelScale[] scales,
		final Layout layout, final FloatBuffer out)
	{
		if (field != image) {
			blocks = PixelBlocks.of(field);
			image = field;
			pixels = null;
		}
		check(tile, scales);
		if (out.remaining() < (long) scales.length * tile.size() * tile.size()) throw new BufferOverflowException();
		final int rows = Math.max(1, Math.min(tile.size(), CHUNK / tile.size()));
		final int channels = scales.length;
		final int chunk = rows * tile.size();
		if (pixels == null || Array.getLength(pixels) < chunk) pixels = blocks.array(chunk);
		while (mappers.size() < channels) mappers.add(new ScaleMapper());
		final int at = out.position();
		final int plane = tile.size() * tile.size();
		if (layout == Layout.NCHW) {
			for (int c = 0; c < channels; c++) {
				for (int y = 0; y < tile.size(); y += rows)
					map(tile, y, rows, c, scales[c], out, at + c * plane + y * tile.size(), 1);
			}
		}
		else {
			for (int y = 0; y < tile.size(); y += rows) {
				for (int c = 0; c < channels; c++)
					map(tile, y, rows, c, scales[c], out, at + c + y * tile.size() * channels, channels);
			}
		}
		out.position(at + channels * plane);
	}

	/** Copies one tile into an array, from {@code offset} on. */
	public void copy(final RandomAccessibleInterval<?> field, final Tile tile, final ChannelScale[] scales,
		final Layout layout, final float[] out, final int offset)
	{
		copy(field, tile, scales, layout, FloatBuffer.wrap(out, offset, out.length - offset));
	}

	/** Forgets the image, so that it can be freed. */
	public void release() {
		image = null;
		blocks = null;
	}

	/** Maps some rows of one channel to every {@code step}th place of the output. */
	private void map(final Tile tile, final int y, final int rows, final int c, final ChannelScale scale,
		final FloatBuffer out, final int first, final int step)
	{
		final int height = Math.min(rows, tile.size() - y);
		final Object plane = blocks.plane(c);
		if (plane == null) {
			blocks.copy(tile.x(), tile.y() + y, c, tile.size(), height, pixels);
			mappers.get(c).map(scale, pixels, 0, height * tile.size(), out, first, step);
			return;
		}
		final int width = (int) blocks.width();
		for (int row = 0; row < height; row++) {
			mappers.get(c)
				.map(scale, plane, (int) (tile.y() + y + row) * width + (int) tile.x(), tile.size(), out,
					first + row * tile.size() * step, step);
		}
	}

	private void check(final Tile tile, final ChannelScale[] scales) {
		if (tile.x() + tile.size() > blocks.width() || tile.y() + tile.size() > blocks.height()) {
			throw new IllegalArgumentException(
				tile + " reaches beyond the image of " + blocks.width() + " x " + blocks.height() + " pixels");
		}
		if (scales.length != blocks.channels()) {
			throw new IllegalArgumentException(Count.of(scales.length, "scale") + " for " +
				Count.of(blocks.channels(), "channel"));
		}
	}
}
