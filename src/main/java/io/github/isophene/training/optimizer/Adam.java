// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.optimizer;

import java.util.List;
import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.isophene.engine.TrainingOps;

/**
 * Adam (Kingma, Ba 2015) and AdamW (Loshchilov, Hutter 2019), as {@code torch.optim} has
 * them: w -= rate / (1 - b1^t) m / (sqrt(v) / sqrt(1 - b2^t) + epsilon).
 */
final class Adam extends ParameterOptimizer {

	private final OptimizerOptions options;

	Adam(final NDManager parent, final Map<String, NDArray> trained, final OptimizerOptions options) {
		super(parent, trained, options.clipNorm(), "exp_avg", "exp_avg_sq");
		this.options = options;
	}

	@Override
	void update(final NDList parameters, final NDList gradients, final List<NDList> state, final double learningRate) {
		TrainingOps.adam(parameters, gradients, state.get(0), state.get(1), steps(), learningRate, options.beta1(),
			options.beta2(), options.weightDecay(), options.epsilon(), options.kind() == OptimizerOptions.Kind.ADAMW);
	}
}
