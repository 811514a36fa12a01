// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.isophene.engine.ScalarOps;

/**
 * Mean and standard deviation of each feature map of each image, which carry much of what
 * differs between batches of images (Huang, Belongie 2017, arXiv:1703.06868), and the maps
 * without them.
 *
 * @param mean over H and W, [N, C, 1, 1]
 * @param sd sqrt(variance over H and W + {@value #EPSILON}), the variance biased, [N, C, 1, 1]
 * @param centered x - mean, [N, C, H, W]
 */
public record FeatureStatistics(NDArray mean, NDArray sd, NDArray centered) implements AutoCloseable {

	/** Constant that keeps standard deviations above 0. */
	public static final float EPSILON = 1e-6f;

	private static final int[] PLANE = {2, 3};

	/**
	 * Of activations.
	 *
	 * @param x [N, C, H, W]; not closed
	 */
	public static FeatureStatistics of(final NDArray x) {
		final Shape s = x.getShape();
		final float pixels = s.get(2) * s.get(3);
		try (NDArray sum = x.sum(PLANE, true)) {
			final NDArray mean = ScalarOps.over(sum, pixels);
			final NDArray centered = x.sub(mean);
			try (NDArray square = centered.square();
				NDArray squares = square.sum(PLANE, true);
				NDArray variance = ScalarOps.over(squares, pixels);
				NDArray positive = variance.add(EPSILON))
			{
				return new FeatureStatistics(mean, positive.sqrt(), centered);
			}
		}
	}

	/**
	 * The same maps with other statistics: newSd (x - mean) / sd + newMean.
	 *
	 * @param newMean [N, C, 1, 1]; not closed
	 * @param newSd [N, C, 1, 1]; not closed
	 * @return [N, C, H, W]
	 */
	public NDArray with(final NDArray newMean, final NDArray newSd) {
		try (NDArray factor = newSd.div(sd); NDArray scaled = centered.mul(factor)) {
			return scaled.add(newMean);
		}
	}

	@Override
	public void close() {
		mean.close();
		sd.close();
		centered.close();
	}
}
