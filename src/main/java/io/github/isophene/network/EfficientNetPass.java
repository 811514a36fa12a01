// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.util.ArrayList;
import java.util.List;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.isophene.engine.Convolution;
import io.github.isophene.engine.Convolutions;
import io.github.isophene.engine.Precision;
import io.github.isophene.network.weights.StateDict;

/** Forward pass of an {@link EfficientNetLite}, with batch normalization in the weights of the convolutions. */
final class EfficientNetPass implements FrozenNetwork {

	/** A strided convolution pads differently where its input has an even and an odd height. */
	private record SamePadding(Convolution even, Convolution odd) {

		Convolution of(final NDArray x) {
			return x.getShape().get(2) % 2 == 0 ? even : odd;
		}
	}

	private record BlockLayers(Convolution expand, SamePadding depthwise, Convolution project, boolean residual) {}

	private final EfficientNetLite network;
	private final Convolutions convolutions;
	private final SamePadding stem;
	private final List<BlockLayers> blocks = new ArrayList<>();
	private final Convolution head;

	EfficientNetPass(final EfficientNetLite network, final NDManager parent, final StateDict weights,
		final Precision precision, final int rows, final int size)
	{
		this.network = network;
		convolutions = new Convolutions(parent, precision);
		boolean made = false;
		try {
			final List<Integer> widths = network.widths();
			int side = size;
			stem = strided(weights, "_conv_stem", "_bn0", 2, 1, new long[]{rows, network.channels(), side, side});
			side = (side + 1) / 2;
			for (final EfficientNetLite.InvertedBlock b : network.blocks()) {
				final Convolution expand = b.expansion() == 1 ? null
					: pointwise(weights, b.name("_expand_conv"), b.name("_bn0"), rows, b.in(), side);
				final SamePadding depthwise = strided(weights, b.name("_depthwise_conv"), b.name("_bn1"),
					b.stride(), b.inner(), new long[]{rows, b.inner(), side, side});
				side = (side + b.stride() - 1) / b.stride();
				blocks.add(new BlockLayers(expand, depthwise,
					pointwise(weights, b.name("_project_conv"), b.name("_bn2"), rows, b.inner(), side),
					b.residual()));
			}
			head = network.output().last()
				? pointwise(weights, "_conv_head", "_bn1", rows, widths.get(EfficientNetLite.STAGES), side)
				: null;
			made = true;
		}
		finally {
			if (!made) convolutions.close();
		}
	}

	private Convolution pointwise(final StateDict weights, final String conv, final String norm, final int rows,
		final int in, final int side)
	{
		final FoldedWeights w = FoldedWeights.of(weights, conv + ".weight", norm, EfficientNetLite.EPSILON);
		return convolutions.create(w.weight(), w.shape(), w.bias(), 1, 0, new long[]{rows, in, side, side});
	}

	private SamePadding strided(final StateDict weights, final String conv, final String norm, final int stride,
		final int groups, final long[] images)
	{
		final FoldedWeights w = FoldedWeights.of(weights, conv + ".weight", norm, EfficientNetLite.EPSILON);
		final int kernel = (int) w.shape()[2];
		final Convolution odd = convolutions.create(w.weight(), w.shape(), w.bias(), stride, kernel / 2, groups,
			images);
		if (stride == 1) return new SamePadding(odd, odd);
		// An even height needs one zero less, and that at its start: as many at both ends, and a kernel that
		// doesn't look at the first.
		final FoldedWeights extended = w.extended();
		return new SamePadding(convolutions.create(extended.weight(), extended.shape(), extended.bias(), stride,
			kernel / 2, groups, images), odd);
	}

	@Override
	public NDArray embed(final NDArray images) {
		final Shape s = images.getShape();
		if (s.dimension() != 4 || s.get(1) != network.channels() || s.get(2) != s.get(3))
			throw new IllegalArgumentException(
				"The network takes square images [N, " + network.channels() + ", S, S], not " + s);
		final NDArray input = convolutions.input(images);
		NDArray x = stem.of(input).applyRelu6(input);
		if (input != images) input.close();
		for (final BlockLayers block : blocks) x = block(x, block);
		if (head != null) {
			try (NDArray last = x) {
				x = head.applyRelu6(last);
			}
		}
		try (NDArray map = convolutions.output(x)) {
			return FrozenNetwork.pool(map, network.pooling());
		}
	}

	/** Closes x. */
	private static NDArray block(final NDArray x, final BlockLayers block) {
		final NDArray wide = block.expand() == null ? x : block.expand().applyRelu6(x);
		if (wide != x && !block.residual()) x.close();
		final NDArray z = block.depthwise().of(wide).applyRelu6(wide);
		if (wide != x || !block.residual()) wide.close();
		try (z) {
			return block.residual() ? block.project().applyAdd(z, x) : block.project().apply(z);
		}
	}

	@Override
	public void close() {
		convolutions.close();
	}
}
