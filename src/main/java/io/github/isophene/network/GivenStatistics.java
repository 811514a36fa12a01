// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.util.HashMap;
import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.isophene.engine.Tensors;

/**
 * Normalizes by statistics that were measured elsewhere, on a plate's controls for
 * instance. Holds them on the device until {@link #close()}.
 */
public final class GivenStatistics implements Normalization, AutoCloseable {

	private final NDManager manager;
	private final Map<String, NormParameters> layers = new HashMap<>();

	/** @param parent says the device */
	public GivenStatistics(final NDManager parent, final BatchStatistics statistics) {
		manager = parent.newSubManager();
		statistics.layers()
			.forEach((name, s) -> layers.put(name,
				new NormParameters(name, null, null, array(s.mean()), array(s.variance()))));
	}

	private NDArray array(final float[] values) {
		return Tensors.create(manager, values, values.length);
	}

	@Override
	public NDArray apply(final NDArray x, final NormParameters layer) {
		final NormParameters given = layers.get(layer.name());
		if (given == null)
			throw new IllegalArgumentException(
				"No statistics were given for the layer '" + layer.name() + "': they belong to another architecture");
		return Normalization.running()
			.apply(x,
				new NormParameters(layer.name(), layer.gamma(), layer.beta(), given.runningMean(), given.runningVar()));
	}

	/** Frees the statistics. */
	@Override
	public void close() {
		manager.close();
	}
}
