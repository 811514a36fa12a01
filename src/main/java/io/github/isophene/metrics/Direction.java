// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

/** Which values of a metric are good. */
public enum Direction {

	/** The higher, the better. */
	HIGHER,

	/** The lower, the better. */
	LOWER
}
