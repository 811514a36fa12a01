// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.optimizer;

import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

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
	void update(final NDArray parameter, final NDArray gradient, final NDArray[] state, final double learningRate) {
		final float momentum = (float) options.beta1();
		if (options.weightDecay() > 0) {
			// Detached, or the product would be recorded wherever gradients are.
			try (NDArray values = parameter.stopGradient(); NDArray decay = values.mul((float) options.weightDecay())) {
				gradient.addi(decay);
			}
		}
		NDArray direction = gradient;
		if (momentum > 0) {
			state[0].muli(momentum).addi(gradient);
			direction = state[0];
			if (options.nesterov()) {
				try (NDArray ahead = state[0].mul(momentum)) {
					gradient.addi(ahead);
				}
				direction = gradient;
			}
		}
		// The engine's own update, without its momentum, which has the rate inside: w -= rate d; it sets the
		// gradient to 0, too.
		parameter.getNDArrayInternal()
			.sgdUpdate(new NDList(parameter, direction), new NDList(parameter), (float) learningRate, 0f, 1f, -1f, 0f,
				false);
	}
}
