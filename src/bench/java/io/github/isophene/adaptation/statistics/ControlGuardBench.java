// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.statistics;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.github.isophene.adaptation.MemoryTiles;
import io.github.isophene.adaptation.controls.ControlGuard;
import io.github.isophene.engine.Engines;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.ChannelMoments;
import io.github.isophene.network.Initialization;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.pixels.ChannelReader;
import io.github.isophene.pixels.Downscale;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.pixels.Intensity;
import io.github.isophene.pixels.Layout;
import io.github.isophene.pixels.ScreenFields;
import io.github.isophene.pixels.Tile;
import io.github.isophene.pixels.TileCopier;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenTable;
import io.github.isophene.screen.Selection;

/**
 * Sensitivity of the control guard to treated wells among the controls, and its false alarms. Each
 * plate of a
 * simulated screen in turn: so many of its DMSO wells, a share of them replaced by wells of one class.
 * <p>
 * Arguments: {@code screen.csv model.zip wells draws}. A line per share of wrong wells: found, accused, and
 * quantiles of the
 * scores over the median score.
 * </p>
 */
public final class ControlGuardBench {

	private ControlGuardBench() {}

	public static void main(final String[] arguments) throws IOException {
		final Screen screen = ScreenTable.read(Path.of(arguments[0]));
		final Model model = Files.exists(Path.of(arguments[1])) ? Model.load(Path.of(arguments[1]))
			: untrained(screen.channels());
		final int wells = Integer.parseInt(arguments[2]);
		final int draws = Integer.parseInt(arguments[3]);
		final Random random = new Random(1);
		final Map<String, List<double[]>> wrongs = new TreeMap<>();
		final Map<String, List<double[]>> rights = new TreeMap<>();
		try (ExactBatchPass batch = new ExactBatchPass(model, Engines.device("cpu"), PlateStatistics.MEMORY)) {
			for (final Map.Entry<String, List<Field>> plate : screen.plates().entrySet()) {
				final Map<String, Map<String, MemoryTiles>> byClass = load(screen, plate.getValue(), model);
				for (final String treated : byClass.keySet()) {
					if (treated.equals("0")) continue;
					for (int d = 0; d < draws; d++) {
						for (final double share : new double[]{0, 0.1, 0.3}) {
							final int n = (int) Math.round(share * wells);
							if (share > 0 && n == 0) continue;
							final List<MemoryTiles> of = new ArrayList<>(some(byClass.get("0"), wells - n, random));
							of.addAll(some(byClass.get(treated), n, random));
							final double[] scores = scores(batch, of);
							final double[] sorted = scores.clone();
							Arrays.sort(sorted);
							final double median = (sorted[(of.size() - 1) / 2] + sorted[of.size() / 2]) / 2;
							final double[] log = Arrays.stream(scores).map(Math::log).toArray();
							final double middle = Math.log(median);
							final double[] off = Arrays.stream(log).map(s -> Math.abs(s - middle)).sorted().toArray();
							final double mad = 1.4826 * (off[(of.size() - 1) / 2] + off[of.size() / 2]) / 2;
							for (int w = 0; w < scores.length; w++) {
								final String key = String.format(Locale.ROOT, "%.1f", share);
								(w < wells - n ? rights : wrongs)
									.computeIfAbsent(key + (w < wells - n ? "" : " class " + treated),
										k -> new ArrayList<>())
									.add(new double[]{scores[w] / median,
										(log[w] - middle) / Math.max(ControlGuard.LEAST_SPREAD, mad)});
							}
						}
					}
				}
			}
		}
		rights.forEach((k, v) -> print("right, share " + k, v));
		wrongs.forEach((k, v) -> print("wrong, share " + k, v));
	}

	private static Model untrained(final List<String> channels) {
		final Architecture architecture = Architecture.of("resnet18", channels.size(), 16, 2);
		return new Model(new ModelCard("untrained", "", architecture, ModelCard.Input.ALL_CHANNELS, channels, 80, "2",
			"typemax", List.of("a", "b"), "", StatisticsOrigin.TRAINING, Map.of()),
			Initialization.random(architecture, 1));
	}

	private static void print(final String what, final List<double[]> values) {
		final double[] ratio = values.stream().mapToDouble(v -> v[0]).sorted().toArray();
		final double[] z = values.stream().mapToDouble(v -> v[1]).sorted().toArray();
		System.out.printf(Locale.ROOT,
			"%s: n %d, score/median 5%% %.2f 50%% %.2f 95%% %.2f max %.2f; robust sd 1%% %.1f 5%% %.1f 50%% %.1f " +
				"95%% %.1f 99%% %.1f max %.1f; above limit %.3f%n",
			what, ratio.length, at(ratio, .05), at(ratio, .5), at(ratio, .95), at(ratio, 1), at(z, .01), at(z, .05),
			at(z, .5), at(z, .95), at(z, .99), at(z, 1),
			Arrays.stream(z).filter(x -> x > ControlGuard.LIMIT).count() / (double) z.length);
	}

	private static double at(final double[] sorted, final double q) {
		return sorted[(int) Math.round(q * (sorted.length - 1))];
	}

	static double[] scores(final ExactBatchPass batch, final List<MemoryTiles> wells) throws IOException {
		final MemoryTiles first = wells.get(0);
		final MemoryTiles all = new MemoryTiles(first.channels(), first.size(), first.size());
		final List<Integer> groups = new ArrayList<>();
		for (int w = 0; w < wells.size(); w++) {
			for (int t = 0; t < wells.get(w).count(); t++) {
				final FloatBuffer values = FloatBuffer.allocate(first.values());
				wells.get(w).read(t, values);
				all.add(w, values.array());
				groups.add(w);
			}
		}
		final List<ChannelMoments[]> layers = new ArrayList<>();
		batch.embeddings(all, groups.stream().mapToInt(Integer::intValue).toArray(), (layer, of) -> {
			layers.add(of);
			return ChannelMoments.sum(of).biased();
		}, 0);
		return ControlGuard.scores(layers, wells.size());
	}

	private static List<MemoryTiles> some(final Map<String, MemoryTiles> wells, final int n, final Random random) {
		final List<MemoryTiles> all = new ArrayList<>(wells.values());
		Collections.shuffle(all, random);
		return all.subList(0, Math.min(n, all.size()));
	}

	/** By class, by well. */
	static Map<String, Map<String, MemoryTiles>> load(final Screen screen, final List<Field> fields, final Model model)
		throws IOException
	{
		final int size = model.card().tileSize();
		final ScreenFields read = new ScreenFields(new ChannelReader(FieldReaders.builtIn(), screen.channels(),
			model.card().channels(), Downscale.parse(model.card().downscale())), fields,
			Intensity.parse(model.card().intensity()), Selection.NONE);
		final Map<String, Map<String, MemoryTiles>> wells = new LinkedHashMap<>();
		for (int i = 0; i < read.size(); i++) {
			final var field = read.read(i);
			final FloatBuffer values = FloatBuffer.allocate(screen.channels().size() * size * size);
			new TileCopier().copy(field.image(),
				new Tile((field.width() - size) / 2, (field.height() - size) / 2, size), field.scales(), Layout.NCHW,
				values);
			wells.computeIfAbsent(fields.get(i).get("Metadata_Class"), k -> new LinkedHashMap<>())
				.computeIfAbsent(fields.get(i).well(), w -> new MemoryTiles(screen.channels().size(), size, size))
				.add(0, values.array());
		}
		return wells;
	}

	static int[] range(final int n) {
		return IntStream.range(0, n).toArray();
	}
}
