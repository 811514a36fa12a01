// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.github.isophene.embedding.TileNetwork;
import io.github.isophene.engine.Engines;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.recipe.RealTiles;

/**
 * Share of places in real images that are found again: the second crop of a place, after a change by the camera, has
 * the first crop of the same place as its nearest among those of all places of the stain (cosine of features
 * standardized by the first crops). Of the validation part of the pool, which nothing is trained on; the score of a
 * stain that has fewer than {@value #LEAST} places isn't taken.
 * <p>
 * Arguments: {@code pool=FOLDER models=default,fixed-seed seed=1}; models as in {@link EncoderBench}.
 * </p>
 */
public final class FoundAgainBench {

	private static final int SIZE = 96;
	private static final int MOST = 95;
	private static final int LEAST = 10;

	private static final Map<String, RealTiles.Camera> CHANGES = new LinkedHashMap<>();
	static {
		CHANGES.put("blur 1 px", new RealTiles.Camera(1, 0, 0, 0));
		CHANGES.put("noise 2 %", new RealTiles.Camera(0, 0, 0, .02));
		CHANGES.put("gain 0.7", new RealTiles.Camera(0, Math.log(.7), 0, 0));
		CHANGES.put("offset 5 %", new RealTiles.Camera(0, 0, .05, 0));
	}

	private FoundAgainBench() {}

	public static void main(final String... given) throws IOException {
		final Map<String, String> arguments = new LinkedHashMap<>(
			Map.of("pool", "", "models", "default,fixed-seed", "seed", "1", "threads", "1"));
		for (final String argument : given) {
			final String[] pair = argument.split("=", 2);
			if (pair.length < 2 || arguments.put(pair[0], pair[1]) == null)
				throw new IllegalArgumentException(argument);
		}
		Engines.setThreads(Integer.parseInt(arguments.get("threads")));
		final RealTiles tiles = new RealTiles(Path.of(arguments.get("pool")), true);
		final Map<String, List<Integer>> places = new TreeMap<>();
		final RandomStream random = RandomStream.of(Long.parseLong(arguments.get("seed")), "places");
		final int[] order = new int[tiles.count()];
		for (int i = 0; i < order.length; i++) order[i] = i;
		random.shuffle(order);
		for (final int i : order) {
			final List<Integer> own = places.computeIfAbsent(tiles.stain(i), k -> new ArrayList<>());
			if (own.size() < MOST) own.add(i);
		}
		places.values().removeIf(p -> p.size() < LEAST);
		System.out.print("| model |");
		places.forEach((stain, own) -> System.out.print(" " + stain + ", " + own.size() + " |"));
		CHANGES.keySet().forEach(change -> System.out.print(" " + change + " |"));
		System.out.println(" mean |");
		for (final String model : arguments.get("models").split(",")) {
			try (TileNetwork network = EncoderProbes.network(model)) {
				System.out.println("| " + model + row(network, tiles, places, Long.parseLong(arguments.get("seed"))));
			}
		}
	}

	private static String row(final TileNetwork network, final RealTiles tiles, final Map<String, List<Integer>> places,
		final long seed)
	{
		final Map<String, Double> ofChange = new LinkedHashMap<>();
		final StringBuilder row = new StringBuilder(" |");
		double mean = 0;
		for (final List<Integer> own : places.values()) {
			final float[][] first = embed(network, tiles, own, new RealTiles.Camera(0, 0, 0, 0), seed);
			double ofStain = 0;
			int k = 1;
			for (final Map.Entry<String, RealTiles.Camera> change : CHANGES.entrySet()) {
				final double share = found(first, embed(network, tiles, own, change.getValue(), seed + 1000 * k++));
				ofChange.merge(change.getKey(), share / places.size(), Double::sum);
				ofStain += share / CHANGES.size();
			}
			row.append(String.format(Locale.ROOT, " %.3f |", ofStain));
			mean += ofStain / places.size();
		}
		ofChange.values().forEach(v -> row.append(String.format(Locale.ROOT, " %.3f |", v)));
		return row.append(String.format(Locale.ROOT, " %.3f |", mean)).toString();
	}

	private static float[][] embed(final TileNetwork network, final RealTiles tiles, final List<Integer> places,
		final RealTiles.Camera camera, final long seed)
	{
		final FloatBuffer buffer = ByteBuffer.allocateDirect(4 * places.size() * SIZE * SIZE)
			.order(ByteOrder.nativeOrder())
			.asFloatBuffer();
		for (int i = 0; i < places.size(); i++)
			tiles.read(places.get(i), SIZE, RandomStream.of(seed, "view", i), camera,
				buffer.slice(i * SIZE * SIZE, SIZE * SIZE));
		return network.embed(buffer, places.size(), 1, SIZE);
	}

	private static double found(final float[][] first, final float[][] second) {
		final int d = first[0].length;
		final double[] mean = new double[d];
		final double[] sd = new double[d];
		for (final float[] row : first) for (int f = 0; f < d; f++) mean[f] += row[f] / (double) first.length;
		for (final float[] row : first)
			for (int f = 0; f < d; f++) sd[f] += (row[f] - mean[f]) * (row[f] - mean[f]) / first.length;
		for (int f = 0; f < d; f++) sd[f] = Math.sqrt(sd[f]);
		final double[][] a = unit(first, mean, sd);
		final double[][] b = unit(second, mean, sd);
		int found = 0;
		for (int i = 0; i < b.length; i++) {
			int best = -1;
			double most = Double.NEGATIVE_INFINITY;
			for (int j = 0; j < a.length; j++) {
				double product = 0;
				for (int f = 0; f < d; f++) product += a[j][f] * b[i][f];
				if (product > most) {
					most = product;
					best = j;
				}
			}
			if (best == i) found++;
		}
		return (double) found / b.length;
	}

	private static double[][] unit(final float[][] rows, final double[] mean, final double[] sd) {
		final double[][] unit = new double[rows.length][mean.length];
		for (int i = 0; i < rows.length; i++) {
			double square = 0;
			for (int f = 0; f < mean.length; f++) {
				unit[i][f] = sd[f] > 0 ? (rows[i][f] - mean[f]) / sd[f] : 0;
				square += unit[i][f] * unit[i][f];
			}
			for (int f = 0; f < mean.length; f++) unit[i][f] /= Math.max(1e-12, Math.sqrt(square));
		}
		return unit;
	}
}
