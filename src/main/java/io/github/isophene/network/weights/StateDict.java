// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network.weights;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;

/**
 * The state dict of a network: its parameters and buffers by name, in the order
 * in which they were put (PyTorch's term and names, for instance
 * {@code layer1.0.conv1.weight}).
 */
public final class StateDict {

	private final Map<String, NamedTensor> weights = new LinkedHashMap<>();

	/**
	 * Puts a weight under a name. A name that was there keeps its place in the
	 * order and gets the new weight.
	 *
	 * @return this state dict
	 */
	public StateDict put(final String name, final NamedTensor weight) {
		weights.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(weight, "weight"));
		return this;
	}

	/** As {@link #put(String, NamedTensor)}, with a shape and its values in row-major order. */
	public StateDict put(final String name, final long[] shape, final float[] values) {
		return put(name, new NamedTensor(shape, values));
	}

	/**
	 * The weight of this name.
	 *
	 * @throws NoSuchElementException if there is none
	 */
	public NamedTensor get(final String name) {
		final NamedTensor weight = weights.get(name);
		if (weight == null) throw new NoSuchElementException("The state dict has no '" + name + "'");
		return weight;
	}

	/** Returns whether there is a weight of this name. */
	public boolean contains(final String name) {
		return weights.containsKey(name);
	}

	/** The names, in the order in which they were put: a view that can't be changed. */
	public Set<String> names() {
		return Collections.unmodifiableSet(weights.keySet());
	}

	/** Returns the number of named weights. */
	public int size() {
		return weights.size();
	}

	/**
	 * Checks that all values are finite and no variance is negative: the engine's activations turn
	 * NaN into 0, so a network with such weights would give wrong features that look right.
	 *
	 * @return this state dict
	 * @throws IllegalArgumentException naming the first weight that isn't
	 */
	public StateDict requireFinite() {
		weights.forEach((name, weight) -> {
			for (final float value : weight.values()) {
				if (!Float.isFinite(value))
					throw new IllegalArgumentException("The weight '" + name + "' has values that are " + value +
						", as after a training that diverged: take weights from before");
				if (value < 0 && name.endsWith("running_var"))
					throw new IllegalArgumentException("The variance '" + name + "' has values below 0 (" + value +
						"), of which the network has no root: take weights from before the file was changed");
			}
		});
		return this;
	}

	/** Returns the number of values of all weights, buffers included. */
	public long parameterCount() {
		long n = 0;
		for (final NamedTensor weight : weights.values()) n += weight.values().length;
		return n;
	}

	/** The same names with equal weights; the order doesn't matter. */
	@Override
	public boolean equals(final Object other) {
		return other instanceof StateDict s && weights.equals(s.weights);
	}

	@Override
	public int hashCode() {
		return weights.hashCode();
	}

	/** Names and shapes. */
	@Override
	public String toString() {
		return weights.toString();
	}
}
