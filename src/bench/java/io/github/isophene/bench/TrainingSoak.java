// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import io.github.isophene.progress.StoppingProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import io.github.isophene.training.Trainer;
import io.github.isophene.training.TrainingListener;
import io.github.isophene.training.TrainingOptions;
import io.github.isophene.training.StepRecord;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.data.Sample;
import io.github.isophene.training.data.Split;
import io.github.isophene.pixels.TileSource;
import io.github.isophene.training.data.TrainingData;
import io.github.isophene.training.objective.CsArmBn;

/**
 * Trains for thousands of steps and prints the process's resident memory: after the warm-up
 * it must be flat. Give the virtual machine its whole heap at once ({@code -Xms300m -Xmx300m
 * -XX:+AlwaysPreTouch -XX:+UseSerialGC}), or what the heap takes bit by bit looks like a leak.
 * Linux only, as it reads /proc. Arguments, all with defaults:
 * {@code steps=3000 warmup=500 width=8 size=64 queries=8 controls=16 accumulate=2 threads=1
 * checkpoint=} (a file, to include checkpoints every 5 seconds).
 */
public final class TrainingSoak {

	private TrainingSoak() {}

	public static void main(final String[] arguments) throws Exception {
		final Map<String, String> options = new LinkedHashMap<>(Map.of("steps", "3000", "warmup", "500", "width", "8",
			"size", "64", "queries", "8", "controls", "16", "accumulate", "2", "threads", "1", "checkpoint", ""));
		for (final String argument : arguments) {
			final String[] pair = argument.split("=", 2);
			if (pair.length < 2 || options.put(pair[0], pair[1]) == null) throw new IllegalArgumentException(argument);
		}
		final int steps = Integer.parseInt(options.get("steps"));
		final int warmup = Integer.parseInt(options.get("warmup"));
		final Architecture architecture = new Architecture(Architecture.NetworkDepth.RESNET18, false, 3,
			Integer.parseInt(options.get("width")), 4);
		Engines.setThreads(Integer.parseInt(options.get("threads")));
		System.out.println(options);
		final TrainingData data = data(Integer.parseInt(options.get("size")));
		final Watch watch = new Watch(steps, warmup);
		final Trainer trainer = new Trainer(data, Split.of(data.samples(), List.of(), Split.INNER, 1), new CsArmBn(),
			TrainingOptions.PUBLISHED
				.withSizes(new EpisodeSizes(Integer.parseInt(options.get("queries")),
					Integer.parseInt(options.get("controls")), Integer.parseInt(options.get("accumulate"))))
				.withEpochs(1_000_000, 1_000_000)
				.withDevice("cpu"))
			.progress(watch.progress())
			.listener(watch);
		if (!options.get("checkpoint").isEmpty()) trainer.checkpoint(Path.of(options.get("checkpoint")), 5);
		trainer.train(architecture, Initialization.random(architecture, 1));
	}

	/** Prints memory every so often. */
	private static final class Watch implements TrainingListener {

		private final int steps;
		private final int warmup;
		private final long start = System.nanoTime();
		private final StoppingProgress progress = new StoppingProgress();
		private int done;
		private double base;

		Watch(final int steps, final int warmup) {
			this.steps = steps;
			this.warmup = warmup;
		}

		@Override
		public void step(final StepRecord step) {
			done++;
			if (done >= steps) progress.cancel();
			if (done == warmup) base = resident();
			if (done % Math.max(1, steps / 12) == 0 || done == warmup) {
				System.out.printf(Locale.ROOT,
					"step %5d: resident %7.1f MB, since the warm-up %+.1f MB, Java heap %.1f MB, %.0f s%n", done,
					resident(), base == 0 ? 0 : resident() - base,
					(Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / 1e6,
					(System.nanoTime() - start) * 1e-9);
			}
		}

		StoppingProgress progress() {
			return progress;
		}
	}

	private static double resident() {
		try {
			for (final String line : Files.readAllLines(Path.of("/proc/self/status"))) {
				if (line.startsWith("VmRSS")) return Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024 / 1e6;
			}
			throw new IllegalStateException("no VmRSS");
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Random images of 4 plates in 4 batches. */
	private static TrainingData data(final int size) {
		final List<Sample> samples = new ArrayList<>();
		for (int i = 0; i < 400; i++)
			samples.add(new Sample("p" + i % 4, "b" + i % 4, i < 300 ? i / 4 % 4 : -1, i >= 300));
		return new TrainingData(samples, IntStream.range(0, 4).mapToObj(i -> "c" + i).toList(), new TileSource() {

			@Override
			public int count() {
				return samples.size();
			}

			@Override
			public int channels() {
				return 3;
			}

			@Override
			public int size() {
				return size;
			}

			@Override
			public void read(final int sample, final RandomStream augmentation, final FloatBuffer out) {
				final RandomStream random = augmentation == null ? RandomStream.of(1, "image", sample) : augmentation;
				while (out.hasRemaining()) out.put((float) random.nextDouble());
			}
		});
	}
}
