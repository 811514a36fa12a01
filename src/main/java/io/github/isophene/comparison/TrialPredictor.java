// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.io.IOException;

/** Predictions of a method on one seed's test plates. */
public interface TrialPredictor {

	/**
	 * Returns whether a trial can be answered.
	 *
	 * @param controls how many negative controls it has
	 */
	default boolean takes(final int controls) {
		return true;
	}

	/**
	 * The predicted class of each of some images of a trial's plate, [queries].
	 *
	 * @param trial whose controls go along; its queries may be others
	 * @param queries indices of samples
	 */
	int[] predict(Trial trial, int[] queries) throws IOException;
}
