// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.cli;

import java.util.Locale;

import io.github.isophene.progress.Durations;

/**
 * Percentage and time left of one task, from its mean speed so far. Between two changes of the progress the time left
 * runs down like a clock, so that a task that goes in large steps doesn't seem to become longer.
 */
final class TimeLeft {

	/** The first steps of a run are not like the others: before, nothing is said. */
	private static final double SECONDS_TO_ESTIMATE = 4;

	private double start;
	private double changed;
	private long first = -1;
	private long value;
	private long maximum;

	/** @param now time of the start in seconds */
	TimeLeft(final double now) {
		start = now;
	}

	/** Takes note of the progress at a time. */
	void at(final long newValue, final long newMaximum, final double now) {
		if (newMaximum <= 0) return;
		if (first < 0 || newMaximum != maximum) {
			// What an earlier run had finished took no time.
			start = now;
			changed = now;
			first = newValue;
		}
		else if (newValue != value) changed = now;
		value = newValue;
		maximum = newMaximum;
	}

	/** Returns {@code "43 %, 2 min left"}, or the time so far of a task that doesn't tell its length. */
	String text(final double now) {
		if (maximum <= 0) return Durations.text(now - start) + " so far";
		final String percent = String.format(Locale.ROOT, "%d %%", Math.min(100, 100 * value / maximum));
		if (value <= first || value >= maximum || now - start < SECONDS_TO_ESTIMATE) return percent;
		final double each = (changed - start) / (value - first);
		return percent + ", " + Durations.text(Math.max(1, each * (maximum - value) - (now - changed))) + " left";
	}
}
