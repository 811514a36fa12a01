// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.plots;

import java.awt.Color;

/**
 * Colors for numbers, dark to light: blue, green, yellow, with a lightness that rises
 * evenly, so that they keep their order in gray and for everyone (after viridis, van der
 * Walt and Smith 2015).
 */
public final class ColorScale {

	/** For a number that isn't there. */
	public static final Color MISSING = new Color(0xE6, 0xE6, 0xE6);

	/** At equal distances; colors between are mixed. */
	private static final int[] ANCHORS = {0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21918C, 0x28AE80, 0x5EC962,
		0xADDC30, 0xFDE725};

	private final double low;
	private final double high;

	/**
	 * @param low what is darkest
	 * @param high what is lightest
	 */
	public ColorScale(final double low, final double high) {
		this.low = low;
		this.high = high;
	}

	/** Returns the lower end of the scale. */
	public double low() {
		return low;
	}

	/** Returns the upper end of the scale. */
	public double high() {
		return high;
	}

	/** The color of a number; those beyond the ends have the ends' colors. */
	public Color color(final double value) {
		if (Double.isNaN(value)) return MISSING;
		final double share = high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0.5;
		final double place = share * (ANCHORS.length - 1);
		final int below = Math.min((int) place, ANCHORS.length - 2);
		final double mix = place - below;
		return new Color(mix(below, 16, mix), mix(below, 8, mix), mix(below, 0, mix));
	}

	private static int mix(final int below, final int shift, final double mix) {
		final int a = ANCHORS[below] >> shift & 0xFF;
		final int b = ANCHORS[below + 1] >> shift & 0xFF;
		return (int) Math.round(a + mix * (b - a));
	}
}
