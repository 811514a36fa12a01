// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.optimizer;

import ai.djl.ndarray.NDList;
import io.github.isophene.network.weights.StateDict;

/** Changes parameters by their gradients. Its state can be saved and restored to the bit. */
public interface Optimizer extends AutoCloseable {

	/**
	 * Makes one step.
	 *
	 * @param gradients one per parameter, in the order of the parameters; not closed, but their values may be changed
	 */
	void step(double learningRate, NDList gradients);

	/** Returns the number of steps made. */
	long steps();

	/** A copy of its state: arrays named by parameter and role, for instance {@code fc.weight.exp_avg}. */
	StateDict state();

	/**
	 * Goes back to a saved state.
	 *
	 * @throws IllegalArgumentException if it is the state of other parameters or of another method
	 */
	void restore(StateDict state, long steps);

	@Override
	void close();
}
