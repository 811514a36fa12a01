// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.optimizer;

import java.util.Locale;

/**
 * The learning rate over a training.
 *
 * @param start the rate at the first step
 * @param schedule how it goes on
 */
public record LearningRate(double start, Schedule schedule) {

	/** Schedule of the learning rate. */
	public enum Schedule {
		/** Not at all: the published way. */
		NONE,
		/**
		 * Half a cosine from the start to 0 at the end of the last epoch (Loshchilov, Hutter 2017,
		 * arXiv:1608.03983).
		 */
		COSINE;

		/** {@code none} or {@code cosine}. */
		public String label() {
			return name().toLowerCase(Locale.ROOT);
		}
	}

	/** @throws IllegalArgumentException if the rate isn't positive */
	public LearningRate {
		if (!(start > 0) || Double.isInfinite(start))
			throw new IllegalArgumentException("rate is " + start + ": the learning rate must be above 0");
	}

	/**
	 * The rate of a step.
	 *
	 * @param step counted from 0
	 * @param steps how many steps the training has at most
	 */
	public double at(final long step, final long steps) {
		return schedule == Schedule.NONE ? start : start * 0.5 * (1 + StrictMath.cos(Math.PI * step / steps));
	}
}
