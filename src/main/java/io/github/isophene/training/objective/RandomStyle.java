// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import ai.djl.ndarray.NDArray;
import io.github.isophene.engine.ElementTypes;
import io.github.isophene.engine.Tensors;
import io.github.isophene.network.Head;
import io.github.isophene.network.ResNet;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Outcome;
import io.github.isophene.training.Step;
import io.github.isophene.training.data.EpisodeSampler;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.data.ShuffledEpisodes;
import io.github.isophene.training.data.TrainingData;

/** Ordinary training in which feature statistics are changed at random at some sites, by chance each. */
abstract class RandomStyle implements Objective {

	private final List<Setting> choices;
	private final Settings settings;
	private final List<Layer> sites;
	private final double probability;
	private final ClassLoss loss;

	RandomStyle(final String name, final List<Setting> choices, final Map<String, String> chosen) {
		this.choices = choices;
		settings = Settings.of(name, choices, chosen);
		sites = Layer.list(settings, "site");
		probability = settings.number("probability");
		loss = ClassLoss.of(settings);
	}

	/** The settings with these defaults, and an objective's own. */
	static List<Setting> choices(final String site, final double probability, final Setting... own) {
		final List<Setting> all = new ArrayList<>(List.of(
			Setting.text("site", site,
				"where: input, stem, stage1, stage2, stage3, or several separated by commas"),
			Setting.number("probability", probability, 0, 1,
				"of changing statistics, drawn for every site and batch (as published)")));
		all.addAll(List.of(own));
		all.addAll(ClassLoss.choices("linear"));
		return List.copyOf(all);
	}

	/**
	 * Changes activations or images.
	 *
	 * @param x [N, C, H, W]; not to be closed
	 * @return a new array
	 */
	abstract NDArray changed(Step step, Layer site, NDArray x);

	/** Returns the perturbed layers. */
	final List<Layer> sites() {
		return sites;
	}

	/** Normally distributed numbers [N, coordinates], of the type and manager of x. */
	static NDArray gaussian(final NDArray x, final int coordinates, final double sd, final RandomStream random) {
		final int n = (int) x.getShape().get(0);
		final float[] values = new float[n * coordinates];
		for (int i = 0; i < values.length; i++) values[i] = (float) (sd * random.nextGaussian());
		return array(x, values, n, coordinates);
	}

	/** An array of the type and manager of x. */
	static NDArray array(final NDArray x, final float[] values, final long... shape) {
		final NDArray array = Tensors.create(x.getManager(), values, shape);
		final NDArray converted = ElementTypes.convert(array, x.getDataType());
		if (converted != array) array.close();
		return converted;
	}

	/** The settings. */
	final Settings chosen() {
		return settings;
	}

	@Override
	public final List<Setting> choices() {
		return choices;
	}

	@Override
	public final Map<String, String> settings() {
		return settings.all();
	}

	@Override
	public final Head head() {
		return loss.head();
	}

	@Override
	public final EpisodeSampler sampler(final TrainingData data, final int[] training, final EpisodeSizes wanted,
		final Consumer<String> log)
	{
		return new ShuffledEpisodes(data, training, wanted, log);
	}

	@Override
	public final Outcome forward(final Step step) {
		// A site behind the network's output would never be reached.
		for (final Layer site : sites) site.channels(step.network().architecture());
		final ResNet.Tap tap = (stage, x) -> {
			final Optional<Layer> site = sites.stream().filter(s -> s.stage() == stage).findFirst();
			return site.isPresent() && step.random().nextDouble() < probability ? changed(step, site.get(), x) : x;
		};
		final NDArray images = tap.apply(Layer.INPUT.stage(), step.images());
		try (NDArray embeddings = step.network().embed(images, step.ordinaryStatistics(), tap)) {
			final NDArray logits = step.network().logits(embeddings);
			return new Outcome(loss.of(step, logits), logits);
		}
		finally {
			if (images != step.images()) images.close();
		}
	}

	@Override
	public final StatisticsOrigin statistics() {
		return StatisticsOrigin.TRAINING;
	}
}
