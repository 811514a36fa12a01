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
import io.github.isophene.network.Initialization;
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
 * per step, {@code width}, {@code seed}, {@code threads}; {@code plates}, the share of tiles that are scaled by control
 * wells instead of each by its image. A run that was killed goes on from
 * {@code <weights>.1} and {@code <weights>.*.checkpoint}.
 * </p>
 */
public final class DefaultEncoderRecipe {

	private static final int VALIDATION_FIELDS = 4;

	private final Map<String, String> a;
	private final List<Objective> objectives;
	private final TrainingData data;
	private final SimulatedTiles tiles;

	private DefaultEncoderRecipe(final Map<String, String> arguments, final List<Objective> objectives) {
		a = arguments;
		this.objectives = objectives;
		final CellLooks looks = new CellLooks(seed(), number("looks"), number("mixed"), number("fields"));
		tiles = new SimulatedTiles(looks, number("size"), seed(), Double.parseDouble(a.get("plates")));
		data = tiles.data(VALIDATION_FIELDS);
	}

	public static void main(final String[] given) throws IOException {
		final Map<String, String> arguments = new LinkedHashMap<>();
		for (final String setting : ("weights=target/default.safetensors epochs=20 rate=0.001 objective=abra-input " +
			"settings=ascent=false;radius=1 more=4 looks=10 mixed=24 fields=24 size=96 images=32 width=16 " +
			"seed=20261127 threads=1 plates=0").split(" "))
		{
			arguments.put(setting.split("=")[0], setting.substring(setting.indexOf('=') + 1));
		}
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
			final Objective erm = Objectives.of(objectives, "erm");
			Safetensors.write(train(erm, number("epochs"), rate(), null, Path.of(first + ".checkpoint")), first,
				Map.of());
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

	/** Returns the training record of the model's card. */
	private Map<String, String> record() {
		final Map<String, String> record = new TreeMap<>();
		record.put("data",
			data.classes().size() + " classes of simulated cells (looks x magnifications), single channels, a " +
				"new batch effect for every tile");
		record.put("objective",
			"erm" + (number("more") == 0 ? "" : ", then " + (a.get("objective") + " " + a.get("settings")).strip()));
		record.put("epochs", a.get("epochs") + " + " + a.get("more"));
		for (final String key : List.of("seed", "looks", "mixed", "fields", "size", "images", "rate", "plates"))
			record.put(key, a.get(key));
		return record;
	}

	private StateDict train(final Objective objective, final int epochs, final double rate, final StateDict start,
		final Path checkpoint) throws IOException
	{
		final Architecture architecture = new Architecture(Architecture.NetworkDepth.RESNET18, false, 1,
			number("width"), data.classes().size()).withHead(objective.head());
		final TrainingOptions options = TrainingOptions.PUBLISHED.withSizes(new EpisodeSizes(number("images"), 0, 1))
			.withEpochs(epochs, epochs)
			.withSeed(seed())
			.withDevice("cpu")
			.withOptimizer(OptimizerOptions.adamW(rate, .02).withSchedule(LearningRate.Schedule.COSINE));
		final TrainingResult result = new Trainer(data, tiles.split(data, VALIDATION_FIELDS), objective, options)
			.checkpoint(checkpoint, 60)
			.listener(new Listener(cpu()))
			.train(architecture, start == null ? Initialization.random(architecture, seed()) : start);
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
