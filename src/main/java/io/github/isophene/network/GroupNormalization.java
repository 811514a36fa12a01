// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Normalization of each image by itself: groups of channels by their own mean and biased variance over the group's
 * channels, H and W. As many groups as channels are instance normalization. Gradients flow through the statistics.
 */
final class GroupNormalization implements Normalization {

	private final LayerNorms kind;

	GroupNormalization(final LayerNorms kind) {
		this.kind = kind;
	}

	@Override
	public NDArray apply(final NDArray x, final NormParameters layer) {
		final Shape s = x.getShape();
		final Shape perChannel = new Shape(1, s.get(1), 1, 1);
		try (NDArray standardized = standardize(x, kind.groups((int) s.get(1)), layer.name());
			NDArray gamma = layer.gamma().reshape(perChannel);
			NDArray beta = layer.beta().reshape(perChannel);
			NDArray scaled = standardized.mul(gamma))
		{
			return scaled.add(beta);
		}
	}

	/**
	 * Standardizes groups of channels of each image.
	 *
	 * @param x [N, C, H, W]; not closed
	 * @param groups number of groups that C divides into
	 * @param where the layer's name, for the message
	 * @return a new array [N, C, H, W] of the same manager
	 * @throws IllegalArgumentException if a group has a single value, which has no variance
	 */
	static NDArray standardize(final NDArray x, final int groups, final String where) {
		final Shape s = x.getShape();
		final long values = s.get(1) / groups * s.get(2) * s.get(3);
		if (values < 2)
			throw new IllegalArgumentException("The layer '" + where + "' gets a single pixel of each image, which " +
				"has no variance of its own: use larger tiles, or a network with batch normalization");
		final long n = s.get(0) * groups;
		final DataType type = x.getDataType();
		// One image of as many channels as there are groups: the engine's own batch normalization does the rest.
		try (NDArray as = x.reshape(new Shape(1, n, values, 1));
			NDArray mean = x.getManager().zeros(new Shape(n), type);
			NDArray variance = x.getManager().ones(new Shape(n), type);
			NDArray gamma = x.getManager().ones(new Shape(n), type);
			NDArray beta = x.getManager().zeros(new Shape(n), type);
			NDArray y = EngineNormalization.apply(as, new NormParameters(where, gamma, beta, mean, variance), mean,
				variance, 1f, true))
		{
			return y.reshape(s);
		}
	}
}
