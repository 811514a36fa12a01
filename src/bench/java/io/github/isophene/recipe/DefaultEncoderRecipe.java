// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.recipe;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.github.isophene.demo.CellLooks;
import io.github.isophene.engine.Engines;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Head;
import io.github.isophene.network.Initialization;
import io.github.isophene.network.Model;
import io.github.isophene.network.weights.Safetensors;
import io.github.isophene.network.weights.StateDict;
import io.github.isophene.settings.Settings;
import io.github.isophene.training.EpochRecord;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Objectives;
import io.github.isophene.training.Trainer;
import io.github.isophene.training.TrainingListener;
import io.github.isophene.training.TrainingOptions;
import io.github.isophene.training.StepRecord;
import io.github.isophene.training.TrainingResult;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.data.Split;
import io.github.isophene.training.data.TrainingData;
import io.github.isophene.training.optimizer.LearningRate;
import io.github.isophene.training.optimizer.OptimizerOptions;
import org.scijava.Context;
import org.scijava.plugin.PluginService;

/**
 * Makes the weights of the default model again, from nothing but a seed: renders fields of
 * random {@link CellLooks}, trains a ResNet-18 of one channel to tell them apart whatever the
 * microscope does ({@link SimulatedTiles}), first by ordinary training, then by
 * {@code objective}, and leaves the classes' layer out of what it writes. The looks, not the
 * demo screens' phenotypes, are the classes. On one thread the same seed gives the same file
 * on the same kind of processor.
 * <p>
 * Arguments, with the values that the weights in the jar were made with: {@code weights}, the
 * file; {@code epochs} and {@code rate} of the first part; {@code objective}, {@code settings}
 * and {@code more} epochs of the second, at half the rate; {@code looks} per stain of the
 * simulator, {@code mixed} looks, {@code fields} of each; {@code size} of a tile, {@code images}
 * per step, {@code width}, {@code seed}, {@code threads}. A run that was killed goes on from
 * {@code <weights>.1} and {@code <weights>.*.checkpoint}.
 * </p>
 * <p>
 * For other weights: {@code plates}, the share of tiles that are scaled by control wells instead of each by its image;
 * {@code start}, a model or weight file whose encoder is trained on, instead of random weights; {@code real}, tiles per
 * step of the first part that are two views each of a place of a real image, from the folder {@code pool} ({@link
 * RealTiles}), and {@code weight} of their loss ({@link ClassesAndPairs}).
 * </p>
 */
public final class DefaultEncoderRecipe {

	private static final int VALIDATION_FIELDS = 4;

	private static final String DEFAULTS = "weights=target/default.safetensors epochs=20 rate=0.001 " +
		"objective=abra-input settings=ascent=false;radius=1 more=4 looks=10 mixed=24 fields=24 size=96 images=32 " +
		"width=16 seed=20261127 threads=1 plates=0 start= pool= real=0 weight=1";

	private final Map<String, String> a;
	private final List<Objective> objectives;
	private final TrainingData data;
	private final SimulatedTiles tiles;
	/** Tiles of both kinds; {@code null} if there are no real ones. */
	private final MixedTiles mixed;

	private DefaultEncoderRecipe(final Map<String, String> arguments, final List<Objective> objectives)
		throws IOException
	{
		a = arguments;
		this.objectives = objectives;
		final CellLooks looks = new CellLooks(seed(), number("looks"), number("mixed"), number("fields"));
		tiles = new SimulatedTiles(looks, number("size"), seed(), Double.parseDouble(a.get("plates")));
		data = tiles.data(VALIDATION_FIELDS);
		if ((number("real") > 0) == a.get("pool").isEmpty())
			throw new IllegalArgumentException("real = " + a.get("real") + ", pool = " + a.get("pool") +
				": real tiles per step need a folder of images, see real_pool.py");
		mixed = number("real") == 0 ? null
			: new MixedTiles(tiles, new RealTiles(Path.of(a.get("pool")), false), a.get("pool"));
	}

	public static void main(final String[] given) throws IOException {
		final Map<String, String> arguments = new LinkedHashMap<>();
		for (final String setting : DEFAULTS.split(" "))
			arguments.put(setting.split("=")[0], setting.substring(setting.indexOf('=') + 1));
		for (final String argument : given) {
			final String[] pair = argument.split("=", 2);
			if (pair.length < 2 || arguments.put(pair[0], pair[1]) == null)
				throw new IllegalArgumentException(argument);
		}
		Engines.setThreads(Integer.parseInt(arguments.get("threads")));
		try (Context context = new Context(PluginService.class)) {
			new DefaultEncoderRecipe(arguments, Objectives.all(context.service(PluginService.class))).run();
		}
	}

	private void run() throws IOException {
		final Path file = Path.of(a.get("weights"));
		final Path first = Path.of(file + ".1");
		if (Files.notExists(first)) {
			final Objective objective = mixed == null ? Objectives.of(objectives, "erm")
				: new ClassesAndPairs(mixed, number("real") / 2, Double.parseDouble(a.get("weight")));
			final Path checkpoint = Path.of(first + ".checkpoint");
			Safetensors.write(train(objective, number("epochs"), rate(), start(), checkpoint), first, Map.of());
		}
		StateDict weights = Safetensors.read(first);
		if (number("more") > 0) {
			final Objective objective = Objectives.of(objectives, a.get("objective"))
				.configured(Settings.parse(a.get("settings")));
			weights = train(objective, number("more"), rate() / 2, weights, Path.of(file + ".2.checkpoint"));
		}
		final StateDict encoder = new StateDict();
		for (final String name : weights.names()) if (!name.startsWith("fc.")) encoder.put(name, weights.get(name));
		Safetensors.writeCompact(encoder, file, record());
		System.out.println(file + ": " + Files.size(file) + " bytes");
	}

	private Architecture architecture(final Head head) {
		return new Architecture(Architecture.NetworkDepth.RESNET18, false, 1, number("width"), data.classes().size())
			.withHead(head);
	}

	/** Returns random weights; those of the encoder are those of the model {@code start} where one is named. */
	private StateDict start() throws IOException {
		final StateDict random = Initialization.random(architecture(Head.LINEAR), seed());
		if (a.get("start").isEmpty()) return random;
		final StateDict known = a.get("start").endsWith(".safetensors") ? Safetensors.read(Path.of(a.get("start")))
			: Model.load(a.get("start")).weights();
		final StateDict weights = new StateDict();
		for (final String name : random.names())
			weights.put(name, name.startsWith("fc.") ? random.get(name) : known.get(name));
		return weights;
	}

	/** Returns the training record of the model's card. */
	private Map<String, String> record() {
		final Map<String, String> record = new TreeMap<>();
		record.put("data",
			data.classes().size() + " classes of simulated cells (looks x magnifications), single channels, a " +
				"new batch effect for every tile");
		record.put("objective",
			(mixed == null ? "erm" : "erm and VICReg of real tiles, " + a.get("real") + " per step") +
				(number("more") == 0 ? "" : ", then " + (a.get("objective") + " " + a.get("settings")).strip()));
		record.put("epochs", a.get("epochs") + " + " + a.get("more"));
		if (!a.get("start").isEmpty()) record.put("start", a.get("start"));
		for (final String key : List.of("seed", "looks", "mixed", "fields", "size", "images", "rate", "plates"))
			record.put(key, a.get(key));
		return record;
	}

	private StateDict train(final Objective objective, final int epochs, final double rate, final StateDict start,
		final Path checkpoint) throws IOException
	{
		final Architecture architecture = architecture(objective.head());
		final TrainingOptions options = TrainingOptions.PUBLISHED.withSizes(new EpisodeSizes(number("images"), 0, 1))
			.withEpochs(epochs, epochs)
			.withSeed(seed())
			.withDevice("cpu")
			.withOptimizer(OptimizerOptions.adamW(rate, .02).withSchedule(LearningRate.Schedule.COSINE));
		final Split split = tiles.split(data, VALIDATION_FIELDS);
		final boolean both = objective instanceof ClassesAndPairs;
		final TrainingResult result = new Trainer(both ? mixed.data(data) : data, both ? mixed.split(split) : split,
			objective, options)
			.checkpoint(checkpoint, 60)
			.listener(new Listener(cpu()))
			.train(architecture, start);
		// The last weights: the schedule ends at 0, so there is nothing to choose.
		return result.last();
	}

	private int number(final String key) {
		return Integer.parseInt(a.get(key));
	}

	private long seed() {
		return Long.parseLong(a.get("seed"));
	}

	private double rate() {
		return Double.parseDouble(a.get("rate"));
	}

	/** Nanoseconds of all processors: on a busy machine the clock says little. */
	private static long cpu() {
		return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
			.getProcessCpuTime();
	}

	private record Listener(long begin) implements TrainingListener {

		@Override
		public void step(final StepRecord p) {
			if (p.episode() % 100 == 0)
				System.out.printf(Locale.ROOT, "epoch %d of %d, loss %.3f, %.0f s to go%n", p.epoch(), p.epochs(),
					p.loss(), p.secondsLeft());
		}

		@Override
		public void epoch(final List<EpochRecord> log) {
			final EpochRecord e = log.get(log.size() - 1);
			System.out.printf(Locale.ROOT,
				"epoch %d: loss %.3f, accuracy %.3f; validation %.3f, %.3f; %.0f s of processors%n", e.epoch(),
				e.trainingLoss(), e.trainingAccuracy(), e.validationLoss(), e.validationAccuracy(),
				(cpu() - begin) * 1e-9);
		}
	}
}
