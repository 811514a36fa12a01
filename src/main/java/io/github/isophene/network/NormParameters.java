// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.util.List;

import ai.djl.ndarray.NDArray;

/**
 * Parameters of one batch-normalization layer, all arrays of shape [C].
 *
 * @param name the layer's name: {@code bn1}, {@code layer1.0.bn1}, {@code layer2.0.downsample.1}...
 * @param gamma the scale, {@code name.weight}
 * @param beta the shift, {@code name.bias}
 * @param runningMean the stored mean; {@code null} where none is stored
 * @param runningVar the stored variance; {@code null} where none is stored
 * @param passes number of rows that an image has in a batch, one after the other: 1, or as many as it has channels that
 *          go through the network by themselves
 */
public record NormParameters(String name, NDArray gamma, NDArray beta, NDArray runningMean, NDArray runningVar,
	int passes)
{

	/** Of a batch with one row for each image. */
	public NormParameters(final String name, final NDArray gamma, final NDArray beta, final NDArray runningMean,
		final NDArray runningVar)
	{
		this(name, gamma, beta, runningMean, runningVar, 1);
	}

	/** The same layer of a batch with some rows for each image. */
	NormParameters inPasses(final int number) {
		return number == passes ? this
			: new NormParameters(name, gamma, beta, runningMean, runningVar, number);
	}

	/** Added to every variance before the square root, as everywhere in torchvision. */
	public static final float EPSILON = 1e-5f;

	/** Suffixes of the layer's names in the state dict, in torchvision's order. */
	static final List<String> LEARNED = List.of(".weight", ".bias");

	/** The same, with the statistics that batch normalization stores. */
	static final List<String> PARTS = List.of(".weight", ".bias", ".running_mean", ".running_var");
}
