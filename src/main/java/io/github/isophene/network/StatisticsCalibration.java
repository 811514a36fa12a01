// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.isophene.messages.Count;
import io.github.isophene.network.weights.StateDict;

/**
 * Relation, learned once after training, between a plate's negative controls and the batch that the layers of a
 * network expect: mean and variance of the controls in units of that batch, per channel. By it the controls of a new
 * plate alone give statistics that depend on no other image of the plate.
 * <p>
 * With mean m and biased variance v of the controls at a layer, the statistics are
 * </p>
 *
 * <pre>
 * variance = v / V       mean = m - sqrt(v / V) D
 * </pre>
 * <p>
 * where D, V are the mean and variance of the controls after normalization by the expected batch, averaged over the
 * plates of the calibration. With the moments of each class besides, E1[k] and E2[k] (k = 0: controls), the statistics
 * of a batch of any mixture o of classes follow from what is observed of it:
 * </p>
 *
 * <pre>
 * D = sum_k o[k] E1[k]    V = sum_k o[k] E2[k] - D^2    variance = observed / V    mean = observed - sqrt(variance) D
 * </pre>
 * <p>
 * The method is ours and not published.
 * </p>
 *
 * @param layers by the layer's name, in the network's order
 * @param queryShare weight of the queries in the expected batch, 0 to 1; the controls have the rest
 * @param plates number of plates it was learned from
 */
public record StatisticsCalibration(Map<String, LayerCalibration> layers, double queryShare, int plates) {

	/** Version of the calibration in a model file. */
	public static final int VERSION = 1;

	/**
	 * Most classes whose moments are kept: beyond, 2 (K + 1) numbers per channel are estimated from too few
	 * images each.
	 */
	public static final int MAX_CLASSES = 64;

	/**
	 * Least V (our choice): a channel whose controls hardly vary would be blown up; from .0001 to .05
	 * accuracies were equal.
	 */
	public static final float LEAST_VARIANCE = 0.05f;

	private static final String OFFSET = ".offset";
	private static final String VARIANCE = ".variance";
	private static final String CLASS_MEAN = ".class_mean";
	private static final String CLASS_SQUARE = ".class_square";

	/**
	 * Numbers of one layer.
	 *
	 * @param offset D, [C]
	 * @param variance V, at least {@link #LEAST_VARIANCE}, [C]
	 * @param classMeans E1, [K + 1][C], controls first; without rows if the classes' moments are not known
	 * @param classSquares E2, likewise
	 */
	public record LayerCalibration(float[] offset, float[] variance, float[][] classMeans, float[][] classSquares) {

		/** @throws IllegalArgumentException if the lengths differ, or a number is not finite or out of range */
		public LayerCalibration {
			final int channels = offset.length;
			if (variance.length != channels)
				throw new IllegalArgumentException(channels + " offsets, but " + variance.length + " variances");
			if (classMeans.length != classSquares.length)
				throw new IllegalArgumentException(
					Count.of(classMeans.length, "class") + " with a mean, but " + classSquares.length +
					" with a mean square");
			requireFinite(offset, channels);
			requireFinite(variance, channels);
			for (final float v : variance)
				if (v < LEAST_VARIANCE)
					throw new IllegalArgumentException("A variance is " + v + ", below " + LEAST_VARIANCE);
			for (final float[] row : classMeans) requireFinite(row, channels);
			for (final float[] row : classSquares) requireFinite(row, channels);
		}

		private static void requireFinite(final float[] values, final int channels) {
			if (values.length != channels)
				throw new IllegalArgumentException("A row has " + values.length + " values of " + channels);
			for (final float value : values)
				if (!Float.isFinite(value)) throw new IllegalArgumentException("A number is " + value);
		}
	}

	/** @throws IllegalArgumentException if the layers differ in their number of classes, or a number is out of range */
	public StatisticsCalibration {
		layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
		if (!(queryShare >= 0 && queryShare <= 1))
			throw new IllegalArgumentException("The share of queries is " + queryShare + ", but must be from 0 to 1");
		if (plates < 1)
			throw new IllegalArgumentException("A calibration is learned from at least 1 plate, not " + plates);
		if (layers.values().stream().mapToInt(l -> l.classMeans().length).distinct().count() > 1) {
			throw new IllegalArgumentException("The layers of the calibration differ in their number of classes");
		}
	}

	/** Returns whether the moments of the classes are known, which {@code StatisticsOrigin.MIX} needs. */
	public boolean hasClasses() {
		return layers.values().stream().anyMatch(l -> l.classMeans().length > 0);
	}

	/**
	 * Returns the numbers of one layer.
	 *
	 * @throws IllegalArgumentException if there is none of this name
	 */
	public LayerCalibration get(final String layer) {
		final LayerCalibration found = layers.get(layer);
		if (found == null)
			throw new IllegalArgumentException(
				"There is no calibration of the layer '" + layer + "': it belongs to another architecture");
		return found;
	}

	/**
	 * Computes the statistics by which a layer normalizes a plate, from its controls.
	 *
	 * @param controls mean and biased variance of the plate's controls at this layer
	 * @return mean and variance
	 */
	public BatchStatistics.LayerStatistics fromControls(final String layer,
		final BatchStatistics.LayerStatistics controls) {
		final LayerCalibration of = get(layer);
		return moved(controls, of.offset(), of.variance());
	}

	/**
	 * Computes the statistics by which a layer normalizes a plate, from all of its images.
	 *
	 * @param observed mean and biased variance of all images, equally weighted, at this layer
	 * @param mixture shares of controls and classes among them, [K + 1], summing to 1
	 * @return mean and variance
	 * @throws IllegalArgumentException if the moments of the classes are not known, or are of other classes
	 */
	public BatchStatistics.LayerStatistics fromMixture(final String layer,
		final BatchStatistics.LayerStatistics observed, final double[] mixture)
	{
		final LayerCalibration of = get(layer);
		if (of.classMeans().length != mixture.length)
			throw new IllegalArgumentException("The calibration holds the moments of " +
				Count.of(Math.max(0, of.classMeans().length - 1), "class") + ", but the mixture is of " +
				(mixture.length - 1));
		final float[] offset = new float[of.offset().length];
		final float[] variance = new float[offset.length];
		for (int c = 0; c < offset.length; c++) {
			double mean = 0;
			double square = 0;
			for (int k = 0; k < mixture.length; k++) {
				mean += mixture[k] * of.classMeans()[k][c];
				square += mixture[k] * of.classSquares()[k][c];
			}
			offset[c] = (float) mean;
			variance[c] = (float) Math.max(LEAST_VARIANCE, square - mean * mean);
		}
		return moved(observed, offset, variance);
	}

	private static BatchStatistics.LayerStatistics moved(final BatchStatistics.LayerStatistics observed,
		final float[] offset, final float[] variance)
	{
		if (observed.mean().length != offset.length)
			throw new IllegalArgumentException("The layer has " + Count.of(observed.mean().length, "channel") +
				", but the calibration " + offset.length + ": it belongs to another architecture");
		final float[] mean = new float[offset.length];
		final float[] expected = new float[offset.length];
		for (int c = 0; c < mean.length; c++) {
			final double s2 = (double) observed.variance()[c] / variance[c];
			expected[c] = (float) s2;
			mean[c] = (float) (observed.mean()[c] - Math.sqrt(s2) * offset[c]);
		}
		return new BatchStatistics.LayerStatistics(mean, expected);
	}

	/**
	 * Checks that it is of this network.
	 *
	 * @throws IllegalArgumentException naming the layer that is missing or has another number of channels, or the
	 *           number of classes that differs
	 */
	void check(final Architecture architecture) {
		for (final Architecture.ConvNorm c : architecture.convolutions()) {
			final LayerCalibration layer = get(c.norm());
			if (layer.offset().length != c.out())
				throw new IllegalArgumentException("The calibration of the layer '" + c.norm() + "' has " +
					Count.of(layer.offset().length, "channel") + " of " + c.out() +
					": it belongs to another architecture");
			final int classes = layer.classMeans().length - 1;
			if (classes >= 0 && classes != architecture.classes())
				throw new IllegalArgumentException(
					"The calibration is of " + Count.of(classes, "class") + ", but the network has " +
					architecture.classes());
		}
	}

	/** Returns its arrays by name, as they lie in a model file. */
	StateDict toStateDict() {
		final StateDict arrays = new StateDict();
		layers.forEach((name, layer) -> {
			final int channels = layer.offset().length;
			arrays.put(name + OFFSET, new long[]{channels}, layer.offset());
			arrays.put(name + VARIANCE, new long[]{channels}, layer.variance());
			if (layer.classMeans().length == 0) return;
			final long[] shape = {layer.classMeans().length, channels};
			arrays.put(name + CLASS_MEAN, shape, flat(layer.classMeans()));
			arrays.put(name + CLASS_SQUARE, shape, flat(layer.classSquares()));
		});
		return arrays;
	}

	/**
	 * Reads what {@link #toStateDict} made.
	 *
	 * @throws IllegalArgumentException if an array is missing or has another shape
	 */
	static StatisticsCalibration of(final Architecture architecture, final StateDict arrays, final double queryShare,
		final int plates)
	{
		final Map<String, LayerCalibration> layers = new LinkedHashMap<>();
		for (final Architecture.ConvNorm c : architecture.convolutions()) {
			final String name = c.norm();
			for (final String part : List.of(OFFSET, VARIANCE)) {
				if (!arrays.contains(name + part))
					throw new IllegalArgumentException("The calibration lacks '" + name + part + "'");
			}
			layers.put(name, new LayerCalibration(arrays.get(name + OFFSET).values(),
				arrays.get(name + VARIANCE).values(),
				rows(arrays, name + CLASS_MEAN, c.out()), rows(arrays, name + CLASS_SQUARE, c.out())));
		}
		return new StatisticsCalibration(layers, queryShare, plates);
	}

	private static float[] flat(final float[][] rows) {
		final float[] values = new float[rows.length * rows[0].length];
		for (int i = 0; i < rows.length; i++) System.arraycopy(rows[i], 0, values, i * rows[i].length, rows[i].length);
		return values;
	}

	private static float[][] rows(final StateDict arrays, final String name, final int channels) {
		if (!arrays.contains(name)) return new float[0][];
		final float[] values = arrays.get(name).values();
		if (values.length % channels != 0)
			throw new IllegalArgumentException("The calibration's '" + name + "' has " + values.length +
				" values, no multiple of the layer's " + Count.of(channels, "channel"));
		final float[][] rows = new float[values.length / channels][channels];
		for (int i = 0; i < rows.length; i++) System.arraycopy(values, i * channels, rows[i], 0, channels);
		return rows;
	}
}
