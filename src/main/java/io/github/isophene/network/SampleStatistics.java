// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.github.isophene.engine.ScalarOps;

/**
 * Normalizes a whole batch by the mean and biased variance of some of its samples;
 * gradients flow through these statistics.
 */
final class SampleStatistics implements Normalization {

	private static final int[] ALL_BUT_CHANNELS = {0, 2, 3};

	private final long from;
	private final long to;

	/** @throws IllegalArgumentException if there are no samples between from and to */
	SampleStatistics(final long from, final long to) {
		if (from < 0 || to <= from)
			throw new IllegalArgumentException(
				"Statistics need at least one sample, not those from " + from + " to " + to);
		this.from = from;
		this.to = to;
	}

	@Override
	public NDArray apply(final NDArray x, final NormParameters layer) {
		final Shape s = x.getShape();
		final long first = from * layer.passes();
		final long end = to * layer.passes();
		if (end > s.get(0))
			throw new IllegalArgumentException("Statistics are to come from the samples " + from + " to " + to +
				", but the batch has " + s.get(0) / layer.passes());
		final Shape perChannel = new Shape(1, s.get(1), 1, 1);
		final float n = (float) ((end - first) * s.get(2) * s.get(3));
		// Closing a handle is safe while a gradient is recorded: the recording holds what it needs.
		try (NDArray samples = x.get(new NDIndex(first + ":" + end));
			NDArray sum = samples.sum(ALL_BUT_CHANNELS, true);
			NDArray mean = ScalarOps.over(sum, n);
			NDArray off = samples.sub(mean);
			NDArray squares = off.mul(off);
			NDArray sumOfSquares = squares.sum(ALL_BUT_CHANNELS, true);
			NDArray variance = ScalarOps.over(sumOfSquares, n);
			NDArray guarded = variance.add(NormParameters.EPSILON);
			NDArray sd = guarded.sqrt();
			NDArray centered = x.sub(mean);
			NDArray standardized = centered.div(sd);
			NDArray gamma = layer.gamma().reshape(perChannel);
			NDArray beta = layer.beta().reshape(perChannel);
			NDArray scaled = standardized.mul(gamma))
		{
			return scaled.add(beta);
		}
	}
}
