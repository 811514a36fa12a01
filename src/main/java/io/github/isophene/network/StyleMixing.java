// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Gives each image a mixture of its own feature statistics and those of another image of
 * the batch (MixStyle: Zhou et al. 2021, arXiv:2104.02008). Statistics are detached, as in
 * the paper. There are no coordinates to be moved along; the randomness is the caller's.
 */
public final class StyleMixing {

	private StyleMixing() {}

	/**
	 * Mixes.
	 *
	 * @param x [N, C, H, W]; not closed
	 * @param other [N, N], row i has 1 at the image that i is mixed with; not closed
	 * @param own [N, 1], how much of its own statistics an image keeps, 0 to 1; not closed
	 * @return [N, C, H, W]
	 */
	public static NDArray apply(final NDArray x, final NDArray other, final NDArray own) {
		try (FeatureStatistics f = FeatureStatistics.of(x);
			NDArray mean = f.mean().stopGradient();
			NDArray sd = f.sd().stopGradient();
			NDArray newMean = mixed(mean, other, own);
			NDArray newSd = mixed(sd, other, own);
			NDArray centered = x.sub(mean);
			NDArray factor = newSd.div(sd);
			NDArray scaled = centered.mul(factor))
		{
			return scaled.add(newMean);
		}
	}

	private static NDArray mixed(final NDArray statistic, final NDArray other, final NDArray own) {
		final Shape s = statistic.getShape();
		try (NDArray flat = statistic.reshape(s.get(0), s.get(1));
			NDArray others = other.matMul(flat);
			NDArray difference = flat.sub(others);
			NDArray kept = difference.mul(own);
			NDArray sum = kept.add(others))
		{
			return sum.reshape(s);
		}
	}
}
