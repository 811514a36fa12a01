// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.optimizer;

import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

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
	void update(final NDArray parameter, final NDArray gradient, final NDArray[] state, final double learningRate) {
		final double correction1 = 1 - StrictMath.pow(options.beta1(), steps());
		final double correction2 = Math.sqrt(1 - StrictMath.pow(options.beta2(), steps()));
		// The engine's fused update computes w -= a m / (sqrt(v) + e). Both corrections go into a and
		// e: sqrt(v) / c + epsilon is (sqrt(v) + c epsilon) / c. It sets the gradient to 0, too.
		parameter.getNDArrayInternal()
			.adamUpdate(new NDList(parameter, gradient, state[0], state[1]), new NDList(parameter),
				(float) learningRate, (float) (learningRate * correction2 / correction1), (float) options.weightDecay(),
				1f, -1f, (float) options.beta1(), (float) options.beta2(), (float) (options.epsilon() * correction2),
				false, options.kind() == OptimizerOptions.Kind.ADAMW);
	}
}
