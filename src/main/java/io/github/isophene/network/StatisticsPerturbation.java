// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.isophene.engine.ScalarOps;

/**
 * Moves mean and standard deviation of every feature map, in units of how much these differ
 * within the batch (the uncertainty of feature statistics: DSU, Li et al. 2022,
 * arXiv:2202.03958). Coordinates are C of the means, then C of the standard deviations.
 * <pre>
 * mu, sig   = mean and standard deviation over H, W                      [N, C]
 * Smu, Ssig = sqrt(variance of mu, sig over the groups + 1e-6), detached [C]
 * beta      = mu + Smu d_mu
 * gamma     = sig + Ssig d_sig, not below floor sig nor above sig / floor
 * y         = gamma (x - mu) / sig + beta
 * </pre>
 * DSU takes the variance over the images, and no floor. The variance over the means of
 * plates, and the floor, are our choice: it keeps the sign of the features, and it keeps a
 * map that is almost constant in one image, while it varies in others, from being blown up
 * a hundredfold, which is where trainings with small maps lose their gradients.
 */
public final class StatisticsPerturbation implements Perturbation {

	private final NDArray groups;
	private final float floor;

	/**
	 * @param groups [G, N], each row averages over the images of one plate: 1 / n at its n
	 *          images; {@code null} = every image is a group. Stays the caller's
	 * @param floor smallest standard deviation, as a part of the present one, which is the same
	 *          part of the largest; 0 or below = no bounds
	 */
	public StatisticsPerturbation(final NDArray groups, final double floor) {
		this.groups = groups;
		this.floor = (float) floor;
	}

	@Override
	public int coordinates(final int channels) {
		return 2 * channels;
	}

	@Override
	public NDArray apply(final NDArray x, final NDArray d) {
		final Shape s = x.getShape();
		final Shape each = new Shape(s.get(0), s.get(1), 1, 1);
		try (FeatureStatistics f = FeatureStatistics.of(x);
			NDArray dMean = d.get(":, 0:" + s.get(1));
			NDArray dSd = d.get(":, " + s.get(1) + ":");
			NDArray meanScale = scale(f.mean());
			NDArray sdScale = scale(f.sd());
			NDArray meanMove = dMean.mul(meanScale);
			NDArray sdMove = dSd.mul(sdScale);
			NDArray meanMoves = meanMove.reshape(each);
			NDArray sdMoves = sdMove.reshape(each);
			NDArray beta = f.mean().add(meanMoves);
			NDArray moved = f.sd().add(sdMoves);
			NDArray gamma = floor > 0 ? bounded(moved, f.sd()) : moved.add(0f))
		{
			return f.with(beta, gamma);
		}
	}

	private NDArray bounded(final NDArray moved, final NDArray sd) {
		try (NDArray least = ScalarOps.times(sd, floor);
			NDArray most = ScalarOps.over(sd, floor);
			NDArray above = moved.maximum(least))
		{
			return above.minimum(most);
		}
	}

	/** Standard deviation of a statistic [N, C, 1, 1] over the groups: [1, C], without gradient. */
	private NDArray scale(final NDArray statistic) {
		final Shape s = statistic.getShape();
		try (NDArray detached = statistic.stopGradient();
			NDArray flat = detached.reshape(s.get(0), s.get(1));
			NDArray values = groups == null ? flat.add(0f) : groups.matMul(flat);
			NDArray mean = values.mean(new int[]{0}, true);
			NDArray centered = values.sub(mean);
			NDArray square = centered.square();
			NDArray variance = square.mean(new int[]{0}, true);
			NDArray positive = variance.add(FeatureStatistics.EPSILON))
		{
			return positive.sqrt();
		}
	}
}
