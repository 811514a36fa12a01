// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.isophene.messages.Count;
import io.github.isophene.pixels.TileSource;

/**
 * A data set to train on.
 *
 * @param samples one per image
 * @param classes names of the classes, by label
 * @param tiles the images, by the samples' indices
 */
public record TrainingData(List<Sample> samples, List<String> classes, TileSource tiles) {

	/**
	 * @throws IllegalArgumentException if there are fewer than 2 classes, a label is no class,
	 *           or a plate is in two batches
	 */
	public TrainingData {
		samples = List.copyOf(samples);
		classes = List.copyOf(classes);
		Objects.requireNonNull(tiles, "tiles");
		if (classes.size() < 2)
			throw new IllegalArgumentException("Training needs at least 2 classes, but there is " +
				(classes.isEmpty() ? "none" : "only '" + classes.get(0) + "'") + ": choose another label column");
		final Map<String, String> batches = new HashMap<>();
		for (final Sample s : samples) {
			if (s.label() >= classes.size())
				throw new IllegalArgumentException("A sample of plate " + s.plate() + " has the label " + s.label() +
					", but there are " + Count.of(classes.size(), "class"));
			final String other = batches.putIfAbsent(s.plate(), s.batch());
			if (other != null && !other.equals(s.batch()))
				throw new IllegalArgumentException("Plate " + s.plate() + " is in the batches " + other + " and " +
					s.batch() + ": a plate belongs to one batch; choose another batch " +
					"column, or make the plates' names unique");
		}
	}

	/** Returns the frequency of each class among some samples. */
	public int[] classCounts(final int[] among) {
		final int[] counts = new int[classes.size()];
		for (final int i : among) if (samples.get(i).labeled()) counts[samples.get(i).label()]++;
		return counts;
	}

	/**
	 * Weights that let every class count the same in the loss: N / (K n_k) for the K classes
	 * that occur; 0 for a class that doesn't.
	 */
	public float[] balancedWeights(final int[] among) {
		final int[] counts = classCounts(among);
		long n = 0;
		int k = 0;
		for (final int c : counts) {
			n += c;
			if (c > 0) k++;
		}
		final float[] weights = new float[counts.length];
		for (int i = 0; i < counts.length; i++) if (counts[i] > 0) weights[i] = (float) n / ((float) k * counts[i]);
		return weights;
	}
}
