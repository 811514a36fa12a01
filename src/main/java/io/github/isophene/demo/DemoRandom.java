// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.util.SplittableRandom;

/**
 * Random numbers for one purpose at one place of a screen. The seed of a stream
 * is mixed from the screen's seed, the purpose and the place, so streams are
 * independent of each other and of how many others there are: more wells or
 * fields don't change the existing ones, and threads don't matter.
 * <p>
 * Uses only {@link SplittableRandom#nextLong()} (SplitMix64: Steele, Lea, Flood,
 * OOPSLA 2014), exact arithmetic and {@link StrictMath}, so that every Java
 * gives the same numbers.
 * </p>
 * <p>
 * Training has a class of the same name, and they stay two: a purpose is a place in a list here and a name there, so
 * that their numbers differ, and kept bytes depend on each: a demo screen of a seed here, a model of a seed there.
 * </p>
 */
public final class DemoRandom {

	/** Purpose of the numbers. The order is part of the format: append only. */
	public enum Purpose {
		BATCH_EFFECT, PLATE_EFFECT, PLATE_POSITION, LAYOUT, WELL, CELLS, TEXTURE, CAMERA, WELL_EFFECT, SOURCE_PARTS,
		SOURCE_WELL, SOURCE_CROP, ADDED_NOISE
	}

	private final SplittableRandom random;
	private double spare;
	private boolean hasSpare;

	private DemoRandom(final long seed) {
		random = new SplittableRandom(seed);
	}

	/**
	 * Returns the stream of one purpose at one place.
	 *
	 * @param seed the screen's seed
	 * @param purpose what the numbers are for
	 * @param place where: batch, plate, row, column, field, as far as it matters
	 */
	public static DemoRandom of(final long seed, final Purpose purpose, final int... place) {
		long mixed = mix(seed ^ 0x6973_6f70_6865_6e65L);
		mixed = mix(mixed + purpose.ordinal() + 1);
		for (final int key : place) mixed = mix(mixed * 31 + key + 0x9e37_79b9L);
		return new DemoRandom(mixed);
	}

	long bits() {
		return random.nextLong();
	}

	/** Uniform in [0, 1). */
	double uniform() {
		return (random.nextLong() >>> 11) * 0x1p-53;
	}

	/** Uniform in [low, high). */
	double uniform(final double low, final double high) {
		return low + (high - low) * uniform();
	}

	/** A whole number from 0 to bound - 1; the bias is below bound / 2^53. */
	public int below(final int bound) {
		return (int) (uniform() * bound);
	}

	/** Standard normal, by Marsaglia's polar method (SIAM Review 1964). */
	public double normal() {
		if (hasSpare) {
			hasSpare = false;
			return spare;
		}
		double x, y, s;
		do {
			x = 2 * uniform() - 1;
			y = 2 * uniform() - 1;
			s = x * x + y * y;
		} while (s >= 1 || s == 0);
		final double factor = StrictMath.sqrt(-2 * StrictMath.log(s) / s);
		spare = y * factor;
		hasSpare = true;
		return x * factor;
	}

	/** Standard normal, drawn again until it lies within +-limit. */
	double normal(final double limit) {
		double z;
		do
			z = normal();
		while (z > limit || z < -limit);
		return z;
	}

	/** Log-normal with median 1: exp(sd * z), z within +-2.5. */
	double logNormal(final double sd) {
		return StrictMath.exp(sd * normal(2.5));
	}

	/** The finalizer of SplitMix64. */
	private static long mix(final long value) {
		long z = value + 0x9e37_79b9_7f4a_7c15L;
		z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
		z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
		return z ^ (z >>> 31);
	}
}
