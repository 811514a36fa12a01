// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels.intensity;

import java.util.List;

import io.github.isophene.pixels.ChannelScale;
import io.github.isophene.pixels.Intensity;
import io.github.isophene.pixels.PixelBlocks;
import io.github.isophene.pixels.Ranks;
import io.github.isophene.pixels.SpecifiedIntensity;
import net.imglib2.RandomAccessibleInterval;
import org.scijava.plugin.Plugin;

/**
 * To 8 bit with the brightest 0.01 % clipped, then to [0, 1], per image and
 * channel: with n = round(H * W * 1e-4), halves to even, and thr the smallest of the
 * n brightest pixels, floor(min(255, v * (255.0 / thr))) / 255 with product and quotient
 * in double precision, and 0 for values below 0 (ml-jku/cs-arm-bn at e091e7e).
 * <p>
 * Our choice: n is at least 1, where the source's threshold for images below 5,000 pixels
 * is the smallest pixel, so that they become white.
 * </p>
 */
@Plugin(type = Intensity.class)
public final class TopClip extends SpecifiedIntensity {

	private static final double SHARE = 1e-4;
	private static final int LEVELS = 255;

	@Override
	public List<String> names() {
		return List.of("clip8", "published");
	}

	@Override
	public String description(final String name) {
		return "each image by itself to 8 bit, the brightest 0.01 % clipped, as published for CS-ARM-BN";
	}

	@Override
	public String spec() {
		return "clip8";
	}

	@Override
	public ChannelScale[] fit(final RandomAccessibleInterval<?> image) {
		final PixelBlocks blocks = PixelBlocks.of(image);
		final ChannelScale[] scales = new ChannelScale[blocks.channels()];
		for (int c = 0; c < scales.length; c++) {
			final Ranks ranks = Ranks.of(blocks, c);
			final long n = Math.max(1, (long) Math.rint(ranks.count() * SHARE));
			final double threshold = ranks.count() == 0 ? 0 : ranks.at(ranks.count() - n);
			if (threshold <= 0 && ranks.count() > 0 && ranks.at(0) < 0) {
				throw new IllegalArgumentException("clip8 scales from 0 up, but channel " + (c + 1) +
					" has values from " + ranks.at(0) + " and all but the brightest " + n +
					" are 0 at most: add the camera's offset when exporting, or take another intensity, " +
					"such as percentile:0.1:99.9");
			}
			scales[c] = ChannelScale.quantized(Math.max(0, threshold), LEVELS);
		}
		return scales;
	}
}
