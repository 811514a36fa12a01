// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.norm.BatchNorm;

/** The engine's own batch normalization, with its two conventions translated. */
final class EngineNormalization {

	private EngineNormalization() {}

	/**
	 * Normalizes [N, C, H, W].
	 *
	 * @param mean means [C], read or, in training, changed
	 * @param variance variances [C], read or, in training, changed: the unbiased one goes in
	 * @param keep in training, how much of their old values the two keep: 1 - momentum in PyTorch's words
	 * @param training whether to normalize by the batch's own statistics
	 */
	static NDArray apply(final NDArray x, final NormParameters layer, final NDArray mean, final NDArray variance,
		final float keep, final boolean training)
	{
		// Axis -1 is the engine's way to say "its own", the second; any other makes it copy.
		return BatchNorm
			.batchNorm(x, mean, variance, layer.gamma(), layer.beta(), -1, keep, NormParameters.EPSILON, training)
			.singletonOrThrow();
	}
}
