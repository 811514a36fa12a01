// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import ai.djl.ndarray.NDArray;

/**
 * One convolution with bias of a network whose weights don't change any more, and what
 * follows it. Get them from {@link Convolutions}. Its arrays belong to that.
 * <p>
 * Images are [N, C, H, W], of the precision of {@link Convolutions}, and not closed unless
 * said; results are new arrays of the manager of {@code x}.
 * </p>
 */
public interface Convolution {

	/** W * x + b. */
	NDArray apply(NDArray x);

	/** max(0, W * x + b). */
	NDArray applyRelu(NDArray x);

	/** min(6, max(0, W * x + b)): ReLU6. */
	NDArray applyRelu6(NDArray x);

	/**
	 * W * x + b + other.
	 *
	 * @param other as for {@link #applyAddRelu}
	 */
	NDArray applyAdd(NDArray x, NDArray other);

	/**
	 * max(0, W * x + b + other).
	 *
	 * @param other of the result's shape; consumed: its memory may become the result's, and it
	 *          is closed
	 */
	NDArray applyAddRelu(NDArray x, NDArray other);
}
