// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.progress;

import java.util.Locale;

/** Durations in words. */
public final class Durations {

	private Durations() {}

	/** Returns a duration to two or three digits: {@code 34 s}, {@code 12 min}, {@code 3.1 h}. */
	public static String text(final double seconds) {
		if (seconds < 90) return Math.round(seconds) + " s";
		if (seconds < 5400) return Math.round(seconds / 60) + " min";
		return String.format(Locale.ROOT, "%.1f h", seconds / 3600);
	}
}
