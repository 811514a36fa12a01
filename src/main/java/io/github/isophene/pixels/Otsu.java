// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import io.github.isophene.pixels.file.Depth;

/**
 * Otsu's threshold (Otsu 1979, IEEE Trans. Syst. Man Cybern. 9:62): the value
 * that parts the pixels into two classes, those up to it and those above it, with
 * the largest variance between the classes. In double precision: scikit-image
 * counts in single precision, which moves its result by a few gray levels on
 * large 16-bit images.
 */
final class Otsu {

	private static final int FLOAT_BINS = 256;

	private Otsu() {}

	/**
	 * The threshold of one channel: exact for 8 and 16 bit; the middle of one of 256
	 * equal bins from the smallest to the largest value otherwise.
	 *
	 * @return NaN if the channel has fewer than two different finite values
	 */
	static double threshold(final PixelBlocks blocks, final int channel) {
		final Ranks ranks = Ranks.of(blocks, channel);
		if (ranks.count() == 0) return Double.NaN;
		final double min = ranks.at(0);
		final double max = ranks.at(ranks.count() - 1);
		if (min == max) return Double.NaN;
		if (blocks.depth() != Depth.FLOAT32) {
			final long[] counts = new long[(int) (max - min) + 1];
			for (int i = 0; i < counts.length; i++) counts[i] = ((Histogram) ranks).count((int) min + i);
			return min + split(counts);
		}
		final long[] counts = new long[FLOAT_BINS];
		final double width = (max - min) / FLOAT_BINS;
		for (final float v : ((FloatRanks) ranks).values())
			counts[Math.min(FLOAT_BINS - 1, (int) ((v - min) / width))]++;
		return min + (split(counts) + 0.5) * width;
	}

	/**
	 * The last bin of the lower class. Where empty bins follow it, all of them are
	 * equally good: then the one in the middle, so that the threshold doesn't touch
	 * the lower class.
	 */
	static int split(final long[] counts) {
		double all = 0;
		double sum = 0;
		for (int i = 0; i < counts.length; i++) {
			all += counts[i];
			sum += (double) i * counts[i];
		}
		int best = 0;
		double largest = -1;
		double below = 0;
		double sumBelow = 0;
		for (int i = 0; i < counts.length - 1; i++) {
			below += counts[i];
			sumBelow += (double) i * counts[i];
			if (below == 0 || below == all) continue;
			final double difference = sumBelow / below - (sum - sumBelow) / (all - below);
			final double between = below * (all - below) * difference * difference;
			if (between > largest) {
				largest = between;
				best = i;
			}
		}
		int last = best;
		while (counts[last + 1] == 0) last++;
		return best + (last - best) / 2;
	}
}
