// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

/** Direction in which a metric improves. */
public enum Direction {

	/** The higher, the better. */
	HIGHER,

	/** The lower, the better. */
	LOWER
}
