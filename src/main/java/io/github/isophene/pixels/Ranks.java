// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

/** Values in ascending order. */
public interface Ranks {

	/** Returns the number of values. */
	long count();

	/** The value with {@code rank} values before it, from 0. */
	double at(long rank);

	/**
	 * A percentile as numpy computes it by default: linear between the two values
	 * next to (count - 1) * q / 100.
	 *
	 * @param q 0 to 100
	 */
	default double percentile(final double q) {
		final double place = (count() - 1) * (q / 100);
		final long lower = (long) Math.floor(place);
		final double share = place - lower;
		final double a = at(lower);
		if (share == 0) return a;
		final double b = at(lower + 1);
		return share < 0.5 ? a + (b - a) * share : b - (b - a) * (1 - share);
	}

	/** Returns the ranks of values that are in ascending order already. */
	static Ranks ofSorted(final float[] sorted) {
		return new Ranks() {

			@Override
			public long count() {
				return sorted.length;
			}

			@Override
			public double at(final long rank) {
				return sorted[(int) rank];
			}
		};
	}

	/** The exact values of one channel of an image; those that are not finite are left out. */
	static Ranks of(final PixelBlocks blocks, final int channel) {
		return switch (blocks.depth()) {
			case UINT8, UINT16 -> Histogram.of(blocks, channel);
			case FLOAT32 -> FloatRanks.of(blocks, channel);
		};
	}
}
