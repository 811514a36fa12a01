// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

/** Watches an assessment. */
@FunctionalInterface
public interface AssessmentProgress {

	/**
	 * How far the work is.
	 *
	 * @param message what is being done
	 * @param share of the whole, 0 to 1
	 */
	void at(String message, double share);
}
