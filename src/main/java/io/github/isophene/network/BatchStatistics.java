// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.isophene.network.weights.StateDict;

/**
 * Mean and variance of every batch-normalization layer of a network: what was measured on
 * some images, or what is stored in a state dict. Without the engine.
 *
 * @param layers by the layer's name ({@code bn1}, {@code layer1.0.bn1}...), in the network's order
 */
public record BatchStatistics(Map<String, LayerStatistics> layers) {

	/**
	 * Of one layer.
	 *
	 * @param mean per channel, [C]
	 * @param variance per channel, [C]
	 */
	public record LayerStatistics(float[] mean, float[] variance) {

		/** @throws IllegalArgumentException if there are not as many means as variances */
		public LayerStatistics {
			if (mean.length != variance.length)
				throw new IllegalArgumentException(mean.length + " means, but " + variance.length + " variances");
		}
	}

	public BatchStatistics {
		layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
	}

	/** Returns the stored statistics of a state dict; none of a network without batch normalization. */
	public static BatchStatistics of(final Architecture architecture, final StateDict weights) {
		final Map<String, LayerStatistics> layers = new LinkedHashMap<>();
		if (!architecture.adapts()) return new BatchStatistics(layers);
		for (final Architecture.ConvNorm c : architecture.convolutions()) {
			layers.put(c.norm(), new LayerStatistics(weights.get(c.norm() + ".running_mean").values(),
				weights.get(c.norm() + ".running_var").values()));
		}
		return new BatchStatistics(layers);
	}

	/**
	 * Of one layer.
	 *
	 * @throws IllegalArgumentException if there is none of this name
	 */
	public LayerStatistics get(final String layer) {
		final LayerStatistics found = layers.get(layer);
		if (found == null)
			throw new IllegalArgumentException(
				"There are no statistics of the layer '" + layer + "': they belong to another architecture");
		return found;
	}

	/** A state dict with these statistics stored in it; everything else is the same. */
	public StateDict into(final StateDict weights) {
		final StateDict other = new StateDict();
		for (final String name : weights.names()) other.put(name, weights.get(name));
		layers.forEach((layer, s) -> {
			other.put(layer + ".running_mean", new long[]{s.mean.length}, s.mean);
			other.put(layer + ".running_var", new long[]{s.variance.length}, s.variance);
		});
		return other;
	}
}
