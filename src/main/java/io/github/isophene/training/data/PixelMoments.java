// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/**
 * Mean and standard deviation of each channel over all pixels of many tiles. Sums within a
 * tile are exact, and tiles are added in the caller's order, so the numbers don't depend
 * on threads.
 */
final class PixelMoments {

	/** Sums of a tile's 16-bit values. */
	record Sums(long[] first, long[] second, int pixels, float[] scale, float[] offset) {

		static Sums of(final PackedTile tile) {
			final int n = tile.height() * tile.width();
			final long[] first = new long[tile.channels()];
			final long[] second = new long[tile.channels()];
			for (int c = 0; c < first.length; c++) {
				for (int i = c * n; i < (c + 1) * n; i++) {
					final long v = tile.values()[i] & 0xFFFF;
					first[c] += v;
					second[c] += v * v;
				}
			}
			return new Sums(first, second, n, tile.scale(), tile.offset());
		}
	}

	private double[] first;
	private double[] second;
	private double count;

	/** Adds the values of a tile. */
	void add(final Sums tile) {
		if (first == null) {
			first = new double[tile.first.length];
			second = new double[tile.first.length];
		}
		for (int c = 0; c < first.length; c++) {
			final double s = tile.scale[c];
			final double o = tile.offset[c];
			first[c] += s * tile.first[c] + o * tile.pixels;
			second[c] += s * s * tile.second[c] + 2 * s * o * tile.first[c] + o * o * tile.pixels;
		}
		count += tile.pixels;
	}

	/** One per channel, six significant digits. */
	double[] means() {
		return Arrays.stream(first).map(sum -> rounded(sum / count)).toArray();
	}

	/** One per channel, six significant digits; 1 where a channel never varies. */
	double[] sds() {
		final double[] sds = new double[first.length];
		for (int c = 0; c < sds.length; c++) {
			final double mean = first[c] / count;
			final double variance = second[c] / count - mean * mean;
			sds[c] = variance > 1e-12 ? rounded(Math.sqrt(variance)) : 1;
		}
		return sds;
	}

	/** Six digits say all there is to say, and are read back as the same number. */
	private static double rounded(final double value) {
		return new BigDecimal(value).round(new MathContext(6)).doubleValue();
	}
}
