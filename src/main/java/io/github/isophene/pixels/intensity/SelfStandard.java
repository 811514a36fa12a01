// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels.intensity;

import java.util.List;

import io.github.isophene.pixels.ChannelScale;
import io.github.isophene.pixels.Intensity;
import io.github.isophene.pixels.Moments;
import io.github.isophene.pixels.PixelBlocks;
import io.github.isophene.pixels.SpecifiedIntensity;
import net.imglib2.RandomAccessibleInterval;
import org.scijava.plugin.Plugin;

/** (v - mean) / sd, ddof 0, per image and channel. */
@Plugin(type = Intensity.class)
public final class SelfStandard extends SpecifiedIntensity {

	@Override
	public List<String> names() {
		return List.of("self");
	}

	@Override
	public String description(final String name) {
		return "mean 0 and standard deviation 1 of each image by itself; differences in brightness between wells are " +
			"lost";
	}

	@Override
	public String spec() {
		return "self";
	}

	@Override
	public ChannelScale[] fit(final RandomAccessibleInterval<?> image) {
		final PixelBlocks blocks = PixelBlocks.of(image);
		final ChannelScale[] scales = new ChannelScale[blocks.channels()];
		for (int c = 0; c < scales.length; c++) {
			final Moments moments = Moments.of(blocks, c);
			scales[c] = ChannelScale.linear(moments.mean(), moments.mean() + moments.sd());
		}
		return scales;
	}
}
