// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.statistics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

import io.github.isophene.network.BatchStatistics;

/**
 * From which drift on a plate deserves a warning, found out on the training plates alone:
 * each is left out in turn, and its drift from the others measured. The threshold is the
 * largest of these (our choice): a new plate like the n training plates exceeds it with a
 * chance of 1 / (n + 1).
 */
public final class DriftCalibration {

	private DriftCalibration() {}

	/**
	 * Statistics of all plates' controls as one: per layer and channel the mean of the plates'
	 * means, and the mean of their variances plus the variance of their means. Every plate
	 * counts alike, however many controls it has. To be stored as running statistics by
	 * trainings that don't keep any.
	 *
	 * @throws IllegalArgumentException if there is no plate
	 */
	public static BatchStatistics pooled(final List<PlateStatistics> plates) {
		if (plates.isEmpty()) throw new IllegalArgumentException("There are no plates to pool");
		final Map<String, BatchStatistics.LayerStatistics> pooled = new LinkedHashMap<>();
		for (final String name : plates.get(0).layers().layers().keySet()) {
			pooled.put(name, pooled(plates.stream().map(p -> p.layers().get(name)).toList()));
		}
		return new BatchStatistics(pooled);
	}

	private static BatchStatistics.LayerStatistics pooled(final Iterable<BatchStatistics.LayerStatistics> layers) {
		final BatchStatistics.LayerStatistics first = layers.iterator().next();
		final float[] mean = new float[first.mean().length];
		final float[] variance = new float[mean.length];
		for (int c = 0; c < mean.length; c++) {
			double n = 0;
			double sum = 0;
			double within = 0;
			for (final BatchStatistics.LayerStatistics layer : layers) {
				n++;
				sum += layer.mean()[c];
				within += layer.variance()[c];
			}
			double between = 0;
			for (final BatchStatistics.LayerStatistics layer : layers) {
				final double off = layer.mean()[c] - sum / n;
				between += off * off;
			}
			mean[c] = (float) (sum / n);
			variance[c] = (float) ((within + between) / n);
		}
		return new BatchStatistics.LayerStatistics(mean, variance);
	}

	/**
	 * Drift of each training plate from what would be stored without it: the stored means are
	 * moved by what leaving the plate out moves in the pooled ones, and the stored variances
	 * changed in the same proportion.
	 *
	 * @param plates statistics of the controls of each training plate, at least 2
	 * @param stored the model's running statistics
	 * @return total drift per plate, in their order
	 * @throws IllegalArgumentException if there are fewer than 2 plates
	 */
	public static double[] leaveOneOut(final List<PlateStatistics> plates, final BatchStatistics stored) {
		if (plates.size() < 2)
			throw new IllegalArgumentException("To leave one plate out there must be at least 2, not " + plates.size());
		final BatchStatistics all = pooled(plates);
		final double[] drifts = new double[plates.size()];
		for (int p = 0; p < drifts.length; p++) {
			final List<PlateStatistics> others = new ArrayList<>(plates);
			others.remove(p);
			drifts[p] = Drift
				.between(plates.get(p).layers(), without(stored, all, pooled(others)), OptionalDouble.empty())
				.total();
		}
		return drifts;
	}

	private static BatchStatistics without(final BatchStatistics stored, final BatchStatistics all,
		final BatchStatistics others)
	{
		final Map<String, BatchStatistics.LayerStatistics> moved = new LinkedHashMap<>();
		stored.layers().forEach((name, layer) -> {
			final BatchStatistics.LayerStatistics a = all.get(name);
			final BatchStatistics.LayerStatistics o = others.get(name);
			final float[] mean = new float[layer.mean().length];
			final float[] variance = new float[mean.length];
			for (int c = 0; c < mean.length; c++) {
				mean[c] = layer.mean()[c] + (o.mean()[c] - a.mean()[c]);
				// A channel that never varies has variance 0 everywhere.
				variance[c] = a.variance()[c] > 0 ? layer.variance()[c] * (o.variance()[c] / a.variance()[c])
					: layer.variance()[c];
			}
			moved.put(name, new BatchStatistics.LayerStatistics(mean, variance));
		});
		return new BatchStatistics(moved);
	}

	/**
	 * The threshold: the largest drift of a training plate that was left out. A model keeps it
	 * under {@link Drift#THRESHOLD}.
	 */
	public static double threshold(final List<PlateStatistics> plates, final BatchStatistics stored) {
		double max = 0;
		for (final double drift : leaveOneOut(plates, stored)) max = Math.max(max, drift);
		return max;
	}
}
