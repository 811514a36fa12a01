// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

/** Question that a metric answers. */
public enum MetricGroup {

	/** Amount of batch effect that is left. */
	BATCH,

	/** Amount of biology that is present. */
	BIOLOGY
}
