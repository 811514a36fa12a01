// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

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
}
