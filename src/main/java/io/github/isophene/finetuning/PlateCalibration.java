// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.finetuning;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.github.isophene.adaptation.statistics.Drift;
import io.github.isophene.adaptation.statistics.DriftCalibration;
import io.github.isophene.adaptation.statistics.PlateStatistics;
import io.github.isophene.network.BatchStatistics;
import io.github.isophene.network.Model;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.progress.Progress;
import io.github.isophene.training.data.Sample;
import io.github.isophene.training.data.Split;
import io.github.isophene.training.data.TrainingData;

/**
 * Calibration of a new model on the controls of its training plates: the statistics to
 * store, if it was trained in context (its running ones are of episodes, half of them
 * treated wells, and of no plate), from which drift on a new plate deserves a warning, and how
 * controls relate to the batch that the network expects.
 */
final class PlateCalibration {

	/** So many control images of a plate at most (our choice): more than {@code ControlCheck.ENOUGH} by far. */
	private static final int IMAGES = 64;

	private final TrainingData data;
	private final Split split;
	private final String device;
	private final long seed;

	PlateCalibration(final TrainingData data, final Split split, final String device, final long seed) {
		this.data = data;
		this.split = split;
		this.device = device;
		this.seed = seed;
	}

	/**
	 * The model with its statistics and threshold; as it is, if no training plate has controls or it has no
	 * batch normalization.
	 *
	 * @param progress of the plates
	 */
	Model apply(final Model model, final Progress progress) throws IOException {
		final Map<String, List<Integer>> plates = new TreeMap<>();
		for (final int i : split.training()) {
			final Sample s = data.samples().get(i);
			if (s.control()) plates.computeIfAbsent(s.plate(), p -> new ArrayList<>()).add(i);
		}
		if (plates.isEmpty() || !model.card().network().adapts()) return model;
		return CalibrationPlates.calibrate(measured(model, plates, progress), data, split.training(), device, seed,
			progress);
	}

	static void report(final Progress progress, final int done, final int total) {
		progress.report("Measuring the controls of the training plates, " + done + " of " + total);
	}

	/** The model with pooled statistics of the controls, where it needs them, and the threshold of the drift. */
	private Model measured(final Model model, final Map<String, List<Integer>> plates,
		final Progress progress) throws IOException
	{
		final List<PlateStatistics> statistics = new ArrayList<>();
		for (final Map.Entry<String, List<Integer>> plate : plates.entrySet()) {
			final int[] controls = chosen(plate.getKey(), plate.getValue());
			statistics.add(
				PlateStatistics.of(model, new SampleTiles(data.tiles(), controls), device, PlateStatistics.MEMORY));
			report(progress, statistics.size(), plates.size());
		}
		final boolean inContext = model.card().statistics() != StatisticsOrigin.TRAINING;
		final Model stored = inContext ? model.withStatistics(DriftCalibration.pooled(statistics)) : model;
		if (statistics.size() < 2) return stored;
		final Map<String, String> record = new TreeMap<>(model.card().training());
		record.put(Drift.THRESHOLD, String.format(Locale.ROOT, "%.6g", DriftCalibration.threshold(statistics,
			BatchStatistics.of(stored.card().architecture(), stored.weights()))));
		return new Model(stored.card().with(stored.card().statistics(), record), stored.weights());
	}

	private int[] chosen(final String plate, final List<Integer> controls) {
		return CalibrationPlates.some(controls.stream().mapToInt(Integer::intValue).toArray(), IMAGES,
			RandomStream.of(seed, "calibration " + plate));
	}
}
