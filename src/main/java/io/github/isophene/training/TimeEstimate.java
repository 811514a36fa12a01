// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

/** Duration of an episode and of a validation, for estimating the time left. */
final class TimeEstimate {

	/** Weight of the newest measurement: the average is over the last twenty or so. */
	private static final double NEWEST = 0.1;

	private double episode = Double.NaN;
	private double validation;
	private long since;

	void begin() {
		since = System.nanoTime();
	}

	void end(final int episodes) {
		final double each = seconds() / episodes;
		episode = Double.isNaN(episode) ? each : (1 - NEWEST) * episode + NEWEST * each;
	}

	/** @param first whether it is the first of those that an epoch has */
	void beginValidation(final boolean first) {
		if (first) validation = 0;
		since = System.nanoTime();
	}

	void endValidation() {
		validation += seconds();
	}

	/** Seconds that so many episodes and validations will take; not a number before the first episode. */
	double secondsLeft(final long episodes, final long validations) {
		return episodes * episode + validations * validation;
	}

	private double seconds() {
		return (System.nanoTime() - since) * 1e-9;
	}
}
