// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.github.isophene.engine.ElementTypes;
import io.github.isophene.engine.Tensors;
import io.github.isophene.network.weights.NamedTensor;
import io.github.isophene.network.weights.StateDict;

/**
 * The parameters and stored statistics of a network as arrays on a device, by
 * torchvision's names. They live until {@link #close()}.
 */
public final class Parameters implements AutoCloseable {

	private final NDManager manager;
	private final Map<String, NDArray> arrays = new LinkedHashMap<>();

	/**
	 * Puts weights on the device of a manager.
	 *
	 * @param parent parent of the manager that will hold the arrays
	 * @param architecture says which entries there must be; others are left out
	 * @throws IllegalArgumentException if an entry is missing or has another shape
	 */
	public Parameters(final NDManager parent, final Architecture architecture, final StateDict weights) {
		this(parent, architecture, weights, DataType.FLOAT32);
	}

	/** As above, in another type of numbers: FLOAT64 for checking gradients. */
	public Parameters(final NDManager parent, final Architecture architecture, final StateDict weights,
		final DataType type)
	{
		architecture.check(weights);
		manager = parent.newSubManager();
		try {
			for (final String name : architecture.parameters().keySet()) {
				final NamedTensor weight = weights.get(name);
				final NDArray array = Tensors.create(manager, weight.values(), weight.shape());
				arrays.put(name, ElementTypes.convert(array, type));
				if (arrays.get(name) != array) array.close();
			}
		}
		catch (final RuntimeException e) {
			manager.close();
			throw e;
		}
	}

	/** The array of this name. */
	public NDArray get(final String name) {
		final NDArray array = arrays.get(name);
		if (array == null) throw new IllegalArgumentException("The network has no parameter '" + name + "'");
		return array;
	}

	/** Returns the parameters of a normalization layer, and the statistics that it stores, if any. */
	public NormParameters norm(final String layer) {
		return new NormParameters(layer, get(layer + ".weight"), get(layer + ".bias"),
			arrays.get(layer + ".running_mean"), arrays.get(layer + ".running_var"));
	}

	/** Everything, in torchvision's order; can't be changed. */
	public Map<String, NDArray> all() {
		return Collections.unmodifiableMap(arrays);
	}

	/**
	 * Returns the parameters that are learned by gradient, in torchvision's order: everything but stored
	 * statistics.
	 */
	public Map<String, NDArray> trainable() {
		final Map<String, NDArray> trainable = new LinkedHashMap<>();
		arrays.forEach((name, array) -> {
			if (!isStatistic(name)) trainable.put(name, array);
		});
		return trainable;
	}

	/** Returns whether this name is that of a stored mean or variance. */
	static boolean isStatistic(final String name) {
		return name.endsWith(".running_mean") || name.endsWith(".running_var");
	}

	/** Starts or stops recording gradients of everything {@link #trainable}. */
	public void setRequiresGradient(final boolean required) {
		trainable().values().forEach(p -> p.setRequiresGradient(required));
	}

	/** A copy of the present values. */
	public StateDict toStateDict() {
		return copy(arrays);
	}

	/** Returns a copy of the stored means and variances. */
	public StateDict statistics() {
		final Map<String, NDArray> statistics = new LinkedHashMap<>(arrays);
		statistics.keySet().removeIf(name -> !isStatistic(name));
		return copy(statistics);
	}

	/** Sets arrays to values of the same names and shapes. */
	public void restore(final StateDict values) {
		for (final String name : values.names()) get(name).set(values.get(name).values());
	}

	private static StateDict copy(final Map<String, NDArray> arrays) {
		final StateDict weights = new StateDict();
		arrays.forEach((name, array) -> {
			final NDArray floats = ElementTypes.convert(array, DataType.FLOAT32);
			weights.put(name, array.getShape().getShape(), floats.toFloatArray());
			if (floats != array) floats.close();
		});
		return weights;
	}

	/** Closes all arrays. */
	@Override
	public void close() {
		manager.close();
	}
}
