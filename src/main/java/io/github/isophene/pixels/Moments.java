// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

/**
 * Mean and standard deviation of the finite values of one channel.
 *
 * @param mean 0 if there are no values
 * @param sd with ddof 0: the square root of the mean squared difference from the mean
 */
public record Moments(double mean, double sd) {

	/** Two passes: first the mean, then the differences from it. */
	public static Moments of(final PixelBlocks blocks, final int channel) {
		final Ranks ranks = Ranks.of(blocks, channel);
		if (ranks.count() == 0) return new Moments(0, 0);
		return ranks instanceof FloatRanks floats ? of(floats.values()) : of((Histogram) ranks);
	}

	private static Moments of(final float[] values) {
		double sum = 0;
		for (final float v : values) sum += v;
		final double mean = sum / values.length;
		double squares = 0;
		for (final float v : values) squares += (v - mean) * (v - mean);
		return new Moments(mean, Math.sqrt(squares / values.length));
	}

	private static Moments of(final Histogram histogram) {
		double sum = 0;
		for (int v = 0; v < Histogram.BINS; v++) sum += (double) v * histogram.count(v);
		final double mean = sum / histogram.count();
		double squares = 0;
		for (int v = 0; v < Histogram.BINS; v++) squares += (v - mean) * (v - mean) * histogram.count(v);
		return new Moments(mean, Math.sqrt(squares / histogram.count()));
	}
}
