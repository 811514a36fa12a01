// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import io.github.isophene.pixels.file.Depth;
import net.imglib2.img.Img;

/**
 * The pixels of a field with the scales that make a network's input of them, which
 * {@link TileCopier} does.
 *
 * @param image [X, Y, C], raw
 * @param scales one per channel
 */
public record ScaledField(Img<?> image, ChannelScale[] scales) {

	/** Columns. */
	public long width() {
		return image.dimension(0);
	}

	/** Rows. */
	public long height() {
		return image.dimension(1);
	}

	/** Number of channels. */
	public int channels() {
		return scales.length;
	}

	/** The scaled values of a channel, row by row, width * height of them. */
	public float[] values(final int channel) {
		final float[] values = new float[Math.multiplyExact(Math.toIntExact(width()), Math.toIntExact(height()))];
		Pixels.normalize(PixelBlocks.of(image), channel, scales[channel], values);
		return values;
	}

	/** Returns whether the pixels are whole numbers of 8 or 16 bit. */
	public boolean isWhole() {
		return PixelBlocks.of(image).depth() != Depth.FLOAT32;
	}
}
