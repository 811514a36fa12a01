// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.finetuning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.github.isophene.IsopheneService;
import io.github.isophene.engine.Engines;
import io.github.isophene.numerics.StudentT;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenTable;
import io.github.isophene.training.DataOptions;
import io.github.isophene.training.EpochRecord;
import io.github.isophene.training.TrainedPart;
import io.github.isophene.training.TrainingOptions;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.optimizer.LearningRate;
import io.github.isophene.training.optimizer.OptimizerOptions;
import org.scijava.Context;

/**
 * Comparison of ordinary training from the built-in model with training from scratch, by the same steps, images,
 * learning rate and width, with all channels together and with each channel by itself. A line of CSV per training;
 * what is in the file already isn't trained again, and the table of all lines comes at the end.
 * <p>
 * Arguments: {@code file=start_bench.csv name=virtual screen=virtual{seed}/screen.csv label=Metadata_Class
 * heldout=B7,B8 seeds=1-5 epochs=10 downscale=mean:2 tile=32 rate=0.002 images=32}. {@code {seed}} in {@code screen}
 * stands for the seed; {@code heldout} may name other batches for each seed, with semicolons between
 * ({@code B1,B2;B3,B4}, the first of seed 1). {@code seeds=0} only prints the table.
 * </p>
 */
public final class StartBench {

	private static final String HEADER = "data,seed,arm,steps,training,validation,heldout,intensity\n";

	/** Trainings by name: start model, architecture, trained part. */
	private enum Arm {
		SCRATCH_JOINT("scratch, joint", "", "resnet18:16", TrainedPart.WHOLE),
		START_JOINT("`start=default`, joint", "default", "resnet18:16", TrainedPart.WHOLE),
		SCRATCH_EACH("scratch, each", "", "resnet18-each:16", TrainedPart.WHOLE),
		START_EACH("`start=default`, each", "default", "resnet18-each:16", TrainedPart.WHOLE),
		HEAD_EACH("`start=default`, each, `train=head`", "default", "resnet18-each:16", TrainedPart.HEAD);

		private final String title;
		private final String start;
		private final String architecture;
		private final TrainedPart part;

		Arm(final String title, final String start, final String architecture, final TrainedPart part) {
			this.title = title;
			this.start = start;
			this.architecture = architecture;
			this.part = part;
		}
	}

	private final Map<String, String> arguments;
	private final Path file;

	private StartBench(final Map<String, String> arguments) {
		this.arguments = arguments;
		file = Path.of(arguments.get("file"));
	}

	public static void main(final String... given) throws IOException {
		final Map<String, String> arguments = new LinkedHashMap<>(Map.of("file", "start_bench.csv", "name", "",
			"screen", "", "label", "Metadata_Class", "heldout", "", "seeds", "1-5", "epochs", "10", "rate", "0.002",
			"images", "32"));
		arguments.put("downscale", "mean:2");
		arguments.put("tile", "32");
		for (final String argument : given) {
			final String[] pair = argument.split("=", 2);
			if (pair.length < 2 || arguments.put(pair[0], pair[1]) == null)
				throw new IllegalArgumentException(argument);
		}
		Engines.setThreads(1);
		final StartBench bench = new StartBench(arguments);
		try (Context context = new Context()) {
			bench.run(context.service(IsopheneService.class));
		}
		bench.table();
	}

	private void run(final IsopheneService service) throws IOException {
		if (Files.notExists(file)) Files.writeString(file, HEADER);
		final String[] seeds = arguments.get("seeds").split("-");
		for (int seed = Math.max(1, Integer.parseInt(seeds[0])); seed <= Integer.parseInt(seeds[seeds.length - 1]);
			seed++)
		{
			final Screen screen = ScreenTable.read(
				Path.of(arguments.get("screen").replace("{seed}", Integer.toString(seed))));
			for (final Arm arm : Arm.values()) {
				final String key = arguments.get("name") + "," + seed + "," + arm + ",";
				if (Files.readAllLines(file).stream().anyMatch(l -> l.startsWith(key))) continue;
				final String row = key + train(service, screen, seed, arm);
				Files.writeString(file, row, StandardOpenOption.APPEND);
				System.out.print(row);
			}
		}
	}

	private String train(final IsopheneService service, final Screen screen, final int seed, final Arm arm)
		throws IOException
	{
		final int epochs = Integer.parseInt(arguments.get("epochs"));
		final String[] heldOut = arguments.get("heldout").split(";");
		final Path folder = Files.createTempDirectory("isophene-start-bench-");
		final FineTuneReport report = service.fineTune(screen, FineTuneOptions
			.into(folder.resolve("model.zip"),
				DataOptions.of(arguments.get("label"), "Metadata_Batch", "Metadata_pert_type=negcon")
					.withHeldOut(heldOut[Math.min(seed, heldOut.length) - 1])
					.withDownscale(arguments.get("downscale"))
					.withTile(Integer.parseInt(arguments.get("tile")), DataOptions.Augment.FLIPS))
			.withObjective("erm")
			.withStart(arm.start, arm.architecture)
			.withTraining(TrainingOptions.PUBLISHED.withEpochs(epochs, epochs)
				.withPart(arm.part)
				.withSeed(seed)
				.withDevice("cpu")
				.withSizes(new EpisodeSizes(Integer.parseInt(arguments.get("images")), 0, 1))
				.withOptimizer(OptimizerOptions.adam(Double.parseDouble(arguments.get("rate")))
					.withSchedule(LearningRate.Schedule.COSINE))));
		final List<EpochRecord> log = report.result().log();
		final EpochRecord last = log.get(log.size() - 1);
		final String row = String.format(Locale.ROOT, "%d,%.4f,%.4f,%s,%s%n", last.step(), last.trainingAccuracy(),
			last.validationAccuracy(),
			log.stream().map(e -> String.format(Locale.ROOT, "%.4f", e.heldOutAccuracy())).collect(
				Collectors.joining(" ")),
			report.model().card().intensity().replace(',', ';'));
		try (var files = Files.list(folder)) {
			for (final Path written : files.toList()) Files.delete(written);
		}
		Files.delete(folder);
		return row;
	}

	/** Prints a row per data set and training; paired differences over the seeds that both have. */
	private void table() throws IOException {
		final Map<String, Map<Arm, Map<Integer, String[]>>> rows = new TreeMap<>();
		final List<String> lines = Files.readAllLines(file);
		for (final String line : lines.subList(1, lines.size())) {
			final String[] cells = line.split(",");
			rows.computeIfAbsent(cells[0], k -> new TreeMap<>())
				.computeIfAbsent(Arm.valueOf(cells[2]), k -> new TreeMap<>())
				.put(Integer.parseInt(cells[1]), cells);
		}
		System.out.println("| data | training | seeds | steps | in training | new batches, a quarter of the steps | " +
			"new batches, all steps | - scratch, the same form |");
		System.out.println("| --- | --- | --: | --: | --: | --: | --: | --: |");
		rows.forEach((data, arms) -> arms.forEach((arm, seeds) -> {
			final Map<Integer, String[]> scratch = arms.getOrDefault(switch (arm) {
				case START_JOINT -> Arm.SCRATCH_JOINT;
				case START_EACH, HEAD_EACH -> Arm.SCRATCH_EACH;
				default -> arm;
			}, Map.of());
			final double[] differences = seeds.keySet()
				.stream()
				.filter(s -> scratch != seeds && scratch.containsKey(s))
				.mapToDouble(s -> 100 * (accuracy(seeds.get(s), 1) - accuracy(scratch.get(s), 1)))
				.toArray();
			System.out.printf(Locale.ROOT, "| %s | %s | %d | %s | %s | %s | %s | %s |%n", data, arm.title,
				seeds.size(), seeds.values().iterator().next()[3],
				spread(seeds.values().stream().mapToDouble(c -> Double.parseDouble(c[4])).toArray()),
				spread(seeds.values().stream().mapToDouble(c -> accuracy(c, 0.25)).toArray()),
				spread(seeds.values().stream().mapToDouble(c -> accuracy(c, 1)).toArray()), interval(differences));
		}));
	}

	/** Accuracy on held-out batches after a share of the epochs. */
	private static double accuracy(final String[] cells, final double share) {
		final String[] epochs = cells[6].split(" ");
		return Double.parseDouble(epochs[(int) Math.ceil(share * epochs.length) - 1]);
	}

	private static double mean(final double[] values) {
		return Arrays.stream(values).average().orElse(Double.NaN);
	}

	private static double deviation(final double[] values) {
		final double mean = mean(values);
		return Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1));
	}

	private static String spread(final double[] values) {
		return String.format(Locale.ROOT, "%.3f ± %.3f", mean(values), deviation(values));
	}

	/** Mean and, of three seeds or more, the 95 % interval of a paired t test, points. */
	private static String interval(final double[] differences) {
		if (differences.length == 0) return "";
		if (differences.length < 3) return String.format(Locale.ROOT, "%+.1f", mean(differences));
		double low = 0;
		double high = 1000;
		while (high - low > 1e-9) {
			final double t = (low + high) / 2;
			if (StudentT.twoSided(t, differences.length - 1) > 0.05) low = t;
			else high = t;
		}
		final double half = low * deviation(differences) / Math.sqrt(differences.length);
		return String.format(Locale.ROOT, "%+.1f [%.1f, %.1f]", mean(differences), mean(differences) - half,
			mean(differences) + half);
	}
}
