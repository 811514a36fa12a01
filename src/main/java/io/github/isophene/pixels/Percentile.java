// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import net.imglib2.RandomAccessibleInterval;

/**
 * From one percentile to another, per image and channel.
 *
 * @param low percentile that becomes 0
 * @param high percentile that becomes 1
 */
record Percentile(double low, double high) implements Intensity {

	Percentile {
		if (!(low >= 0 && low < high && high <= 100)) {
			throw new IllegalArgumentException("percentiles rise and lie between 0 and 100, but are " + low + " and " + high);
		}
	}

	@Override
	public String spec() {
		return "percentile:" + SpecNumbers.format(low) + ":" + SpecNumbers.format(high);
	}

	@Override
	public ChannelScale[] fit(final RandomAccessibleInterval<?> image) {
		final PixelBlocks blocks = PixelBlocks.of(image);
		final ChannelScale[] scales = new ChannelScale[blocks.channels()];
		for (int c = 0; c < scales.length; c++) scales[c] = scale(Ranks.of(blocks, c));
		return scales;
	}

	/** The scale of values whose ranks are known. */
	ChannelScale scale(final Ranks ranks) {
		if (ranks.count() == 0) return ChannelScale.clamped(0, 0);
		return ChannelScale.clamped(ranks.percentile(low), ranks.percentile(high));
	}
}
