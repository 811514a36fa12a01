// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.github.isophene.adaptation.statistics.ModelCalibration;
import io.github.isophene.adaptation.tiles.FieldImages;
import io.github.isophene.messages.Count;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.LayerNorms;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.pixels.TileSource;
import io.github.isophene.progress.Durations;
import io.github.isophene.screen.ControlTypes;
import io.github.isophene.screen.Screen;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Objectives;
import io.github.isophene.training.data.EpisodeSampler;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.data.ScreenSamples;
import io.github.isophene.training.data.Split;
import io.github.isophene.training.data.TrainingData;

/**
 * Work of a comparison, from the tables alone: no image is read. Refuses what the comparison itself would refuse
 * before it trains. What a frozen encoder takes is not in it, nor the further passes of objectives that perturb.
 *
 * @param trainings number of networks that are trained, for all seeds, those that try learning rates included
 * @param episodes passes forward and back of these trainings
 * @param trained images in these episodes, controls included
 * @param tested images that pass forward: in the validations of the trainings, their calibrations and the tests
 * @param tests predictions of some images with their statistics
 * @param passes of an image through the network: one for each channel that goes through it by itself
 */
public record ComparisonEstimate(int trainings, long episodes, long trained, long tested, long tests,
	int passes) {

	/** Multiply-accumulates of a forward pass of a ResNet-18 of width 64 on 224 x 224 pixels. */
	private static final double RESNET18 = 1.8e9;
	private static final double WIDTH = 64;
	private static final double SIDE = 224;
	/** A pass forward and back takes three times as long as one forward. */
	private static final int BACK = 3;
	/**
	 * Multiply-accumulates per second and core. This and the next three were measured on two cores of a server, with
	 * networks of width 8 to 64: see {@code ComparisonTimeBench}.
	 */
	private static final double CORE = 2.6e10;
	/**
	 * Seconds and cores that all else takes, such as normalizing, which passes over memory: per pixel of an image
	 * and unit of width.
	 */
	private static final double MEMORY = 3.5e-8;
	/** Seconds that an episode takes besides, however small its images are. */
	private static final double EPISODE = 0.1;
	/** Seconds that a training takes besides. */
	private static final double TRAINING = 1;
	/** Seconds that a test takes besides: networks are set up for its statistics. */
	private static final double TEST = 0.05;

	/**
	 * Counts.
	 *
	 * @param objectives those there are; methods ask for them by name
	 * @throws IllegalArgumentException if the table or the options don't allow the comparison; the message names the
	 *           key and the remedy
	 */
	public static ComparisonEstimate of(final Screen screen, final SourceOptions source,
		final ComparisonOptions options, final Collection<Objective> objectives)
	{
		if (source.controls().isNone())
			throw new IllegalArgumentException("controls is missing: say which wells are negative controls, " +
				"for example " + ControlTypes.NEGATIVE_CONTROLS);
		final ScreenSamples samples = ScreenSamples.of(screen, source.label(), source.batch(), source.controls());
		final List<String> channels = source.channels().isEmpty() ? screen.channels() : source.channels();
		final ComparisonData data = new ComparisonData(
			new TrainingData(samples.samples(), samples.classes(), new NoTiles(channels.size())),
			samples.fields().stream().map(f -> new FieldImages.Position(f.well(), f.site())).toList(), channels, "",
			"none", source.label());
		final Set<TrainedWeights> names = new LinkedHashSet<>();
		for (final Method method : options.methods()) method.weights().ifPresent(names::add);
		long episodes = 0;
		long trained = 0;
		long tested = 0;
		long tests = 0;
		for (int i = 0; i < options.seeds(); i++) {
			final long seed = options.seed() + i;
			final OuterSplit split = OuterSplit.of(data.samples(), options, seed);
			ComparisonCheck.plates(data, split);
			final int watched = split.inDomain().isEmpty() ? 0 : data.queries(split.inDomain().get(0)).length;
			final Split inner = options.searches() && !names.isEmpty()
				? RateSearch.require(data.samples(), split, options, seed) : null;
			for (final TrainedWeights weights : names) {
				final Objective objective = Objectives.of(objectives, weights.objective());
				final Training whole = Training.of(data, split.training(), watched, objective, options, seed);
				episodes += whole.episodes();
				trained += whole.trained();
				tested += whole.tested();
				if (inner != null) {
					final int judged = RateSearch.labeled(data.samples(), inner.validation());
					final Training part = Training.of(data, inner.training(), judged, objective, options, seed);
					episodes += options.rates().size() * part.episodes();
					trained += options.rates().size() * part.trained();
					tested += options.rates().size() * part.tested();
				}
				if (weights.norms() == LayerNorms.BATCH) tested += calibrated(data, split);
			}
			final List<Trial> trials = Trials.of(data, split, options, seed);
			for (final Method method : options.methods()) {
				if (method.frozen()) continue;
				final long[] of = tested(method, trials, options);
				tested += of[0];
				tests += of[1];
			}
		}
		final int passes = Architecture.of(options.architecture(), channels.size(), options.width(), 0).passes();
		return new ComparisonEstimate(names.size() * options.seeds() * options.trainingsEach(), episodes, trained,
			tested, tests, passes);
	}

	/**
	 * Work of one training.
	 *
	 * @param episodes passes forward and back
	 * @param trained images in them
	 * @param tested images of its validations
	 */
	private record Training(long episodes, long trained, long tested) {

		/** @param watched number of labeled images that each epoch is scored on */
		static Training of(final ComparisonData data, final int[] training, final long watched,
			final Objective objective, final ComparisonOptions options, final long seed)
		{
			final EpisodeSampler sampler = objective.sampler(data.images(), training,
				options.training(seed, options.rates().get(0)).sizes(), message -> {});
			final EpisodeSizes sizes = sampler.sizes();
			final long passes = (long) options.epochs() * sampler.episodesPerEpoch();
			return new Training(passes, passes * (sizes.queries() + sizes.controls()),
				options.epochs() * watched * (objective.statistics().needsControls() ? 3L : 1L));
		}
	}

	/** Returns the images of a calibration. */
	private static long calibrated(final ComparisonData data, final OuterSplit split) {
		final Map<String, long[]> plates = new TreeMap<>();
		for (final int s : split.training()) {
			final long[] counts = plates.computeIfAbsent(data.samples().get(s).plate(), plate -> new long[2]);
			if (data.samples().get(s).labeled()) counts[0]++;
			if (data.samples().get(s).control()) counts[1]++;
		}
		return plates.values()
			.stream()
			.filter(counts -> counts[0] > 0 && counts[1] > 0)
			.limit(ModelCalibration.PLATES)
			.mapToLong(counts -> Math.min(counts[0], ModelCalibration.QUERIES) +
				Math.min(counts[1], ModelCalibration.CONTROLS))
			.sum();
	}

	/**
	 * Returns the number of images and of predictions of the tests of a method: one that does not depend on the other
	 * queries is asked once.
	 */
	private static long[] tested(final Method method, final List<Trial> trials, final ComparisonOptions options) {
		final boolean controls = method.needsControls();
		final Map<String, Set<Integer>> known = new HashMap<>();
		long tested = 0;
		long tests = 0;
		for (final Trial trial : trials) {
			if (!Evaluation.applies(method, trial.condition())) continue;
			long queries = trial.queries().length;
			if (!method.dependsOnQueries()) {
				final Set<Integer> asked = known.computeIfAbsent(Evaluation.key(method, trial), k -> new HashSet<>());
				queries = Arrays.stream(trial.queries()).filter(asked::add).count();
			}
			if (queries == 0) continue;
			final long chunks = (queries + options.queries() - 1) / options.queries();
			final long along = method.statistics() == StatisticsOrigin.JOINT
				? chunks * Math.min(options.controls(), trial.controls().length)
				: controls ? trial.controls().length : 0;
			tested += method.passes() * (queries + along);
			tests++;
		}
		return new long[]{tested, tests};
	}

	/**
	 * Returns the time on the CPU, seconds.
	 *
	 * @param side of what the network sees, pixels
	 */
	public double seconds(final ComparisonOptions options, final int side, final int processors) {
		final double depth = switch (Architecture.of(options.architecture(), 1, options.width(), 0).depth()) {
			case RESNET18 -> 1;
			case RESNET34 -> 2;
			case RESNET50 -> 2.3;
		};
		final double pass = depth * (RESNET18 * Math.pow(options.width() / WIDTH, 2) * Math.pow(side / SIDE, 2) / CORE +
			MEMORY * options.width() * side * side);
		return TRAINING * trainings + EPISODE * episodes + TEST * tests +
			passes * pass * (BACK * trained + tested) / processors;
	}

	/**
	 * Returns the work and the time on this computer's processor for people.
	 *
	 * @param side of what the network sees, pixels
	 */
	public String sentence(final ComparisonOptions options, final int side) {
		final int processors = Runtime.getRuntime().availableProcessors();
		return String.format(Locale.US,
			"%s of %s%s with %,d images in all, and tests of %,d: about %s on %s of this computer at %d x %d pixels, " +
				"less on a GPU. Frozen encoders and objectives that perturb take more.",
			Count.of(trainings, "training"), Count.of(options.epochs(), "epoch"),
			options.searches() ? ", those that try learning rates included," : "", trained, tested,
			Durations.text(seconds(options, side, processors)), Count.of(processors, "core"), side, side);
	}

	/** Images that nobody reads. */
	private record NoTiles(int channels) implements TileSource {

		@Override
		public int count() {
			return 0;
		}

		@Override
		public int size() {
			return 1;
		}

		@Override
		public void read(final int sample, final RandomStream augmentation, final FloatBuffer out) {
			throw new UnsupportedOperationException("An estimate reads no images");
		}
	}
}
