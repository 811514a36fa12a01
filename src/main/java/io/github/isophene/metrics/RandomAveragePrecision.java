// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.Arrays;

import io.github.isophene.numerics.RandomStream;

/**
 * The average precision of rankings without any information: {@code positives} places
 * drawn from {@code total} without replacement.
 */
public final class RandomAveragePrecision {

	/** Places that are kept in order one by one. */
	private static final int FEW = 24;

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
		return draw(positives, total, count, seed, 0);
	}

	/** Those of a round of drawing. */
	static float[] draw(final int positives, final int total, final int count, final long seed, final int round) {
		final RandomStream random = RandomStream.of(seed, "random rankings", positives, total, round);
		final float[] drawn = new float[count];
		final int[] places = new int[positives];
		final long[] taken = isSparse(positives, total) && positives > FEW ? new long[(total + 63) / 64] : null;
		final double[] shares = new double[total + 1];
		for (int place = 1; place <= total; place++) shares[place] = 1.0 / place;
		for (int i = 0; i < count; i++) {
			if (!isSparse(positives, total)) choosePassing(places, total, random);
			else if (taken == null) chooseInserting(places, total, random);
			else chooseMarking(places, total, taken, random);
			double sum = 0;
			for (int rank = 1; rank <= positives; rank++) sum += rank * shares[places[rank - 1] + 1];
			drawn[i] = (float) (sum / positives);
		}
		return drawn;
	}

	/**
	 * The average precision of every ranking there is, ascending; {@code null} where there are more than {@code most}.
	 */
	static float[] enumerate(final int positives, final int total, final int most) {
		final long count = rankings(positives, total, most);
		if (count > most) return null;
		final float[] all = new float[(int) count];
		final int[] places = new int[positives];
		for (int i = 0; i < positives; i++) places[i] = i;
		for (int n = 0;; n++) {
			double sum = 0;
			for (int rank = 1; rank <= positives; rank++) sum += rank / (double) (places[rank - 1] + 1);
			all[n] = (float) (sum / positives);
			int last = positives - 1;
			while (last >= 0 && places[last] == total - positives + last) last--;
			if (last < 0) break;
			places[last]++;
			for (int i = last + 1; i < positives; i++) places[i] = places[i - 1] + 1;
		}
		Arrays.sort(all);
		return all;
	}

	/** Returns the number of rankings; more than {@code most} where there are so many. */
	private static long rankings(final int positives, final int total, final int most) {
		long count = 1;
		for (int i = 1; i <= Math.min(positives, total - positives) && count <= most; i++) {
			count = count * (total - Math.min(positives, total - positives) + i) / i;
		}
		return count;
	}

	private static boolean isSparse(final int positives, final int total) {
		return positives * 4L <= total;
	}

	/** Passes all places once; right for many of few. */
	private static void choosePassing(final int[] places, final int total, final RandomStream random) {
		int chosen = 0;
		for (int place = 0; chosen < places.length; place++) {
			if (random.nextDouble() * (total - place) < places.length - chosen) places[chosen++] = place;
		}
	}

	/** Draws again what was drawn before; right for few of many. */
	private static void chooseInserting(final int[] places, final int total, final RandomStream random) {
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

	/** Marks places in a set of bits and reads them in order; right for many of very many. */
	private static void chooseMarking(final int[] places, final int total, final long[] taken,
		final RandomStream random)
	{
		for (int chosen = 0; chosen < places.length;) {
			final int place = random.nextInt(total);
			final long bit = 1L << place;
			if ((taken[place >> 6] & bit) != 0) continue;
			taken[place >> 6] |= bit;
			chosen++;
		}
		int at = 0;
		for (int word = 0; word < taken.length; word++) {
			for (long bits = taken[word]; bits != 0; bits &= bits - 1)
				places[at++] = word << 6 | Long.numberOfTrailingZeros(bits);
			taken[word] = 0;
		}
	}
}
