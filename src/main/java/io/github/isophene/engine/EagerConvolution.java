// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;

/** Convolution with bias, addition and ReLU or ReLU6 one after the other, on any device. */
final class EagerConvolution implements Convolution {

	private static final Shape ONE = new Shape(1, 1);

	private final NDArray weight;
	private final NDArray bias;
	private final Shape stride;
	private final Shape padding;
	private final int groups;

	EagerConvolution(final NDArray weight, final NDArray bias, final int stride, final int padding,
		final int groups)
	{
		this.weight = weight;
		this.bias = bias;
		this.stride = new Shape(stride, stride);
		this.padding = new Shape(padding, padding);
		this.groups = groups;
	}

	@Override
	public NDArray apply(final NDArray x) {
		return Conv2d.conv2d(x, weight, bias, stride, padding, ONE, groups).singletonOrThrow();
	}

	@Override
	public NDArray applyRelu(final NDArray x) {
		try (NDArray y = apply(x)) {
			return Activation.relu(y);
		}
	}

	@Override
	public NDArray applyRelu6(final NDArray x) {
		try (NDArray y = apply(x)) {
			return y.clip(0f, 6f);
		}
	}

	@Override
	public NDArray applyAdd(final NDArray x, final NDArray other) {
		try (other) {
			return apply(x).addi(other);
		}
	}

	@Override
	public NDArray applyAddRelu(final NDArray x, final NDArray other) {
		try (other; NDArray y = apply(x)) {
			return Activation.relu(y.addi(other));
		}
	}
}
