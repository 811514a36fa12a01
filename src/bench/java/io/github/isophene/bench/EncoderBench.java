// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.github.isophene.demo.DemoOptions;
import io.github.isophene.demo.DemoScreen;
import io.github.isophene.demo.Phenotype;
import io.github.isophene.embedding.TileNetwork;
import io.github.isophene.engine.Engines;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.pixels.Intensity;
import io.github.isophene.progress.Progress;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenTable;
import net.imglib2.img.Img;

/**
 * Score of profiles of simulated screens: a linear probe and the nearest neighbor
 * tell the phenotype of fields of batches that they haven't seen, and, as what should not be
 * possible, the batch of control fields of other wells. One screen per seed: ten phenotypes,
 * 8 batches of a plate, the probes learn from the first 4. The default model has seen neither
 * these screens nor these phenotypes.
 * <p>
 * Arguments: {@code file=encoder_bench.csv folder=target/bench/encoder seeds=1-6
 * models=default,fixed-seed,intensity shift=1 scaling=auto:0.1:99.9}. A model is what {@link
 * EncoderProbes#network} takes, or {@code intensity} for statistics of the pixels in counts. The default
 * scaling is that of Embed Screen, by the control wells of each plate. What is in the
 * file already isn't measured again; at the end come mean and sd over the seeds in it.
 * </p>
 */
public final class EncoderBench {

	private static final String HEADER = "shift,scaling,seed,model,profiles,measure,value\n";
	private static final int BATCHES = 8;

	private EncoderBench() {}

	public static void main(final String... given) throws IOException {
		final Map<String,
			String> arguments = new LinkedHashMap<>(
				Map.of("file", "encoder_bench.csv", "folder", "target/bench/encoder", "seeds", "1-6", "models",
					"default,fixed-seed,intensity", "shift", "1", "threads", "1", "scaling", Intensity.DEFAULT));
		for (final String argument : given) {
			final String[] pair = argument.split("=", 2);
			if (pair.length < 2 || arguments.put(pair[0], pair[1]) == null)
				throw new IllegalArgumentException(argument);
		}
		Engines.setThreads(Integer.parseInt(arguments.get("threads")));
		final Path file = Path.of(arguments.get("file"));
		if (Files.notExists(file)) Files.writeString(file, HEADER);
		final String[] seeds = arguments.get("seeds").split("-");
		final double shift = Double.parseDouble(arguments.get("shift"));
		for (int seed = Integer.parseInt(seeds[0]); seed <= Integer.parseInt(seeds[seeds.length - 1]); seed++) {
			Screen screen = null;
			for (final String model : arguments.get("models").split(",")) {
				final String key = shift + "," + arguments.get("scaling") + "," + seed + "," + model + ",";
				if (Files.readAllLines(file).stream().anyMatch(line -> line.startsWith(key))) continue;
				if (screen == null) screen = screen(Path.of(arguments.get("folder")), shift, seed);
				final StringBuilder rows = new StringBuilder();
				measure(screen, model, arguments.get("scaling")).forEach(
					(measure, value) -> rows.append(String.format(Locale.ROOT, "%s%s,%.4f%n", key, measure, value)));
				Files.writeString(file, rows, StandardOpenOption.APPEND);
			}
		}
		summarize(file);
	}

	private static Screen screen(final Path folder, final double shift, final int seed) throws IOException {
		final Path own = folder.resolve("screen" + seed + "_" + shift);
		final Path table = own.resolve("screen.csv");
		return Files.exists(table) ? ScreenTable.read(table)
			: DemoScreen
				.write(own,
					DemoOptions.defaults()
						.withBatches(BATCHES)
						.withPlates(1)
						.withWells(28)
						.withFields(2)
						.withClasses(Phenotype.basic().size())
						.withShift(shift)
						.withSeed(900 + seed),
					Progress.NONE)
				.screen();
	}

	private static Map<String, Double> measure(final Screen screen, final String model, final String scaling)
		throws IOException
	{
		final List<Field> fields = screen.fields();
		final float[][] profiles = profiles(screen, model, scaling);
		final Map<String, Double> measures = new LinkedHashMap<>();
		new EncoderProbes(fields, profiles).measure().forEach((name, value) -> measures.put("raw," + name, value));
		new EncoderProbes(fields, EncoderProbes.onControls(fields, profiles)).measure()
			.forEach((name, value) -> measures.put("controls," + name, value));
		return measures;
	}

	private static float[][] profiles(final Screen screen, final String model, final String scaling)
		throws IOException
	{
		final List<Field> fields = screen.fields();
		final float[][] profiles = new float[fields.size()][];
		if (model.equals("intensity")) {
			for (int i = 0; i < profiles.length; i++)
				profiles[i] = EncoderProbes.intensity(FieldReaders.builtIn().read(fields.get(i)));
			return profiles;
		}
		try (TileNetwork network = EncoderProbes.network(model)) {
			final ScaledFields scaled = new ScaledFields(screen, Intensity.forModel(scaling, network.intensity()));
			for (int i = 0; i < profiles.length; i++) profiles[i] = scaled.embed(network, fields.get(i));
		}
		return profiles;
	}

	private static void summarize(final Path file) throws IOException {
		final Map<String, List<Double>> values = new TreeMap<>();
		for (final String line : Files.readAllLines(file).subList(1, Files.readAllLines(file).size())) {
			final String[] cells = line.split(",");
			final String key = String.join(" ", cells[0], cells[1], cells[4], cells[5], cells[3]);
			values.computeIfAbsent(key, k -> new ArrayList<>())
				.add(Double.valueOf(cells[6]));
		}
		values.forEach((key, v) -> {
			final double mean = v.stream().mapToDouble(x -> x).average().orElseThrow();
			final double sd = Math
				.sqrt(v.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum() / Math.max(1, v.size() - 1));
			System.out.printf(Locale.ROOT, "%-80s %.3f +- %.3f  (n = %d)%n", key, mean, sd, v.size());
		});
	}
}
