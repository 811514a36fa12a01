// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.isophene.engine.Tensors;
import io.github.isophene.network.weights.StateDict;

/** Parameters that an objective learns besides the network, on a device; lies with the weights in a checkpoint. */
public final class OwnParameters implements AutoCloseable {

	private final NDManager manager;
	private final Map<String, NDArray> arrays = new LinkedHashMap<>();

	/**
	 * @param first first values by name
	 * @param saved a checkpoint's weights to go on from; {@code null} = none
	 */
	public OwnParameters(final NDManager parent, final Map<String, float[]> first, final StateDict saved) {
		manager = parent.newSubManager();
		new TreeMap<>(first).forEach((name, values) -> arrays.put(name,
			Tensors.create(manager, saved == null ? values : saved.get(name).values(), values.length)));
	}

	/** By name. */
	public Map<String, NDArray> all() {
		return Collections.unmodifiableMap(arrays);
	}

	/** Weights together with these, for a checkpoint. */
	StateDict with(final StateDict weights) {
		arrays.forEach((name, array) -> weights.put(name, array.getShape().getShape(), array.toFloatArray()));
		return weights;
	}

	@Override
	public void close() {
		manager.close();
	}
}
