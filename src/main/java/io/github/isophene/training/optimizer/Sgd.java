// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.optimizer;

import java.util.List;
import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.isophene.engine.TrainingOps;

/**
 * Stochastic gradient descent as {@code torch.optim} has it: b = momentum b + g, then
 * w -= rate b, or with Nesterov's momentum w -= rate (g + momentum b), where g includes the
 * weight decay.
 */
final class Sgd extends ParameterOptimizer {

	private final OptimizerOptions options;

	Sgd(final NDManager parent, final Map<String, NDArray> trained, final OptimizerOptions options) {
		super(parent, trained, options.clipNorm(),
			options.beta1() > 0 ? new String[]{"momentum_buffer"} : new String[0]);
		this.options = options;
	}

	@Override
	void update(final NDList parameters, final NDList gradients, final List<NDList> state, final double learningRate) {
		TrainingOps.sgd(parameters, gradients, state.isEmpty() ? new NDList() : state.get(0), learningRate,
			options.beta1(), options.weightDecay(), options.nesterov());
	}
}
