// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import static io.github.isophene.bench.BenchRatio.quantile;

import io.github.isophene.progress.StoppingProgress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.isophene.engine.Engines;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Initialization;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.training.Trainer;
import io.github.isophene.training.TrainingListener;
import io.github.isophene.training.TrainingOptions;
import io.github.isophene.training.StepRecord;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.data.Sample;
import io.github.isophene.training.data.Split;
import io.github.isophene.pixels.TileSource;
import io.github.isophene.training.data.TrainingData;
import io.github.isophene.training.objective.Erm;

/**
 * Time of a training step (forward, backward, Adam) of our trainer beside eager PyTorch: the
 * same network, batch and number of threads, taking turns, so that a load on the machine
 * hits both. Ours is the whole trainer: reading images, counting right answers and all.
 * <p>
 * Arguments, all with defaults: {@code python=python3 architecture=resnet18 channels=5
 * size=128 images=16 threads=2 rounds=30}. Ratios above 1 mean that ours is slower; those of processor time hold on
 * a busy machine, too. On a busy
 * machine set the environment variable {@code OMP_WAIT_POLICY=PASSIVE}: otherwise the
 * threads of both wait actively for cores that others have, which takes ten times as long
 * as the computation and drowns the comparison.
 * </p>
 */
public final class TrainingBench {

	private static final int CLASSES = 8;
	private static final int WARMUP = 4;

	private TrainingBench() {}

	public static void main(final String[] arguments) throws Exception {
		final Map<String, String> options = new LinkedHashMap<>(Map.of("python", "python3", "architecture", "resnet18",
			"channels", "5", "size", "128", "images", "16", "threads", "2", "rounds", "30"));
		for (final String argument : arguments) {
			final String[] pair = argument.split("=", 2);
			if (pair.length < 2 || options.put(pair[0], pair[1]) == null) throw new IllegalArgumentException(argument);
		}
		final int channels = Integer.parseInt(options.get("channels"));
		final int size = Integer.parseInt(options.get("size"));
		final int images = Integer.parseInt(options.get("images"));
		final int rounds = Integer.parseInt(options.get("rounds"));
		final Architecture architecture = Architecture.of(options.get("architecture"), channels, 64, CLASSES);
		Engines.setThreads(Integer.parseInt(options.get("threads")));
		System.out.println(options);
		final Process peer = new ProcessBuilder(options.get("python"), "src/test/python/bench_training_peer.py",
			options.get("architecture"), String.valueOf(channels), String.valueOf(size), String.valueOf(images),
			options.get("threads")).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		try (Writer commands = new OutputStreamWriter(peer.getOutputStream(), StandardCharsets.UTF_8);
			BufferedReader answers = new BufferedReader(
				new InputStreamReader(peer.getInputStream(), StandardCharsets.UTF_8)))
		{
			System.out.println("peer: " + answers.readLine());
			final List<double[]> ours = new ArrayList<>();
			final List<double[]> theirs = new ArrayList<>();
			final StoppingProgress progress = new StoppingProgress();
			new Trainer(data(channels, size, images),
				new Split(IntStream.range(0, 8 * images).toArray(),
					IntStream.range(8 * images, 8 * images + 1).toArray(), new int[0], List.of()),
				new Erm(),
				TrainingOptions.PUBLISHED.withSizes(new EpisodeSizes(images, 0, 1))
					.withEpochs(100, 100)
					.withDevice("cpu"))
				.progress(progress)
				.listener(new TrainingListener() {

					private double[] begin = now();

					@Override
					public void step(final StepRecord step) {
						final double[] end = now();
						final double[] other = ask(commands, answers);
						// The first step of an epoch comes after a validation.
						if (step.episode() > 1 && (step.epoch() - 1) * 8 + step.episode() > WARMUP) {
							ours.add(new double[]{end[0] - begin[0], end[1] - begin[1]});
							theirs.add(other);
						}
						begin = now();
						if (ours.size() >= rounds) progress.cancel();
					}
				})
				.train(architecture, Initialization.random(architecture, 1));
			report(ours, theirs);
		}
		finally {
			peer.destroy();
		}
	}

	/** Seconds of the clock and of this process's processors. */
	private static double[] now() {
		return new double[]{System.nanoTime() * 1e-9,
			((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
				.getProcessCpuTime() * 1e-9};
	}

	private static double[] ask(final Writer commands, final BufferedReader answers) {
		try {
			commands.write("step\n");
			commands.flush();
			return Arrays.stream(answers.readLine().split(" ")).mapToDouble(Double::parseDouble).toArray();
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static void report(final List<double[]> ours, final List<double[]> theirs) {
		final String[] clocks = {"time", "processor time"};
		for (int c = 0; c < clocks.length; c++) {
			final int clock = c;
			final List<Double> a = ours.stream().map(t -> t[clock]).toList();
			final List<Double> b = theirs.stream().map(t -> t[clock]).toList();
			final List<Double> ratios = IntStream.range(0, a.size()).mapToObj(i -> a.get(i) / b.get(i)).toList();
			BenchRatio.print("training step, " + clocks[c] + " of ours / PyTorch eager", ratios);
			System.out.printf(Locale.ROOT,
				"%s: ours %.1f ms, PyTorch eager %.1f ms (medians of %d); fastest %.1f and %.1f ms, ratio %.3f%n",
				clocks[c], 1e3 * quantile(a, .5), 1e3 * quantile(b, .5), a.size(), 1e3 * quantile(a, 0),
				1e3 * quantile(b, 0), quantile(a, 0) / quantile(b, 0));
		}
	}

	/** Random images of 2 plates, the same for every sample. */
	private static TrainingData data(final int channels, final int size, final int images) {
		final RandomStream random = RandomStream.of(1, "bench");
		final float[] pixels = new float[channels * size * size];
		for (int i = 0; i < pixels.length; i++) pixels[i] = (float) random.nextGaussian();
		final List<Sample> samples = new ArrayList<>();
		for (int i = 0; i < 8 * images; i++) samples.add(new Sample("p", "b", i % CLASSES, false));
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
