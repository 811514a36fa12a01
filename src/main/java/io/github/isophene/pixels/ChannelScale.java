// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.util.Arrays;

/**
 * Maps the raw values of one channel of one image to what a network is given:
 *
 * <pre>
 * t = (v - low) / (high - low)                             if levels = 0; 0 where high = low
 * t = floor((v - low) * (levels / (high - low))) / levels  if levels &gt; 0; 0 where high = low
 * t = min(max(t, 0), 1)                                    if clamped
 * y = (t - mean) / sd
 * </pre>
 *
 * Computed in single precision, the level in double precision, by the same instructions
 * for every kind of image and on every path, so that results are the same to the bit.
 * Non-finite values (NaN, infinite) become 0.
 *
 * @param low the value that becomes 0
 * @param high the value that becomes 1; equal to {@code low} for a channel without
 *          contrast
 * @param clamped whether values outside [low, high] are set to 0 and 1
 * @param levels number of steps between 0 and 1, values rounded down; 0 for none. The factor levels / (high - low) is
 *          rounded to a double first, as in the 8-bit conversion of CS-ARM-BN: so {@code high} itself can fall to the
 *          step below the last
 * @param mean subtracted afterwards
 * @param sd divided by afterwards, above 0
 */
public record ChannelScale(double low, double high, boolean clamped, int levels, double mean, double sd) {

	private static final float MODEST = 1e38f;

	public ChannelScale {
		if (!Double.isFinite(low) || !Double.isFinite(high) || high < low) {
			throw new IllegalArgumentException("A scale from " + low + " to " + high + " is impossible");
		}
		if (levels < 0) throw new IllegalArgumentException(levels + " levels are impossible");
		if (!Double.isFinite(mean) || !Double.isFinite(sd) || sd <= 0) {
			throw new IllegalArgumentException("A mean of " + mean + " with an sd of " + sd + " is impossible");
		}
	}

	/** {@code low} to {@code high} become 0 to 1, linearly; not clamped. */
	public static ChannelScale linear(final double low, final double high) {
		return new ChannelScale(low, high, false, 0, 0, 1);
	}

	/** {@code low} to {@code high} become 0 to 1, linearly; what lies outside becomes 0 or 1. */
	public static ChannelScale clamped(final double low, final double high) {
		return new ChannelScale(low, high, true, 0, 0, 1);
	}

	/** 0 to {@code high} become 0 to 1 in so many steps, rounded down; what lies outside becomes 0 or 1. */
	public static ChannelScale quantized(final double high, final int levels) {
		return new ChannelScale(0, high, true, levels, 0, 1);
	}

	/**
	 * This scale, followed by (y - mean) / sd.
	 *
	 * @throws IllegalArgumentException if the scale is followed by one already
	 */
	public ChannelScale then(final double nextMean, final double nextSd) {
		if (mean != 0 || sd != 1) throw new IllegalArgumentException("The scale has a mean and an sd already");
		return new ChannelScale(low, high, clamped, levels, nextMean, nextSd);
	}

	/** The network's value of a raw value. */
	public float apply(final float v) {
		float t;
		if (levels > 0) t = (float) Math.floor((v - low) * factor()) / levels;
		else t = (v - (float) low) / divisor();
		if (clamped) t = Math.min(Math.max(t, 0), 1);
		final float y = (t + shift()) * inverse();
		return Float.isFinite(v) && Float.isFinite(y) ? y : 0;
	}

	/** {@link #apply(float)} of the first {@code n} values, in place. */
	void apply(final float[] values, final int n) {
		if (levels > 0 || !allModest(values, n)) {
			for (int i = 0; i < n; i++) values[i] = apply(values[i]);
			return;
		}
		// Loops over one array without a branch: the compiler makes them vector instructions.
		if (clamped) clampedLine(values, n, (float) low, divisor(), shift(), inverse());
		else line(values, n, (float) low, divisor(), shift(), inverse());
		for (int i = 0; i < n; i++) {
			if (!(Math.abs(values[i]) <= Float.MAX_VALUE)) values[i] = 0;
		}
	}

	/**
	 * {@link #apply(float)} of 0, 1, 2, ... into the first {@code n} places of a
	 * table, which makes the mapping of 8 and 16 bit one look-up.
	 */
	void tabulate(final float[] table, final int n) {
		// All that is clamped from above is one value.
		final int end = clamped ? (int) Math.min(n, Math.max(0, Math.floor(high) + 2)) : n;
		for (int v = 0; v < end; v++) table[v] = apply(v);
		if (end < n) Arrays.fill(table, end, n, apply(n));
	}

	private static void clampedLine(final float[] values, final int n, final float offset, final float divisor,
		final float shift, final float inverse)
	{
		for (int i = 0; i < n; i++) {
			values[i] = (Math.min(Math.max((values[i] - offset) / divisor, 0), 1) + shift) * inverse;
		}
	}

	private static void line(final float[] values, final int n, final float offset, final float divisor,
		final float shift, final float inverse)
	{
		for (int i = 0; i < n; i++) values[i] = ((values[i] - offset) / divisor + shift) * inverse;
	}

	/** Returns whether all values are finite and so small that no difference of them overflows. */
	private boolean allModest(final float[] values, final int n) {
		if (Math.abs(low) > MODEST) return false;
		for (int i = 0; i < n; i++) {
			if (!(Math.abs(values[i]) <= MODEST)) return false;
		}
		return true;
	}

	/**
	 * Returns the divisor of v - low for which {@code high} gives exactly 1; infinite, which gives 0, where
	 * there is no contrast.
	 */
	private float divisor() {
		final float range = (float) high - (float) low;
		return range > 0 ? range : Float.POSITIVE_INFINITY;
	}

	/** Levels per unit of v - low; 0 where there is no contrast. */
	private double factor() {
		return high > low ? levels / (high - low) : 0;
	}

	/** The mean, to be added; a difference, so that a mean of 0 turns -0 into 0. */
	private float shift() {
		return 0 - (float) mean;
	}

	private float inverse() {
		return (float) (1 / sd);
	}
}
