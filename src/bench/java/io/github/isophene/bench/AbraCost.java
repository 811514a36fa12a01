// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import io.github.isophene.progress.StoppingProgress;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.isophene.engine.Engines;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Initialization;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.settings.Settings;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Objectives;
import io.github.isophene.training.Trainer;
import io.github.isophene.training.TrainingListener;
import io.github.isophene.training.TrainingOptions;
import io.github.isophene.training.StepRecord;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.data.Sample;
import io.github.isophene.training.data.Split;
import io.github.isophene.pixels.TileSource;
import io.github.isophene.training.data.TrainingData;
import org.scijava.Context;
import org.scijava.plugin.PluginService;

/**
 * Cost of a training step of an objective: processor time of a step (medians; on a busy
 * machine the clock says little) and the most memory that the process ever had. One
 * objective per process, as memory that was taken once isn't given back.
 * <p>
 * Arguments, all with defaults: {@code objective=erm settings= architecture=resnet18
 * channels=5 size=128 images=16 rounds=12 controls=false against= mean=false}. With {@code against=erm} the times of
 * that objective are measured behind it, and the ratio is printed: of the median step, or, with {@code mean=true}, of
 * all steps together (36 rounds at most), for objectives that don't do the same in each. With {@code controls=true}
 * half of the images of a step are controls, for {@code cs-arm-bn}. Linux, for the memory.
 * </p>
 */
public final class AbraCost {

	private static final int CLASSES = 8;
	private static final int WARMUP = 3;

	private AbraCost() {}

	public static void main(final String[] given) throws Exception {
		final Map<String,
			String> options = new LinkedHashMap<>(Map.of("objective", "erm", "settings", "", "architecture", "resnet18",
				"channels", "5", "size", "128", "images", "16", "rounds", "12", "controls", "false", "against", ""));
		options.put("mean", "false");
		for (final String argument : given) {
			final String[] pair = argument.split("=", 2);
			if (pair.length < 2 || options.put(pair[0], pair[1]) == null) throw new IllegalArgumentException(argument);
		}
		Engines.setThreads(1);
		try (Context context = new Context(PluginService.class)) {
			final List<Objective> objectives = Objectives.all(context.service(PluginService.class));
			final Objective objective = Objectives.of(objectives, options.get("objective"))
				.configured(Settings.parse(options.get("settings")));
			final List<Double> times = times(objective, options);
			System.out.printf(Locale.ROOT,
				"%s %s: median %.0f ms, mean %.0f ms of processor time per step (%d), memory %s%n",
				options.get("objective"), options.get("settings"), times.get(times.size() / 2),
				mean(times), times.size(), memory());
			if (options.get("against").isEmpty()) return;
			final List<Double> others = times(Objectives.of(objectives, options.get("against")), options);
			if (Boolean.parseBoolean(options.get("mean"))) {
				BenchRatio.print("training by " + options.get("objective") + ", processor time / " +
					options.get("against"), List.of(mean(times) / mean(others)));
				return;
			}
			final double other = BenchRatio.median(others);
			BenchRatio.print("step of " + options.get("objective") + ", processor time / " + options.get("against"),
				times.stream().map(t -> t / other).toList());
		}
	}

	private static double mean(final List<Double> times) {
		return times.stream().mapToDouble(t -> t).average().orElseThrow();
	}

	/** Returns the processor times of single steps, milliseconds, ascending. */
	private static List<Double> times(final Objective objective, final Map<String, String> options) throws Exception {
		final int channels = Integer.parseInt(options.get("channels"));
		final int images = Integer.parseInt(options.get("images"));
		final boolean controls = Boolean.parseBoolean(options.get("controls"));
		final int rounds = Integer.parseInt(options.get("rounds"));
		final Architecture architecture = Architecture.of(options.get("architecture"), channels, 64, CLASSES)
			.withHead(objective.head());
		final List<Double> times = new ArrayList<>();
		final StoppingProgress progress = new StoppingProgress();
		new Trainer(data(channels, Integer.parseInt(options.get("size")), images, controls),
			new Split(IntStream.range(0, 40 * images).toArray(), new int[]{40 * images}, new int[0], List.of()),
			objective,
			TrainingOptions.PUBLISHED
				.withSizes(controls ? new EpisodeSizes(images / 2, images / 2, 1) : new EpisodeSizes(images, 0, 1))
				.withEpochs(1, 1)
				.withDevice("cpu"))
			.progress(progress)
			.listener(new TrainingListener() {

				private long begin = cpu();

				@Override
				public void step(final StepRecord step) {
					final long now = cpu();
					if (step.episode() > WARMUP) times.add((now - begin) * 1e-6);
					begin = cpu();
					if (times.size() >= rounds) progress.cancel();
				}
			})
			.train(architecture, Initialization.random(architecture, 1));
		times.sort(null);
		return times;
	}

	private static long cpu() {
		return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
			.getProcessCpuTime();
	}

	/** The most that was ever resident. */
	private static String memory() throws IOException {
		return Files.readAllLines(Path.of("/proc/self/status"))
			.stream()
			.filter(l -> l.startsWith("VmHWM"))
			.findFirst()
			.orElse("unknown")
			.replaceAll("\\s+", " ");
	}

	/** Random images of 4 plates. */
	private static TrainingData data(final int channels, final int size, final int images, final boolean controls) {
		final RandomStream random = RandomStream.of(1, "bench");
		final float[] pixels = new float[channels * size * size];
		for (int i = 0; i < pixels.length; i++) pixels[i] = (float) random.nextGaussian();
		final List<Sample> samples = new ArrayList<>();
		for (int i = 0; i < 40 * images; i++) {
			final boolean control = controls && i / 4 % 2 == 1;
			samples.add(new Sample("p" + i % 4, "b", control ? Sample.NO_LABEL : i / 8 % CLASSES, control));
		}
		samples.add(new Sample("q", "b", 0, false));
		return new TrainingData(samples, IntStream.range(0, CLASSES).mapToObj(i -> "c" + i).toList(), new TileSource() {

			@Override
			public int count() {
				return samples.size();
			}

			@Override
			public int channels() {
				return channels;
			}

			@Override
			public int size() {
				return size;
			}

			@Override
			public void read(final int sample, final RandomStream augmentation, final FloatBuffer out) {
				out.put(pixels);
			}
		});
	}
}
