// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.optimizer;

import io.github.isophene.network.weights.StateDict;

/** Changes parameters by their gradients. Its state can be saved and restored to the bit. */
public interface Optimizer extends AutoCloseable {

	/** Makes one step from the gradients that have been added up, and sets these to 0. */
	void step(double learningRate);

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
