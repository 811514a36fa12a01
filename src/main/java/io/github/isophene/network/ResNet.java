// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;

/**
 * The forward pass of an {@link Architecture}: a function of images, parameters and a
 * {@link Normalization}. It has no state and no mode: whether gradients are recorded and
 * which statistics normalise is the caller's business.
 * <p>
 * Results belong to the manager of the images. Intermediate arrays are closed as soon as
 * the next one is there (a recording of gradients keeps what it needs), so the memory of
 * a pass doesn't depend on when the caller closes the manager.
 * </p>
 */
public final class ResNet {

	/** Looks at, or changes, the activations between the parts of the network. */
	@FunctionalInterface
	public interface Tap {

		/** Lets everything pass. */
		Tap NONE = (stage, x) -> x;

		/**
		 * @param stage 0 after the stem, 1 to 4 after that stage
		 * @param x activations [N, C, H, W]; not to be closed
		 * @return {@code x} itself or a new array of its shape and manager
		 */
		NDArray apply(int stage, NDArray x);
	}

	private final Architecture architecture;
	private final Parameters parameters;

	/** The network of these parameters, which stay the caller's. */
	public ResNet(final Architecture architecture, final Parameters parameters) {
		this.architecture = architecture;
		this.parameters = parameters;
	}

	/** Its architecture. */
	public Architecture architecture() {
		return architecture;
	}

	/** Its parameters. */
	public Parameters parameters() {
		return parameters;
	}

	/**
	 * Global average of the last feature map.
	 *
	 * @param images [N, C, H, W]; not closed
	 * @return embeddings [N, D]
	 */
	public NDArray embed(final NDArray images, final Normalization normalization) {
		return embed(images, normalization, Tap.NONE);
	}

	/** As {@link #embed(NDArray, Normalization)}, with a tap between the parts. */
	public NDArray embed(final NDArray images, final Normalization normalization, final Tap tap) {
		final Shape s = images.getShape();
		if (s.dimension() != 4 || s.get(1) != architecture.channels()) {
			throw new IllegalArgumentException("The network takes images [N, " + architecture.channels() + ", H, W], not " + s);
		}
		NDArray x = tap.apply(0, stem(images, normalization));
		int stage = 0;
		for (final var blocks : architecture.stages()) {
			for (final Architecture.Block block : blocks) x = replace(x, block(x, block, normalization));
			x = tap.apply(++stage, x);
		}
		try (NDArray last = x) {
			return head(architecture, last);
		}
	}

	/**
	 * The linear layer {@code fc}.
	 *
	 * @param embeddings [N, D]; not closed
	 * @return logits [N, K]
	 * @throws IllegalArgumentException if the network has no classes
	 */
	public NDArray logits(final NDArray embeddings) {
		return Linear.linear(embeddings, parameters.get("fc.weight"), parameters.get("fc.bias")).singletonOrThrow();
	}

	private NDArray stem(final NDArray images, final Normalization normalization) {
		try (NDArray y = convolve(images, architecture.stem());
				NDArray n = normalization.apply(y, parameters.norm(architecture.stem().norm()));
				NDArray r = Activation.relu(n))
		{
			return Pool.maxPool2d(r, new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), false);
		}
	}

	private NDArray block(final NDArray x, final Architecture.Block block, final Normalization normalization) {
		NDArray y = x;
		for (int i = 0; i < block.convs().size(); i++) {
			final Architecture.ConvNorm conv = block.convs().get(i);
			NDArray z = normalized(y, conv, normalization);
			if (y != x) y.close();
			if (i < block.convs().size() - 1) {
				z = replace(z, Activation.relu(z));
				if (conv.pool() > 1) z = replace(z, averagePool(z, conv.pool(), conv.pool()));
			}
			y = z;
		}
		final NDArray shortcut = shortcut(x, block.shortcut(), normalization);
		try (NDArray last = y; NDArray sum = last.add(shortcut)) {
			return Activation.relu(sum);
		}
		finally {
			if (shortcut != x) shortcut.close();
		}
	}

	private NDArray shortcut(final NDArray x, final Architecture.ConvNorm conv, final Normalization normalization) {
		if (conv == null) return x;
		try (NDArray y = shortcut(x, conv)) {
			return normalization.apply(y, parameters.norm(conv.norm()));
		}
	}

	/** A shortcut with a convolution, before its normalisation. */
	NDArray shortcut(final NDArray x, final Architecture.ConvNorm conv) {
		if (conv.pool() == 1) return convolve(x, conv);
		try (NDArray pooled = averagePool(x, conv.pool(), conv.pool())) {
			return convolve(pooled, conv);
		}
	}

	private NDArray normalized(final NDArray x, final Architecture.ConvNorm conv, final Normalization normalization) {
		try (NDArray y = convolve(x, conv)) {
			return normalization.apply(y, parameters.norm(conv.norm()));
		}
	}

	/** A convolution, before its normalisation. */
	NDArray convolve(final NDArray x, final Architecture.ConvNorm conv) {
		return Conv2d.conv2d(x, parameters.get(conv.weight()), null, new Shape(conv.stride(), conv.stride()), new Shape(conv
			.padding(), conv.padding())).singletonOrThrow();
	}

	/** The last feature map [N, D, H, W] to embeddings [N, D]. */
	static NDArray head(final Architecture architecture, final NDArray x) {
		final Shape s = x.getShape();
		if (architecture.antiAliased() && s.get(2) >= 7 && s.get(3) >= 7) {
			try (NDArray smoothed = averagePool(x, 7, 1)) {
				return Pool.globalAvgPool2d(smoothed);
			}
		}
		return Pool.globalAvgPool2d(x);
	}

	/** Average over squares of this size. */
	static NDArray averagePool(final NDArray x, final int size, final int stride) {
		return Pool.avgPool2d(x, new Shape(size, size), new Shape(stride, stride), new Shape(0, 0), false, true);
	}

	private static NDArray replace(final NDArray old, final NDArray other) {
		old.close();
		return other;
	}
}
