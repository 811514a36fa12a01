// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

import java.nio.charset.StandardCharsets;

/**
 * A stream of random numbers, the same bits on every machine: SplitMix64 (Steele, Lea,
 * Flood 2014). Streams are addressed, not shared: {@link #of} gives the stream of a
 * purpose at a place (epoch, step, sample...), so nothing depends on who drew before,
 * and work can be divided among threads. (Not the one of the demo, whose numbers differ: screens
 * and models of a seed must stay what they are.)
 */
public final class RandomStream {

	private static final long GOLDEN = 0x9E3779B97F4A7C15L;

	private long state;
	private int bound;
	/** The largest multiple of the bound. */
	private long limit;

	private RandomStream(final long state) {
		this.state = state;
	}

	/**
	 * The stream of a purpose at a place.
	 *
	 * @param seed the user's seed
	 * @param purpose what it is for, so that two uses at one place differ
	 * @param place counters such as epoch, step, sample
	 */
	public static RandomStream of(final long seed, final String purpose, final long... place) {
		long hash = mix(seed + GOLDEN);
		for (final byte b : purpose.getBytes(StandardCharsets.UTF_8)) hash = mix(hash ^ b & 0xFF);
		for (final long p : place) hash = mix(hash * GOLDEN + mix(p + GOLDEN));
		return new RandomStream(hash);
	}

	/** 64 random bits. */
	public long nextLong() {
		return mix(state += GOLDEN);
	}

	/**
	 * An integer from 0 to {@code below} - 1, all equally likely.
	 *
	 * @throws IllegalArgumentException if {@code below} isn't positive
	 */
	public int nextInt(final int below) {
		if (below < 1) throw new IllegalArgumentException("A random number below " + below + " can't be drawn");
		if (below != bound) {
			// Values beyond the last whole multiple of the bound would favor small numbers: draw again.
			bound = below;
			limit = (1L << 62) / below * below;
		}
		long bits;
		do {
			bits = nextLong() >>> 2;
		} while (bits >= limit);
		return (int) (bits % below);
	}

	/** True or false, equally likely. */
	public boolean nextBoolean() {
		return nextLong() < 0;
	}

	/** Uniform in [0, 1), a multiple of 2^-53. */
	public double nextDouble() {
		return (nextLong() >>> 11) * 0x1p-53;
	}

	/** Normal with mean 0 and standard deviation 1 (Box-Muller). */
	public double nextGaussian() {
		final double radius = Math.sqrt(-2 * StrictMath.log(1 - nextDouble()));
		return radius * StrictMath.cos(2 * Math.PI * nextDouble());
	}

	/** Brings the first {@code n} places of an array into a random choice and order (Fisher-Yates). */
	public void shuffle(final int[] values, final int n) {
		for (int i = 0; i < n && i < values.length - 1; i++) {
			final int j = i + nextInt(values.length - i);
			final int v = values[i];
			values[i] = values[j];
			values[j] = v;
		}
	}

	/** A random order of all of an array. */
	public void shuffle(final int[] values) {
		shuffle(values, values.length);
	}

	private static long mix(final long bits) {
		long z = bits;
		z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
		z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
		return z ^ z >>> 31;
	}
}
