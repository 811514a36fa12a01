// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.Tensors;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Initialization;
import io.github.isophene.network.Normalization;
import io.github.isophene.network.Parameters;
import io.github.isophene.network.ResNet;
import io.github.isophene.network.weights.Safetensors;
import io.github.isophene.network.weights.StateDict;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.settings.Settings;
import io.github.isophene.training.EpochRecord;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Objectives;
import io.github.isophene.training.Trainer;
import io.github.isophene.training.TrainingOptions;
import io.github.isophene.training.TrainingResult;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.data.Split;
import io.github.isophene.training.data.TrainingData;
import io.github.isophene.training.optimizer.LearningRate;
import io.github.isophene.training.optimizer.OptimizerOptions;
import org.scijava.Context;
import org.scijava.plugin.PluginService;

/**
 * Trains objectives on simulated screens and writes how well they do on batches they have
 * never seen, one line of CSV per training and kind of batch. What is in the file already
 * isn't trained again, so a run can be killed and started anew.
 * <p>
 * Arguments: {@code file=abra.csv folder=demo seeds=1-8 epochs=30 width=16 images=32
 * rate=0.002 plan=PLAN.txt start=0 kinds=SAME,STRONG,NOISE,GAMMA,TILT,HAZE}. With {@code start} every method
 * goes on from the same
 * ordinary training of so many epochs (one per seed), as when an encoder is fine-tuned. The plans that were
 * measured are {@code abra_plan.txt} and
 * {@code abra_plan_running.txt} in {@code src/bench/abra}; a line is {@code
 * name|objective|settings}, the
 * settings as {@code name=value;...}. {@code src/test/python/abra_report.py} makes tables of it.
 * </p>
 */
public final class AbraBench {

	private static final String HEADER = "seed,name,objective,settings,epochs,cpu_seconds,best_epoch,validation_loss," +
		"validation_accuracy,kind,statistics,accuracy,batches\n";

	/** Behind a kind of statistics: only queries of one class go through the network together. */
	private static final String ONE_CLASS = "-one-class";

	private final Map<String, String> arguments;
	private final List<Objective> objectives;

	private AbraBench(final Map<String, String> arguments, final List<Objective> objectives) {
		this.arguments = arguments;
		this.objectives = objectives;
	}

	public static void main(final String[] given) throws Exception {
		final Map<String, String> arguments = new LinkedHashMap<>(Map.of("file", "abra.csv", "folder", "demo", "seeds",
			"1-8", "epochs", "30", "width", "16", "images", "32", "rate", "0.002", "plan", "plan.txt", "start", "0"));
		arguments.put("kinds", "SAME,STRONG,NOISE,GAMMA,TILT,HAZE");
		for (final String argument : given) {
			final String[] pair = argument.split("=", 2);
			if (pair.length < 2 || arguments.put(pair[0], pair[1]) == null)
				throw new IllegalArgumentException(argument);
		}
		Engines.setThreads(1);
		try (Context context = new Context(PluginService.class)) {
			new AbraBench(arguments, Objectives.all(context.service(PluginService.class))).run();
		}
	}

	private void run() throws IOException {
		final String[] seeds = arguments.get("seeds").split("-");
		final Path file = Path.of(arguments.get("file"));
		if (Files.notExists(file)) Files.writeString(file, HEADER);
		for (int seed = Integer.parseInt(seeds[0]); seed <= Integer.parseInt(seeds[seeds.length - 1]); seed++) {
			TrainingData data = null;
			StateDict start = null;
			final Map<ShiftedScreens.Kind, TrainingData> tests = new TreeMap<>();
			for (final String line : Files.readAllLines(Path.of(arguments.get("plan")))) {
				if (line.isBlank() || line.startsWith("#")) continue;
				final String[] method = line.strip().split("\\|", -1);
				final String key = seed + "," + method[0] + ",";
				if (Files.readAllLines(file).stream().anyMatch(l -> l.startsWith(key))) continue;
				if (data == null) {
					final Path folder = Path.of(arguments.get("folder"));
					data = ShiftedScreens.training(folder, seed);
					for (final String name : arguments.get("kinds").split(",")) {
						final ShiftedScreens.Kind kind = ShiftedScreens.Kind.valueOf(name);
						tests.put(kind, ShiftedScreens.heldOut(folder, seed, kind));
					}
					final int before = Integer.parseInt(arguments.get("start"));
					if (before > 0)
						start = start(
							folder
								.resolve("start" + seed + "_" + before + "_" + arguments.get("width") + ".safetensors"),
							seed, data, before);
				}
				final String rows = train(seed, method, data, start, tests);
				Files.writeString(file, rows, StandardOpenOption.APPEND);
				System.out.println(rows.lines().filter(l -> l.contains(",STRONG,")).toList());
			}
		}
	}

	/** Returns the weights that all methods start from; kept for the next run. */
	private StateDict start(final Path file, final int seed, final TrainingData data, final int epochs)
		throws IOException
	{
		if (Files.exists(file)) return Safetensors.read(file);
		final StateDict start = train(seed, "erm", Map.of(), data, null, epochs).last();
		try (OutputStream out = Files.newOutputStream(file)) {
			Safetensors.write(start, out, Map.of());
		}
		return start;
	}

	/** One training; from scratch without a start. */
	private TrainingResult train(final int seed, final String name, final Map<String, String> settings,
		final TrainingData data, final StateDict start, final int epochs) throws IOException
	{
		final Objective objective = Objectives.of(objectives, name).configured(settings);
		final Architecture architecture = architecture(data).withHead(objective.head());
		final int images = Integer.parseInt(arguments.get("images"));
		final boolean context = name.contains("arm-bn");
		final TrainingOptions options = TrainingOptions.PUBLISHED
			.withSizes(context ? new EpisodeSizes(images / 2, images / 2, 1) : new EpisodeSizes(images, 0, 1))
			.withEpochs(context ? epochs / 2 : epochs, epochs)
			.withSeed(seed)
			.withOptimizer(OptimizerOptions.adam(Double.parseDouble(arguments.get("rate")))
				.withSchedule(LearningRate.Schedule.COSINE))
			.withDevice("cpu");
		final StateDict weights = start == null ? Initialization.random(architecture, seed) : new StateDict();
		if (start != null) {
			// A cosine classifier has no bias.
			for (final String p : architecture.parameters().keySet()) weights.put(p, start.get(p));
		}
		return new Trainer(data, Split.of(data.samples(), List.of(), Split.INNER, seed), objective, options)
			.train(architecture, weights);
	}

	private Architecture architecture(final TrainingData data) {
		return new Architecture(Architecture.NetworkDepth.RESNET18, false, data.tiles().channels(),
			Integer.parseInt(arguments.get("width")), data.classes().size());
	}

	private String train(final int seed, final String[] method, final TrainingData data, final StateDict start,
		final Map<ShiftedScreens.Kind, TrainingData> tests) throws IOException
	{
		final Map<String, String> settings = Settings.parse(method[2]);
		final Architecture architecture = architecture(data)
			.withHead(Objectives.of(objectives, method[1]).configured(settings).head());
		final boolean context = method[1].contains("arm-bn");
		final int epochs = Integer.parseInt(arguments.get("epochs"));
		final long begin = cpu();
		final TrainingResult result = train(seed, method[1], settings, data, start, epochs);
		final double seconds = (cpu() - begin) * 1e-9;
		final List<EpochRecord> log = result.log();
		// The last weights: with a schedule that ends at 0 there is nothing to choose, and nobody chooses differently.
		final EpochRecord last = log.get(log.size() - 1);
		final StringBuilder rows = new StringBuilder();
		try (NDManager manager = Engines.newManager("cpu");
			Parameters parameters = new Parameters(manager, architecture, result.last()))
		{
			final ResNet network = new ResNet(architecture, parameters);
			for (final var test : tests.entrySet()) {
				for (final String statistics : context ? List.of("joint", "joint" + ONE_CLASS, "controls")
					: List.of("running", "controls"))
				{
					final Map<String, Double> accuracies = accuracies(manager, network, test.getValue(), statistics);
					rows.append(String.format(Locale.ROOT, "%d,%s,%s,\"%s\",%d,%.1f,%d,%.4f,%.4f,%s,%s,%.4f,%s%n", seed,
						method[0], method[1], method[2], epochs, seconds, result.bestEpoch(), last.validationLoss(),
						last.validationAccuracy(), test.getKey(), statistics,
						accuracies.values().stream().mapToDouble(v -> v).average().orElseThrow(), String.join(" ",
							accuracies.values().stream().map(v -> String.format(Locale.ROOT, "%.3f", v)).toList())));
				}
			}
		}
		System.out.println(last.figures() + " training " + last.trainingLoss() + " " + last.trainingAccuracy());
		return rows.toString();
	}

	/** Nanoseconds of all processors: on a busy machine the clock says little. */
	private static long cpu() {
		return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
			.getProcessCpuTime();
	}

	/** By batch. A plate goes through at once: its queries, and its controls where the statistics want them. */
	private static Map<String, Double> accuracies(final NDManager manager, final ResNet network,
		final TrainingData data, final String statistics) throws IOException
	{
		final Map<String, List<Integer>> batches = new TreeMap<>();
		IntStream.range(0, data.samples().size())
			.forEach(i -> batches.computeIfAbsent(data.samples().get(i).batch(), b -> new ArrayList<>()).add(i));
		final Map<String, Double> accuracies = new TreeMap<>();
		for (final var batch : batches.entrySet()) {
			final List<
				Integer> queries = batch.getValue().stream().filter(i -> data.samples().get(i).labeled()).toList();
			final List<
				Integer> controls = batch.getValue().stream().filter(i -> data.samples().get(i).control()).toList();
			long right = 0;
			// What goes through the network together: everything, or, as the hardest shift of labels, one class
			// at a time.
			for (final List<Integer> group : statistics.endsWith(ONE_CLASS)
				? queries.stream()
					.collect(
						Collectors.groupingBy(i -> data.samples().get(i).label(), TreeMap::new, Collectors.toList()))
					.values()
				: List.of(queries))
			{
				right += right(manager, network, data, group, controls, statistics);
			}
			accuracies.put(batch.getKey(), (double) right / queries.size());
		}
		return accuracies;
	}

	private static long right(final NDManager manager, final ResNet network, final TrainingData data,
		final List<Integer> queries, final List<Integer> controls, final String statistics) throws IOException
	{
		final List<Integer> all = new ArrayList<>(queries);
		if (!statistics.startsWith("running")) all.addAll(controls);
		try (NDManager step = manager.newSubManager()) {
			final Normalization normalization = statistics.startsWith("running") ? Normalization.running()
				: statistics.startsWith("joint") ? Normalization.batch()
				: Normalization.samples(queries.size(), all.size());
			final NDArray embeddings = network.embed(images(step, data, all), normalization).get("0:" + queries.size());
			final long[] best = network.logits(embeddings).argMax(1).toLongArray();
			return IntStream.range(0, best.length)
				.filter(i -> best[i] == data.samples().get(queries.get(i)).label())
				.count();
		}
	}

	private static NDArray images(final NDManager manager, final TrainingData data, final List<Integer> indices)
		throws IOException
	{
		final int c = data.tiles().channels();
		final int size = data.tiles().size();
		final FloatBuffer values = FloatBuffer.allocate(indices.size() * c * size * size);
		for (final int i : indices) data.tiles().read(i, (RandomStream) null, values);
		return Tensors.create(manager, values.flip(), indices.size(), c, size, size);
	}
}
