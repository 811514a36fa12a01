// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import ai.djl.ndarray.NDArray;

/**
 * Convolution, bias, addition and ReLU or ReLU6 in one operation of oneDNN, with weights laid out
 * in memory once and for all.
 */
final class FusedConvolution implements Convolution {

	private final TorchScript module;
	private final NDArray weight;
	private final NDArray bias;
	private final int stride;
	private final int padding;
	private final int groups;

	FusedConvolution(final TorchScript module, final NDArray weight, final NDArray bias, final int stride,
		final int padding, final int groups)
	{
		this.module = module;
		this.weight = weight;
		this.bias = bias;
		this.stride = stride;
		this.padding = padding;
		this.groups = groups;
	}

	@Override
	public NDArray apply(final NDArray x) {
		return module.run(x.getManager(), "convolve", x, weight, bias, stride, padding, groups, "none");
	}

	@Override
	public NDArray applyRelu(final NDArray x) {
		return module.run(x.getManager(), "convolve", x, weight, bias, stride, padding, groups, "relu");
	}

	@Override
	public NDArray applyRelu6(final NDArray x) {
		return module.run(x.getManager(), "convolve_clip", x, weight, bias, stride, padding, groups);
	}

	@Override
	public NDArray applyAdd(final NDArray x, final NDArray other) {
		try (other) {
			return module.run(x.getManager(), "convolve_add", x, weight, bias, stride, padding, groups, other);
		}
	}

	@Override
	public NDArray applyAddRelu(final NDArray x, final NDArray other) {
		try (other) {
			return module.run(x.getManager(), "convolve_add_relu", x, weight, bias, stride, padding, groups, other);
		}
	}
}
