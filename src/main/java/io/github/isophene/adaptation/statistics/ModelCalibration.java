// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.statistics;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.github.isophene.adaptation.tiles.ChosenTiles;
import io.github.isophene.engine.Engines;
import io.github.isophene.network.BatchStatistics;
import io.github.isophene.network.ChannelMoments;
import io.github.isophene.network.Model;
import io.github.isophene.network.NormParameters;
import io.github.isophene.network.StatisticsCalibration;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.pixels.TileSource;

/**
 * Learns a {@link StatisticsCalibration} from plates of usual mixture, one pass over the images of each, layer by
 * layer in bounded memory.
 * <p>
 * At each layer, mean mu and biased variance s2 of the plate are taken with weights w / n per query and (1 - w) / n'
 * per control, as if the plate had the mixture of queries and controls that the network was trained for; the layer
 * normalizes by them. In units of that, m and v being mean and biased variance of the controls alone,
 * </p>
 *
 * <pre>
 * D = mean over plates of (m - mu) / sqrt(s2 + eps)
 * V = mean over plates of (v + (m - mu)^2) / (s2 + eps)  -  D^2      at least .05
 * </pre>
 * <p>
 * and E1, E2 of each class likewise. Labels aren't used, but for the classes' moments.
 * </p>
 */
public final class ModelCalibration {

	/**
	 * Key of {@link io.github.isophene.network.ModelCard#training}: the largest departure of a class from the
	 * controls.
	 */
	public static final String DEPARTURE = "departure.threshold";

	/** Most plates to learn from (our choice): the numbers differ little between plates. */
	public static final int PLATES = 32;

	/** Most queries of a plate to learn from (our choice). */
	public static final int QUERIES = 256;

	/** Most controls of a plate to learn from (our choice). */
	public static final int CONTROLS = 128;

	/** Weight of the queries in published episodes: 64 of 192. */
	private static final double PUBLISHED_SHARE = 1.0 / 3;

	/**
	 * Images of one plate.
	 *
	 * @param name the plate's name
	 * @param queries images of treated wells
	 * @param classes class of each query, counted from 0; -1 or a shorter array: not known
	 * @param controls images of negative controls
	 */
	public record Plate(String name, TileSource queries, int[] classes, TileSource controls) {}

	private final Model model;
	private final double share;
	private final int classes;
	private final Map<String, Sums> sums = new LinkedHashMap<>();
	private int plates;
	private double departure;

	/**
	 * Starts with no plate.
	 *
	 * @param queryShare w, the weight of the queries in the batch that the network expects, from 0 to 1
	 * @param withClasses whether to learn the moments of the classes
	 */
	public ModelCalibration(final Model model, final double queryShare, final boolean withClasses) {
		if (!(queryShare >= 0 && queryShare <= 1))
			throw new IllegalArgumentException("The share of queries is " + queryShare + ", but must be from 0 to 1");
		if (!model.card().architecture().adapts())
			throw new IllegalArgumentException("The model '" + model.card().name() + "' has " +
				model.card().architecture().norms().label() +
				" normalization: each image is normalized by itself, so there is nothing to calibrate");
		this.model = model;
		share = queryShare;
		final int k = model.card().architecture().classes();
		classes = withClasses && k <= StatisticsCalibration.MAX_CLASSES ? k : 0;
		model.card().architecture().convolutions().forEach(c -> sums.put(c.norm(), new Sums(c.out(), classes)));
	}

	/**
	 * Returns the weight of the queries in the batch that a model expects: from what it was trained for and, where its
	 * record has them, the sizes of its episodes.
	 */
	public static double queryShare(final Model model) {
		if (model.card().statistics() == StatisticsOrigin.CONTROLS) return 0;
		if (model.card().statistics() != StatisticsOrigin.JOINT) return 1;
		final Map<String, String> record = model.card().training();
		try {
			final double queries = Integer.parseInt(record.getOrDefault("episode.queries", ""));
			final double controls = Integer.parseInt(record.getOrDefault("episode.controls", ""));
			if (queries > 0 && controls > 0) return queries / (queries + controls);
		}
		catch (final NumberFormatException exc) {
			// Of a model that was trained elsewhere: the published sizes.
		}
		return PUBLISHED_SHARE;
	}

	/**
	 * Adds a plate.
	 *
	 * @param device see {@link Engines#device(String)}
	 * @param memory bytes of activations to hold at most, see {@link PlateStatistics#MEMORY}
	 * @return whether it could be used: it needs controls and, unless the share of queries is 0, queries
	 * @throws IOException if an image can't be read
	 */
	public boolean add(final Plate plate, final String device, final long memory) throws IOException {
		final int controls = plate.controls().count();
		final int queries = plate.queries().count();
		if (controls == 0 || queries == 0 && share > 0) return false;
		model.checkChannels(plate.controls().channels());
		// Images of one class lie together, so that their moments are taken at once.
		final int[] order = IntStream.range(0, queries)
			.boxed()
			.sorted((a, b) -> Integer.compare(group(plate, a), group(plate, b)))
			.mapToInt(Integer::intValue)
			.toArray();
		final int[] chosen = new int[controls + queries];
		final int[] groups = new int[chosen.length];
		for (int i = 0; i < controls; i++) chosen[i] = queries + i;
		for (int i = 0; i < queries; i++) {
			chosen[controls + i] = order[i];
			groups[controls + i] = group(plate, order[i]);
		}
		final Pass pass = new Pass();
		try (ExactBatchPass batch = new ExactBatchPass(model, Engines.device(device), memory)) {
			batch.embeddings(new ChosenTiles(plate.queries(), plate.controls(), chosen), groups, pass, 0);
		}
		pass.values.forEach((layer, values) -> sums.get(layer).add(values));
		for (final Map<String, BatchStatistics.LayerStatistics> of : pass.groups.values()) {
			departure = Math.max(departure,
				Drift.between(new BatchStatistics(of), new BatchStatistics(pass.controls), OptionalDouble.empty())
					.total());
		}
		plates++;
		return true;
	}

	/** Returns 0 for controls, k + 1 for class k, and one more for queries of no known class. */
	private int group(final Plate plate, final int query) {
		final int label = query < plate.classes().length ? plate.classes()[query] : -1;
		return label < 0 || label >= classes ? classes + 1 : label + 1;
	}

	/** Returns the number of plates it has learned from. */
	public int plates() {
		return plates;
	}

	/**
	 * Returns the model with what was learned.
	 *
	 * @throws IllegalArgumentException if no plate could be used
	 */
	public Model result() {
		if (plates == 0)
			throw new IllegalArgumentException("No plate has negative controls and queries to calibrate the model '" +
				model.card().name() + "' from: say which wells are negative controls");
		final Map<String, StatisticsCalibration.LayerCalibration> layers = new LinkedHashMap<>();
		sums.forEach((name, s) -> layers.put(name, s.result(plates)));
		final Map<String, String> record = new TreeMap<>(model.card().training());
		record.put(DEPARTURE, String.format(Locale.ROOT, "%.6g", departure));
		return new Model(model.card().with(model.card().statistics(), record), model.weights(),
			Optional.of(new StatisticsCalibration(layers, share, plates)));
	}

	/** One plate on its way through the network. */
	private final class Pass implements ExactBatchPass.LayerRule {

		/**
		 * By layer: first and second moment, in units of the expected batch, of controls, each class, and the
		 * others.
		 */
		private final Map<String, double[][][]> values = new LinkedHashMap<>();
		private final Map<String, BatchStatistics.LayerStatistics> controls = new LinkedHashMap<>();
		/** By group of queries, by layer. */
		private final Map<Integer, Map<String, BatchStatistics.LayerStatistics>> groups = new TreeMap<>();

		@Override
		public BatchStatistics.LayerStatistics statistics(final String layer, final ChannelMoments[] of) {
			final int channels = of[0].channels();
			final ChannelMoments queries = share > 0 ? ChannelMoments.sum(Arrays.copyOfRange(of, 1, of.length)) : null;
			controls.put(layer, of[0].biased());
			for (int g = 1; g < of.length; g++) {
				if (of[g].count() > 0) groups.computeIfAbsent(g, k -> new LinkedHashMap<>()).put(layer, of[g].biased());
			}
			final float[] mean = new float[channels];
			final float[] variance = new float[channels];
			final double[][][] units = new double[2][of.length][];
			for (int g = 0; g < of.length; g++) {
				if (of[g].count() == 0) continue;
				units[0][g] = new double[channels];
				units[1][g] = new double[channels];
			}
			for (int c = 0; c < channels; c++) {
				final double mu = share * (share > 0 ? queries.mean(c) : 0) + (1 - share) * of[0].mean(c);
				final double s2 = share * (share > 0 ? square(queries, c, mu) : 0) + (1 - share) * square(of[0], c, mu);
				mean[c] = (float) mu;
				variance[c] = (float) s2;
				final double guarded = s2 + NormParameters.EPSILON;
				for (int g = 0; g < of.length; g++) {
					if (units[0][g] == null) continue;
					units[0][g][c] = (of[g].mean(c) - mu) / Math.sqrt(guarded);
					units[1][g][c] = square(of[g], c, mu) / guarded;
				}
			}
			values.put(layer, units);
			return new BatchStatistics.LayerStatistics(mean, variance);
		}

		/** Mean square of the distance from mu. */
		private double square(final ChannelMoments of, final int c, final double mu) {
			return of.variance(c) + (of.mean(c) - mu) * (of.mean(c) - mu);
		}
	}

	/** Sums over the plates at one layer. */
	private static final class Sums {

		private final double[][] first;
		private final double[][] second;
		private final int[] counts;

		Sums(final int channels, final int classes) {
			first = new double[classes + 2][channels];
			second = new double[classes + 2][channels];
			counts = new int[classes + 2];
		}

		void add(final double[][][] units) {
			for (int g = 0; g < units[0].length; g++) {
				if (units[0][g] == null) continue;
				counts[g]++;
				for (int c = 0; c < first[g].length; c++) {
					first[g][c] += units[0][g][c];
					second[g][c] += units[1][g][c];
				}
			}
		}

		StatisticsCalibration.LayerCalibration result(final int plates) {
			final int channels = first[0].length;
			final float[] offset = new float[channels];
			final float[] variance = new float[channels];
			for (int c = 0; c < channels; c++) {
				final double d = first[0][c] / plates;
				offset[c] = (float) d;
				variance[c] = (float) Math.max(StatisticsCalibration.LEAST_VARIANCE, second[0][c] / plates - d * d);
			}
			// Of a class that no plate has, nothing is known; without any class there is no mixture.
			final boolean all = first.length > 2 && IntStream.range(1, first.length - 1).allMatch(g -> counts[g] > 0);
			return new StatisticsCalibration.LayerCalibration(offset, variance, all ? classes(first) : new float[0][],
				all ? classes(second) : new float[0][]);
		}

		private float[][] classes(final double[][] moments) {
			final List<float[]> rows = new ArrayList<>();
			for (int g = 0; g < moments.length - 1; g++) {
				final float[] row = new float[moments[g].length];
				for (int c = 0; c < row.length; c++) row[c] = (float) (moments[g][c] / counts[g]);
				rows.add(row);
			}
			return rows.toArray(float[][]::new);
		}
	}
}
