// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.Random;

/**
 * The average precision of rankings without any information: {@code positives} places
 * drawn from {@code total} without replacement.
 */
public final class RandomAveragePrecision {

	private RandomAveragePrecision() {}

	/** The mean over all rankings: (1/n) [H_n + (k - 1)/(n - 1) (n - H_n)] for k positives of n. */
	public static double mean(final int positives, final int total) {
		if (positives == total) return 1;
		double harmonic = 0;
		for (int i = total; i >= 1; i--) harmonic += 1.0 / i;
		return (harmonic + (positives - 1.0) / (total - 1.0) * (total - harmonic)) / total;
	}

	/** The average precision of some random rankings; the same for the same arguments. */
	public static float[] draw(final int positives, final int total, final int count, final long seed) {
		final Random random = new Random(seed * 0x9E3779B97F4A7C15L ^ (long) total << 32 ^ positives);
		final float[] drawn = new float[count];
		final int[] places = new int[positives];
		for (int i = 0; i < count; i++) {
			choose(places, total, random);
			double sum = 0;
			for (int rank = 1; rank <= positives; rank++) sum += rank / (double) (places[rank - 1] + 1);
			drawn[i] = (float) (sum / positives);
		}
		return drawn;
	}

	/** Fills an array with different places below {@code total}, ascending, every choice equally likely. */
	private static void choose(final int[] places, final int total, final Random random) {
		if (places.length > 64 || places.length * 4L > total) choosePassing(places, total, random);
		else chooseInserting(places, total, random);
	}

	/** Passes all places once; right for many of few. */
	private static void choosePassing(final int[] places, final int total, final Random random) {
		int chosen = 0;
		for (int place = 0; chosen < places.length; place++) {
			if (random.nextDouble() * (total - place) < places.length - chosen) places[chosen++] = place;
		}
	}

	/** Draws again what was drawn before; right for few of many. */
	private static void chooseInserting(final int[] places, final int total, final Random random) {
		for (int chosen = 0; chosen < places.length;) {
			final int place = random.nextInt(total);
			int at = chosen;
			while (at > 0 && places[at - 1] > place) at--;
			if (at > 0 && places[at - 1] == place) continue;
			System.arraycopy(places, at, places, at + 1, chosen - at);
			places[at] = place;
			chosen++;
		}
	}
}
