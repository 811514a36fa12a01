// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * From which statistics a batch-normalization layer normalizes in a forward pass. Chosen
 * anew for each pass; a new form is one class or lambda more.
 * <p>
 * All forms compute gamma (x - mean) / sqrt(var + 1e-5) + beta per channel, where var is
 * the <em>biased</em> variance whenever it is taken from the batch (over N, H, W).
 * </p>
 */
@FunctionalInterface
public interface Normalization {

	/**
	 * Normalizes the activations of one layer.
	 *
	 * @param x activations [N, C, H, W], of each image as many rows as the layer says; not closed
	 * @param layer the layer's parameters and stored statistics
	 * @return a new array [N, C, H, W] that belongs to the manager of {@code x}
	 */
	NDArray apply(NDArray x, NormParameters layer);

	/** The stored (running) statistics: evaluation mode. */
	static Normalization running() {
		return (x, layer) -> EngineNormalization.apply(x, layer, layer.runningMean(), layer.runningVar(), 1f, false);
	}

	/**
	 * Mean and variance of the batch itself, with gradient; nothing is stored. This is the
	 * joint statistic of CS-ARM-BN if the batch is [queries ; controls], and that of ARM-BN
	 * and AdaBN if it is queries alone.
	 */
	static Normalization batch() {
		return (x, layer) -> {
			final Shape c = layer.runningMean().getShape();
			// The engine blends statistics into the arrays it gets, even with weight 0: give it scratch.
			try (NDArray mean = x.getManager().zeros(c, x.getDataType());
				NDArray var = x.getManager().ones(c, x.getDataType()))
			{
				return EngineNormalization.apply(x, layer, mean, var, 1f, true);
			}
		};
	}

	/**
	 * As {@link #batch()}, and the stored statistics follow: running = (1 - m) running + m batch,
	 * with the <em>unbiased</em> variance, as PyTorch's training mode does.
	 *
	 * @param momentum m, 0 to 1; PyTorch's default is 0.1
	 */
	static Normalization updating(final float momentum) {
		if (!(momentum >= 0 && momentum <= 1))
			throw new IllegalArgumentException("momentum = " + momentum + ": it must be from 0 to 1");
		return (x, layer) -> EngineNormalization.apply(x, layer, layer.runningMean(), layer.runningVar(), 1f - momentum,
			true);
	}

	/**
	 * Mean and variance of some samples of the batch, with gradient, applied to all of it: of
	 * the controls in [queries ; controls], for instance.
	 *
	 * @param from first sample whose statistics count
	 * @param to behind the last one
	 */
	static Normalization samples(final long from, final long to) {
		return new SampleStatistics(from, to);
	}
}
