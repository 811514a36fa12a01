// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

/** A metric has no value for some profiles; the message completes "not defined because ...". */
public class UndefinedMetricException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	/** @param reason completes "not defined because ..." */
	public UndefinedMetricException(final String reason) {
		super(reason);
	}
}
