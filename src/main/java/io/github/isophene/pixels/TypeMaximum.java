// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.util.Arrays;

import net.imglib2.RandomAccessibleInterval;

/** v / (largest value of the type of the channel's file); floating point stays as it is. */
record TypeMaximum() implements Intensity {

	@Override
	public String spec() {
		return "typemax";
	}

	@Override
	public ChannelScale[] fit(final RandomAccessibleInterval<?> image) {
		final PixelBlocks blocks = PixelBlocks.of(image);
		final ChannelScale[] scales = new ChannelScale[blocks.channels()];
		Arrays.setAll(scales, c -> ChannelScale.linear(0, blocks.typeMaximum(c)));
		return scales;
	}
}
