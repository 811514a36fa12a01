// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

/** Which of the two questions a metric answers. */
public enum MetricGroup {

	/** How much of the batch effect is left. */
	BATCH,

	/** How much of the biology is there. */
	BIOLOGY
}
