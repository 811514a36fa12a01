// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import io.github.isophene.engine.Precision;
import io.github.isophene.network.weights.StateDict;

/** Forward pass of a {@link Network} with fixed weights on one device. */
interface FrozenNetwork extends AutoCloseable {

	/** Added to a variance before the root is taken, so that it has a gradient where a map is constant. */
	float VARIANCE_EPSILON = 1e-12f;

	/**
	 * Puts a network on a device for inference.
	 *
	 * @param parent of the manager that will hold the weights; says the device
	 * @param weights as {@link Network#parameters} says
	 * @param precision of the convolutions
	 * @param rows number of rows in a typical batch
	 * @param size their height and width; other sizes work, but the weights are laid out for these
	 * @throws IllegalArgumentException if the network is not computed in that precision
	 */
	static FrozenNetwork of(final Network network, final NDManager parent, final StateDict weights,
		final Precision precision, final int rows, final int size)
	{
		if (network instanceof EfficientNetLite lite)
			return new EfficientNetPass(lite, parent, weights, precision, rows, size);
		if (network instanceof VisionTransformer vit) {
			precision.requireFloat32(network.name());
			return new TransformerPass(vit, parent, weights, rows, size);
		}
		return new FoldedResNet(parent, (Architecture) network, weights, precision, rows, size);
	}

	/** Returns a feature map [N, C, H, W] pooled to [N, C], or [N, 2 C] with standard deviations; not closed. */
	static NDArray pool(final NDArray map, final FeatureOutput.Pooling pooling) {
		final NDArray mean = Pool.globalAvgPool2d(map);
		if (pooling == FeatureOutput.Pooling.MEAN) return mean;
		final Shape s = map.getShape();
		try (mean;
			NDArray centers = mean.reshape(s.get(0), s.get(1), 1, 1);
			NDArray centered = map.sub(centers);
			NDArray squared = centered.square();
			NDArray variance = Pool.globalAvgPool2d(squared);
			NDArray positive = variance.add(VARIANCE_EPSILON);
			NDArray sd = positive.sqrt())
		{
			return mean.concat(sd, 1);
		}
	}

	/**
	 * Embeds images.
	 *
	 * @param images [N, C, H, W]; not closed
	 * @return embeddings [N, D], of the manager of the images
	 */
	NDArray embed(NDArray images);

	/** Frees the weights. */
	@Override
	void close();
}
