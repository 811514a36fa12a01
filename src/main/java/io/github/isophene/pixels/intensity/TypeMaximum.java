// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels.intensity;

import java.util.Arrays;
import java.util.List;

import io.github.isophene.pixels.ChannelScale;
import io.github.isophene.pixels.Intensity;
import io.github.isophene.pixels.PixelBlocks;
import io.github.isophene.pixels.SpecifiedIntensity;
import net.imglib2.RandomAccessibleInterval;
import org.scijava.plugin.Plugin;

/** v / (largest value of the type of the channel's file); floating point stays as it is. */
@Plugin(type = Intensity.class)
public final class TypeMaximum extends SpecifiedIntensity {

	@Override
	public List<String> names() {
		return List.of("typemax");
	}

	@Override
	public String description(final String name) {
		return "divided by the largest value of the file's type: intensities stay as they were measured";
	}

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
