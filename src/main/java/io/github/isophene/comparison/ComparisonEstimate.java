// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.nio.FloatBuffer;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.isophene.adaptation.tiles.FieldImages;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.screen.Screen;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Objectives;
import io.github.isophene.training.data.ScreenSamples;
import io.github.isophene.training.data.TileSource;
import io.github.isophene.training.data.TrainingData;

/**
 * Work of a comparison, from the tables alone: no image is read. Refuses what the comparison itself would refuse
 * before it trains.
 *
 * @param trainings number of networks that are trained, for all seeds
 * @param trained images that pass forward and back, controls included
 * @param tested images that pass forward
 */
public record ComparisonEstimate(int trainings, long trained, long tested) {

	/** Multiply-accumulates of a forward pass of a ResNet-18 of width 64 on 224 x 224 pixels. */
	private static final double RESNET18 = 1.8e9;
	private static final double WIDTH = 64;
	private static final double SIDE = 224;
	/** A pass forward and back takes three times as long as one forward. */
	private static final int BACK = 3;
	/** Multiply-accumulates per second and core, measured with narrow ResNets on two cores of a server. */
	private static final double CORE = 2e9;

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
				"for example Metadata_pert_type=negcon");
		final ScreenSamples samples = ScreenSamples.of(screen, source.label(), source.batch(), source.controls());
		final List<String> channels = source.channels().isEmpty() ? screen.channels() : source.channels();
		final ComparisonData data = new ComparisonData(
			new TrainingData(samples.samples(), samples.classes(), new NoTiles(channels.size())),
			samples.fields().stream().map(f -> new FieldImages.Position(f.well(), f.site())).toList(), channels, "",
			"none", source.label());
		final Set<TrainedWeights> names = new LinkedHashSet<>();
		for (final Method method : options.methods()) method.weights().ifPresent(names::add);
		long trained = 0;
		long tested = 0;
		for (int i = 0; i < options.seeds(); i++) {
			final long seed = options.seed() + i;
			final OuterSplit split = OuterSplit.of(data.samples(), options, seed);
			ComparisonCheck.plates(data, split);
			long labelled = 0;
			for (final int s : split.training()) if (data.samples().get(s).labelled()) labelled++;
			for (final TrainedWeights weights : names) {
				// An objective that normalizes with controls has them in its episodes.
				final double controls = Objectives.of(objectives, weights.objective()).statistics().needsControls()
					? (double) options.controls() / options.queries()
					: 0;
				trained += Math.round(options.epochs() * labelled * (1 + controls));
			}
			for (final Trial trial : Trials.of(data, split, options, seed)) {
				for (final Method method : options.methods()) {
					if (!method.frozen() && Evaluation.applies(method, trial.condition()))
						tested += (long) method.passes() * (trial.queries().length + trial.controls().length);
				}
			}
		}
		return new ComparisonEstimate(names.size() * options.seeds(), trained, tested);
	}

	/**
	 * Returns the time on the CPU, seconds: the order of magnitude.
	 *
	 * @param side of what the network sees, pixels
	 */
	public double seconds(final ComparisonOptions options, final int side, final int processors) {
		final double depth = switch (options.architecture().replace("-aa", "")) {
			case "resnet34" -> 2;
			case "resnet50" -> 2.3;
			default -> 1;
		};
		final double pass = RESNET18 * depth * Math.pow(options.width() / WIDTH, 2) * Math.pow(side / SIDE, 2);
		return pass * (BACK * trained + tested) / (CORE * processors);
	}

	/** Images that nobody reads. */
	private record NoTiles(int channels) implements TileSource {

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
