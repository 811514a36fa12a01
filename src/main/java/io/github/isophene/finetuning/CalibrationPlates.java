// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.finetuning;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.github.isophene.adaptation.statistics.ModelCalibration;
import io.github.isophene.adaptation.statistics.PlateStatistics;
import io.github.isophene.network.Model;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.progress.Progress;
import io.github.isophene.training.data.Sample;
import io.github.isophene.training.data.TrainingData;

/** Calibrates the statistics of a new model on the plates that it was trained on, unaugmented. */
public final class CalibrationPlates {

	private CalibrationPlates() {}

	/**
	 * Returns the model with a calibration.
	 *
	 * @param training indices of the samples that it was trained on, with those of the controls
	 * @param device see {@link io.github.isophene.engine.Engines#device(String)}
	 * @param seed of the images that are drawn where there are more than are used
	 * @param progress of the plates
	 * @return the model as it is, if no plate has both controls and labeled images, or it has no batch normalization
	 * @throws IOException if an image can't be read
	 */
	public static Model calibrate(final Model model, final TrainingData data, final int[] training, final String device,
		final long seed, final Progress progress) throws IOException
	{
		if (!model.card().network().adapts()) return model;
		final Map<String, List<Integer>> plates = new TreeMap<>();
		for (final int i : training)
			plates.computeIfAbsent(data.samples().get(i).plate(), p -> new ArrayList<>()).add(i);
		plates.values()
			.removeIf(of -> of.stream().noneMatch(i -> data.samples().get(i).control()) ||
				of.stream().noneMatch(i -> data.samples().get(i).labeled()));
		if (plates.isEmpty()) return model;
		final List<String> names = List.copyOf(plates.keySet());
		final int[] chosen = some(IntStream.range(0, names.size()).toArray(), ModelCalibration.PLATES,
			RandomStream.of(seed, "calibration plates"));
		final ModelCalibration calibration = new ModelCalibration(model, ModelCalibration.queryShare(model), true);
		for (int p = 0; p < chosen.length; p++) {
			final String name = names.get(chosen[p]);
			final int[] all = plates.get(name).stream().mapToInt(Integer::intValue).toArray();
			final int[] queries = some(Arrays.stream(all).filter(i -> data.samples().get(i).labeled()).toArray(),
				ModelCalibration.QUERIES, RandomStream.of(seed, "calibration queries " + name));
			final int[] controls = some(Arrays.stream(all).filter(i -> data.samples().get(i).control()).toArray(),
				ModelCalibration.CONTROLS, RandomStream.of(seed, "calibration controls " + name));
			calibration.add(new ModelCalibration.Plate(name, new SampleTiles(data.tiles(), queries),
				IntStream.of(queries).mapToObj(data.samples()::get).mapToInt(Sample::label).toArray(),
				new SampleTiles(data.tiles(), controls)), device, PlateStatistics.MEMORY);
			PlateCalibration.report(progress, p + 1, chosen.length);
		}
		return calibration.result();
	}

	/** Draws at most n, in ascending order. */
	static int[] some(final int[] all, final int n, final RandomStream random) {
		if (all.length <= n) return all;
		final int[] order = all.clone();
		random.shuffle(order, n);
		final int[] drawn = Arrays.copyOf(order, n);
		Arrays.sort(drawn);
		return drawn;
	}
}
