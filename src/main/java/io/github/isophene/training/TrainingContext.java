// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.util.LinkedHashMap;
import java.util.Map;

import ai.djl.ndarray.NDArray;
import io.github.isophene.network.ResNet;
import io.github.isophene.training.data.TrainingData;

/**
 * Constant context of all steps of a training.
 *
 * @param network the network
 * @param part which of its parameters are trained
 * @param trained these parameters, by name, in torchvision's order, and the objective's own behind them
 * @param data the data set
 * @param targets its labels
 * @param momentum how fast stored statistics follow, PyTorch's convention
 */
public record TrainingContext(ResNet network, TrainedPart part, Map<String, NDArray> trained, TrainingData data,
	Targets targets, float momentum)
{

	/** For an objective without parameters of its own. */
	public static TrainingContext of(final ResNet network, final TrainedPart part, final TrainingData data,
		final Targets targets, final float momentum)
	{
		return of(network, part, Map.of(), data, targets, momentum);
	}

	/** Starts recording gradients of the trained part, and of what the objective learns besides. */
	public static TrainingContext of(final ResNet network, final TrainedPart part, final Map<String, NDArray> own,
		final TrainingData data, final Targets targets, final float momentum)
	{
		final Map<String, NDArray> trained = new LinkedHashMap<>();
		network.parameters().trainable().forEach((name, array) -> {
			if (part.trains(name)) trained.put(name, array);
		});
		trained.putAll(own);
		trained.values().forEach(p -> p.setRequiresGradient(true));
		return new TrainingContext(network, part, trained, data, targets, momentum);
	}
}
