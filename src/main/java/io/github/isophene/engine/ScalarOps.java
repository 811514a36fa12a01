// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * Products, quotients and bounds by a number, where a gradient is recorded. {@link NDArray#mul(Number)},
 * {@link NDArray#div(Number)} and the like of DJL 0.35.1 make an array of the number over memory of Java's and
 * close it at once; the
 * recording goes on pointing there, and if Java collects the memory before the backward pass, the gradient is
 * multiplied
 * by whatever lies there then. Here the number is in memory of the engine's own, which the recording keeps.
 * Sums need no
 * such care: their gradient doesn't depend on the number.
 */
public final class ScalarOps {

	private ScalarOps() {}

	/** The product; of the manager of x. */
	public static NDArray times(final NDArray x, final float number) {
		try (NDArray owned = owned(x.getManager(), number)) {
			return x.mul(owned);
		}
	}

	/** The quotient; of the manager of x. */
	public static NDArray over(final NDArray x, final float number) {
		try (NDArray owned = owned(x.getManager(), number)) {
			return x.div(owned);
		}
	}

	/** The larger of each value and the number; of the manager of x. */
	public static NDArray atLeast(final NDArray x, final float number) {
		try (NDArray owned = owned(x.getManager(), number)) {
			return x.maximum(owned);
		}
	}

	private static NDArray owned(final NDManager manager, final float number) {
		try (NDArray borrowed = manager.create(number)) {
			return borrowed.duplicate();
		}
	}
}
