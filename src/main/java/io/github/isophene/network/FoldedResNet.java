// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.util.HashMap;
import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import io.github.isophene.engine.Convolution;
import io.github.isophene.engine.Convolutions;
import io.github.isophene.engine.Precision;
import io.github.isophene.network.weights.StateDict;

/**
 * A network for inference: with stored statistics, batch normalization is a factor and an
 * offset per channel, which go into the weights of the convolution before it. The same
 * function as {@link ResNet} with {@link Normalization#running()}, up to rounding, in
 * less time. A network without batch normalization is computed as it is.
 */
final class FoldedResNet implements FrozenNetwork {

	private final Architecture architecture;
	private final Convolutions convolutions;
	private final Map<String, Convolution> layers = new HashMap<>();
	/** Network that can't be folded, as its layers have statistics of each image; otherwise {@code null}. */
	private final ResNet plain;

	/**
	 * Folds the weights.
	 *
	 * @param precision of activations and weights
	 * @param batch number of rows in a typical batch, see {@link Architecture#passes}
	 * @param size their height and width; other sizes work, but the weights are laid out for these
	 */
	FoldedResNet(final NDManager parent, final Architecture architecture, final StateDict weights,
		final Precision precision, final int batch, final int size)
	{
		this.architecture = architecture;
		convolutions = new Convolutions(parent, precision);
		try {
			if (architecture.adapts()) prepare(weights, batch, size);
			plain = architecture.adapts() ? null
				: new ResNet(architecture, new Parameters(parent, architecture, weights), precision);
		}
		catch (final RuntimeException e) {
			convolutions.close();
			throw e;
		}
	}

	private void prepare(final StateDict weights, final int batch, final int size) {
		int side = add(weights, architecture.stem(), batch, size);
		side = (side - 1) / 2 + 1;
		for (final var stage : architecture.stages()) {
			for (final Architecture.Block block : stage) {
				final Architecture.ConvNorm shortcut = block.shortcut();
				if (shortcut != null) add(weights, shortcut, batch, side / shortcut.pool());
				for (final Architecture.ConvNorm conv : block.convs())
					side = add(weights, conv, batch, side) / conv.pool();
			}
		}
	}

	/** @return height and width of the convolution's output */
	private int add(final StateDict weights, final Architecture.ConvNorm conv, final int batch, final int side) {
		final FoldedWeights folded = FoldedWeights.of(weights, conv.weight(), conv.norm(), NormParameters.EPSILON);
		layers.put(conv.conv(), convolutions.create(folded.weight(), folded.shape(), folded.bias(), conv.stride(),
			conv.padding(), new long[]{batch, conv.in(), side, side}));
		return (side + 2 * conv.padding() - conv.kernel()) / conv.stride() + 1;
	}

	/** Returns whether convolutions are one fused operation. */
	boolean fused() {
		return convolutions.fused();
	}

	@Override
	public NDArray embed(final NDArray images) {
		if (plain != null) return plain.embed(images, Normalization.running());
		final NDArray each = ResNet.split(architecture, images);
		try {
			if (!architecture.selfStandardized()) return folded(each);
			try (NDArray standardized = ResNet.standardized(architecture, each)) {
				return folded(standardized);
			}
		}
		finally {
			if (each != images) each.close();
		}
	}

	private NDArray folded(final NDArray images) {
		final NDArray input = convolutions.input(images);
		NDArray x;
		try (NDArray y = layers.get(architecture.stem().conv()).applyRelu(input)) {
			if (input != images) input.close();
			x = Pool.maxPool2d(y, new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), false);
		}
		for (final var stage : architecture.stages()) {
			for (final Architecture.Block block : stage) x = block(x, block);
		}
		try (NDArray last = convolutions.output(x)) {
			return ResNet.head(architecture, last);
		}
	}

	/** Closes x. */
	private NDArray block(final NDArray x, final Architecture.Block block) {
		final int last = block.convs().size() - 1;
		NDArray y = x;
		for (int i = 0; i < last; i++) {
			final Architecture.ConvNorm conv = block.convs().get(i);
			final NDArray z = layers.get(conv.conv()).applyRelu(y);
			if (y != x) y.close();
			y = pool(z, conv.pool(), true);
		}
		final Architecture.ConvNorm shortcut = block.shortcut();
		NDArray other = x;
		if (shortcut != null) {
			final NDArray pooled = pool(x, shortcut.pool(), false);
			other = layers.get(shortcut.conv()).apply(pooled);
			if (pooled != x) pooled.close();
			x.close();
		}
		try (NDArray z = y) {
			return layers.get(block.convs().get(last).conv()).applyAddRelu(z, other);
		}
	}

	private static NDArray pool(final NDArray x, final int size, final boolean close) {
		if (size == 1) return x;
		final NDArray y = ResNet.averagePool(x, size, size);
		if (close) x.close();
		return y;
	}

	/** Frees the weights. */
	@Override
	public void close() {
		if (plain != null) plain.parameters().close();
		convolutions.close();
	}
}
