// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import io.github.isophene.demo.Phenotype;
import io.github.isophene.embedding.TileNetwork;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.weights.Safetensors;
import io.github.isophene.network.weights.StateDict;
import io.github.isophene.numerics.ProbedRows;
import io.github.isophene.screen.Field;
import net.imglib2.Cursor;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/**
 * Probes of a demo screen's profiles. Of the phenotypes every one counts alike, so chance is
 * one over their number.
 */
final class EncoderProbes {

	private static final String STATISTICS = "statistics";
	private static final double[] PERCENTILES = {1, 5, 25, 50, 75, 95, 99, 99.9};

	private final float[][] profiles;
	private final int[] label;
	private final int[] batch;
	private final int[] well;

	EncoderProbes(final List<Field> fields, final float[][] profiles) {
		this.profiles = profiles;
		label = fields.stream().mapToInt(f -> Integer.parseInt(f.get("Metadata_Class"))).toArray();
		final List<String> batches = fields.stream().map(f -> f.get("Metadata_Batch")).distinct().sorted().toList();
		batch = fields.stream().mapToInt(f -> batches.indexOf(f.get("Metadata_Batch"))).toArray();
		final Map<String, Integer> seen = new TreeMap<>();
		// Of the control wells of a plate, those counted even are learned from.
		well = new int[fields.size()];
		final Map<String, Integer> count = new TreeMap<>();
		for (int i = 0; i < well.length; i++) {
			if (label[i] != 0) continue;
			final String plate = fields.get(i).plate();
			final String key = plate + " " + fields.get(i).well();
			if (!seen.containsKey(key)) seen.put(key, count.merge(plate, 1, Integer::sum));
			well[i] = seen.get(key);
		}
	}

	/**
	 * A built-in model, a model file, or the default model with other weights, of any width; behind {@code #} the
	 * features of its last map or of that after stage 3: {@code default#mean+sd}, {@code default#stage3},
	 * {@code default#stage3+mean}. {@code statistics} stands for the statistics of {@code features=statistics}, and
	 * {@code +statistics} behind any of these for {@code features=both}.
	 */
	static TileNetwork network(final String model) throws IOException {
		if (model.equals(STATISTICS)) return new WithStatistics(network(Model.DEFAULT), true);
		if (model.endsWith("+" + STATISTICS))
			return new WithStatistics(network(model.substring(0, model.length() - STATISTICS.length() - 1)), false);
		final int output = model.indexOf('#');
		if (output >= 0) return new MapFeatures(network(model.substring(0, output)), model.substring(output + 1));
		if (!model.endsWith(".safetensors")) return TileNetwork.open(model, "cpu");
		final StateDict weights = Safetensors.read(Path.of(model));
		final ModelCard card = Model.load(Model.DEFAULT).card();
		final Architecture architecture = Architecture.of("resnet18", 1, (int) weights.get("conv1.weight").shape()[0],
			0);
		return TileNetwork.of(new Model(new ModelCard(Path.of(model).getFileName().toString(), card.description(),
			architecture, card.input(), card.channels(), card.tileSize(), card.intensity(), List.of(), "",
			card.statistics(), Map.of()), weights), "cpu");
	}

	/** Mean, sd and percentiles of each channel, in counts. */
	static float[] intensity(final Img<?> image) {
		final int channels = (int) image.dimension(2);
		final int pixels = (int) (image.dimension(0) * image.dimension(1));
		@SuppressWarnings("unchecked")
		final Cursor<? extends RealType<?>> cursor = Views.flatIterable((Img<? extends RealType<?>>) image).cursor();
		final float[] features = new float[channels * (2 + PERCENTILES.length)];
		int at = 0;
		for (int c = 0; c < channels; c++) {
			final double[] values = new double[pixels];
			for (int p = 0; p < pixels; p++) values[p] = cursor.next().getRealDouble();
			Arrays.sort(values);
			final double mean = Arrays.stream(values).average().orElseThrow();
			features[at++] = (float) mean;
			features[at++] = (float) Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / pixels);
			for (final double p : PERCENTILES)
				features[at++] = (float) values[(int) Math.round(p / 100 * (pixels - 1))];
		}
		return features;
	}

	/** Each plate minus the mean of its controls, divided by the controls' sd within plates. */
	static float[][] onControls(final List<Field> fields, final float[][] profiles) {
		final int n = profiles[0].length;
		final float[][] result = new float[profiles.length][n];
		final double[] squares = new double[n];
		int controls = 0;
		int plates = 0;
		for (final String plate : fields.stream().map(Field::plate).distinct().toList()) {
			final int[] rows = rows(profiles.length, i -> fields.get(i).plate().equals(plate));
			final int[] own = Arrays.stream(rows)
				.filter(i -> fields.get(i).get("Metadata_Class").equals("0"))
				.toArray();
			for (int f = 0; f < n; f++) {
				double mean = 0;
				for (final int i : own) mean += profiles[i][f] / own.length;
				for (final int i : rows) result[i][f] = (float) (profiles[i][f] - mean);
				for (final int i : own) squares[f] += result[i][f] * result[i][f];
			}
			controls += own.length;
			plates++;
		}
		for (int f = 0; f < n; f++) {
			final double sd = Math.sqrt(squares[f] / (controls - plates));
			for (final float[] row : result) row[f] = sd > 0 ? (float) (row[f] / sd) : 0;
		}
		return result;
	}

	Map<String, Double> measure() {
		final Map<String, Double> measures = new LinkedHashMap<>();
		final int classes = Phenotype.basic().size();
		final int batches = Arrays.stream(batch).max().orElseThrow() + 1;
		final int[] known = rows(label.length, i -> batch[i] < batches / 2);
		final int[] unseen = rows(label.length, i -> batch[i] >= batches / 2);
		final double[] linear = recalls(unseen, ProbedRows.predict(profiles, label, classes, known, unseen));
		final double[] nearest = recalls(unseen, nearest(known, unseen, label));
		final List<Integer> intensity = new ArrayList<>();
		for (int k = 0; k < classes; k++) {
			final String name = Phenotype.basic().get(k).name();
			if (name.equals("er-bright") || name.equals("dna-dim")) intensity.add(k);
		}
		measures.put("linear", mean(linear, k -> true));
		measures.put("linear-morphology", mean(linear, k -> !intensity.contains(k)));
		measures.put("linear-intensity", mean(linear, intensity::contains));
		measures.put("1-nn", mean(nearest, k -> true));
		measures.put("1-nn-morphology", mean(nearest, k -> !intensity.contains(k)));
		final int[] even = rows(label.length, i -> label[i] == 0 && well[i] % 2 == 0);
		final int[] odd = rows(label.length, i -> label[i] == 0 && well[i] % 2 == 1);
		measures.put("batch-linear", accuracy(odd, ProbedRows.predict(profiles, batch, batches, even, odd), batch));
		measures.put("batch-1-nn", accuracy(odd, nearest(even, odd, batch), batch));
		return measures;
	}

	private double[] recalls(final int[] tested, final int[] predicted) {
		final double[] recalls = new double[Phenotype.basic().size()];
		for (int k = 0; k < recalls.length; k++) {
			final int own = k;
			final int[] of = rows(tested.length, i -> label[tested[i]] == own);
			recalls[k] = (double) Arrays.stream(of).filter(i -> predicted[i] == own).count() / of.length;
		}
		return recalls;
	}

	/** By cosine of features that are standardized on the known rows. */
	private int[] nearest(final int[] known, final int[] tested, final int[] of) {
		final int n = profiles[0].length;
		final double[][] unit = new double[profiles.length][n];
		for (int f = 0; f < n; f++) {
			final int feature = f;
			final double mean = Arrays.stream(known).mapToDouble(i -> profiles[i][feature]).average().orElseThrow();
			final double sd = Math.sqrt(Arrays.stream(known)
				.mapToDouble(i -> (profiles[i][feature] - mean) * (profiles[i][feature] - mean))
				.average()
				.orElseThrow());
			for (int i = 0; i < unit.length; i++) unit[i][f] = sd > 0 ? (profiles[i][f] - mean) / sd : 0;
		}
		for (final double[] row : unit) {
			final double length = Math.sqrt(Arrays.stream(row).map(v -> v * v).sum());
			if (length > 0) for (int f = 0; f < n; f++) row[f] /= length;
		}
		return Arrays.stream(tested).map(i -> {
			int best = known[0];
			double most = Double.NEGATIVE_INFINITY;
			for (final int j : known) {
				double product = 0;
				for (int f = 0; f < n; f++) product += unit[i][f] * unit[j][f];
				if (product > most) {
					most = product;
					best = j;
				}
			}
			return of[best];
		}).toArray();
	}

	private static double accuracy(final int[] tested, final int[] predicted, final int[] of) {
		return IntStream.range(0, tested.length).filter(i -> predicted[i] == of[tested[i]]).count() /
			(double) tested.length;
	}

	private static double mean(final double[] values, final IntPredicate which) {
		return IntStream.range(0, values.length).filter(which).mapToDouble(i -> values[i]).average().orElseThrow();
	}

	private static int[] rows(final int n, final IntPredicate which) {
		return IntStream.range(0, n).filter(which).toArray();
	}
}
