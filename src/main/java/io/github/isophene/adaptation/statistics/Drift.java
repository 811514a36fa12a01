// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.statistics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

import io.github.isophene.network.BatchStatistics;
import io.github.isophene.network.Model;
import io.github.isophene.network.NormParameters;

/**
 * Distance of the batch statistics of a plate's controls from the stored training statistics. The figure is our
 * choice: per channel the Fréchet distance of two normal
 * distributions, in standard deviations of the training,
 * <pre>
 * f = sqrt((m - M)^2 + (s - S)^2) / S      with s = sqrt(var + 1e-5), capitals of training
 * </pre>
 * per layer the root mean square over its channels, and in total the mean over the layers.
 * 0 is no difference; 1 is a plate whose every channel is off by one standard deviation.
 * <p>
 * Each layer's statistics are those that it gets behind layers which normalize by the same
 * plate, so the first layers show shifts of intensity and later ones what normalizing
 * didn't take away.
 * </p>
 *
 * @param layers by the layer's name, in the network's order
 * @param total mean over the layers
 * @param threshold total above which the plate is further from training than any training
 *          plate was from the others (see {@link DriftCalibration}); empty if the model doesn't know it
 */
public record Drift(Map<String, Double> layers, double total, OptionalDouble threshold) {

	/** Key of {@link io.github.isophene.network.ModelCard#training} that holds the threshold. */
	public static final String THRESHOLD = "drift.threshold";

	public Drift {
		layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
	}

	/**
	 * Between a plate's controls and a model.
	 *
	 * @throws IllegalArgumentException if the statistics are of another architecture, or the model's
	 *           threshold isn't a number
	 */
	public static Drift between(final PlateStatistics controls, final Model model) {
		return between(controls.layers(), BatchStatistics.of(model.card().architecture(), model.weights()),
			threshold(model, THRESHOLD));
	}

	/**
	 * Returns a threshold that a model keeps in its record.
	 *
	 * @throws IllegalArgumentException if it isn't a number
	 */
	public static OptionalDouble threshold(final Model model, final String key) {
		final String value = model.card().training().get(key);
		try {
			return value == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(value));
		}
		catch (final NumberFormatException e) {
			throw new IllegalArgumentException(
				"The model '" + model.card().name() + "' has " + key + " = " + value + ", which is not a number", e);
		}
	}

	/** Returns the layer with the largest distance. */
	public String furthest() {
		return layers.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse("");
	}

	public static Drift between(final BatchStatistics plate, final BatchStatistics training,
		final OptionalDouble threshold) {
		final Map<String, Double> layers = new LinkedHashMap<>();
		double sum = 0;
		for (final Map.Entry<String, BatchStatistics.LayerStatistics> e : training.layers().entrySet()) {
			final double distance = distance(plate.get(e.getKey()), e.getValue());
			layers.put(e.getKey(), distance);
			sum += distance;
		}
		return new Drift(layers, sum / layers.size(), threshold);
	}

	private static double distance(final BatchStatistics.LayerStatistics plate,
		final BatchStatistics.LayerStatistics training) {
		double sum = 0;
		for (int c = 0; c < training.mean().length; c++) {
			final double sd = sd(training.variance()[c]);
			final double mean = plate.mean()[c] - training.mean()[c];
			final double spread = sd(plate.variance()[c]) - sd;
			sum += (mean * mean + spread * spread) / (sd * sd);
		}
		return Math.sqrt(sum / training.mean().length);
	}

	private static double sd(final double variance) {
		return Math.sqrt(variance + NormParameters.EPSILON);
	}

	/**
	 * Returns whether the plate is further from training than any training plate was; false if the threshold
	 * isn't known.
	 */
	public boolean far() {
		return threshold.isPresent() && total > threshold.getAsDouble();
	}
}
