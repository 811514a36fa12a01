// SPDX-License-Identifier: BSD-2-Clause
package com.example.isophene;

import java.util.List;

import io.github.isophene.pixels.ChannelScale;
import io.github.isophene.pixels.Intensity;
import io.github.isophene.pixels.PixelBlocks;
import io.github.isophene.pixels.Ranks;
import net.imglib2.RandomAccessibleInterval;
import org.scijava.plugin.Plugin;

/** Each channel of each image from its median, the background of a sparse field, to its maximum, to [0, 1]. */
@Plugin(type = Intensity.class)
public class MedianIntensity implements Intensity {

	@Override
	public List<String> names() {
		return List.of("median");
	}

	@Override
	public String spec() {
		return "median";
	}

	@Override
	public ChannelScale[] fit(final RandomAccessibleInterval<?> image) {
		final PixelBlocks blocks = PixelBlocks.of(image);
		final ChannelScale[] scales = new ChannelScale[blocks.channels()];
		for (int c = 0; c < scales.length; c++) {
			final Ranks ranks = Ranks.of(blocks, c);
			scales[c] = ranks.count() == 0 ? ChannelScale.clamped(0, 0)
				: ChannelScale.clamped(ranks.percentile(50), ranks.percentile(100));
		}
		return scales;
	}
}
