// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.recipe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import io.github.isophene.engine.ScalarOps;
import io.github.isophene.engine.Tensors;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Outcome;
import io.github.isophene.training.Step;
import io.github.isophene.training.data.Episode;
import io.github.isophene.training.data.EpisodeSampler;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.data.ShuffledEpisodes;
import io.github.isophene.training.data.TrainingData;

/**
 * Supervised and self-supervised training at once: simulated tiles are told apart by their classes, and two views of a
 * place of a real image are to have the same embedding, by VICReg (Bardes, Ponce and LeCun 2022, arXiv 2105.04906):
 * mean square of the difference, a hinge on each feature's sd, and the squares of the covariances, weighted 25, 25 and
 * 1, of an expander's output. All images of a step share one batch normalization.
 *
 * @param tiles of both kinds
 * @param pairs places per step, each seen twice
 * @param weight factor on the sum of the three terms, over 25
 */
record ClassesAndPairs(MixedTiles tiles, int pairs, double weight) implements Objective {

	private static final String HIDDEN = "expander.0.weight";
	private static final String HIDDEN_BIAS = "expander.0.bias";
	private static final String OUT = "expander.1.weight";
	private static final int WIDTH = 256;
	private static final float TINY = 1e-4f;

	@Override
	public String name() {
		return "classes-and-pairs";
	}

	@Override
	public String description() {
		return "Classes of simulated tiles, VICReg of real ones";
	}

	@Override
	public Map<String, String> settings() {
		return Map.of("pairs", Integer.toString(pairs), "weight", Double.toString(weight));
	}

	@Override
	public EpisodeSampler sampler(final TrainingData data, final int[] training, final EpisodeSizes wanted,
		final Consumer<String> log)
	{
		final ShuffledEpisodes classes = new ShuffledEpisodes(data, training, wanted, log);
		final EpisodeSizes sizes = new EpisodeSizes(classes.sizes().queries(), 2 * pairs, 1);
		final int first = tiles.simulated().count();
		return new EpisodeSampler() {

			@Override
			public EpisodeSizes sizes() {
				return sizes;
			}

			@Override
			public int episodesPerEpoch() {
				return classes.episodesPerEpoch();
			}

			@Override
			public List<Episode> epoch(final RandomStream random) {
				final List<Episode> episodes = new ArrayList<>();
				for (final Episode episode : classes.epoch(random)) {
					final int[] views = new int[2 * pairs];
					for (int i = 0; i < pairs; i++) views[i] = views[pairs + i] = first + tiles.real().draw(random);
					episodes.add(new Episode(episode.queries(), views));
				}
				return episodes;
			}
		};
	}

	@Override
	public Map<String, float[]> parameters(final Architecture architecture, final long seed) {
		final int d = architecture.embeddingDimension();
		final Map<String, float[]> parameters = new HashMap<>();
		parameters.put(HIDDEN, normal(RandomStream.of(seed, HIDDEN), WIDTH * d, Math.sqrt(2. / d)));
		parameters.put(HIDDEN_BIAS, new float[WIDTH]);
		parameters.put(OUT, normal(RandomStream.of(seed, OUT), WIDTH * WIDTH, Math.sqrt(2. / WIDTH)));
		return parameters;
	}

	private static float[] normal(final RandomStream random, final int n, final double sd) {
		final float[] values = new float[n];
		for (int i = 0; i < n; i++) values[i] = (float) (sd * random.nextGaussian());
		return values;
	}

	@Override
	public Outcome forward(final Step step) {
		try (NDScope scope = new NDScope()) {
			final NDArray embeddings = step.embed(step.ordinaryStatistics());
			final NDArray logits = step.network().logits(step.queryRows(embeddings));
			final NDArray classes = step.crossEntropy(logits);
			final long d = embeddings.getShape().get(1);
			final int q = step.queries();
			final NDArray hidden = Activation.relu(Linear
				.linear(embeddings.get(q + ":"), step.own(HIDDEN).reshape(WIDTH, d), step.own(HIDDEN_BIAS))
				.singletonOrThrow());
			final NDArray z = Linear.linear(hidden, step.own(OUT).reshape(WIDTH, WIDTH)).singletonOrThrow();
			final NDArray one = z.get("0:" + pairs);
			final NDArray other = z.get(pairs + ":");
			final NDArray same = one.sub(other).square().mean();
			final NDArray spread = ScalarOps.over(hinge(one).add(hinge(other)), 2);
			final NDArray covariance = ScalarOps.over(covariance(step, one).add(covariance(step, other)), 25);
			final NDArray pairsLoss = same.add(spread).add(covariance);
			final Map<String, Double> figures = Map.of("classes", value(classes), "same", value(same), "spread",
				value(spread), "covariance", value(covariance));
			final NDArray loss = classes.add(ScalarOps.times(pairsLoss, (float) weight));
			NDScope.unregister(loss, logits);
			return new Outcome(loss, logits, figures);
		}
	}

	/** Mean over the features of max(0, 1 - sd). */
	private static NDArray hinge(final NDArray z) {
		final NDArray centered = z.sub(z.mean(new int[]{0}, true));
		final NDArray variance = ScalarOps.over(centered.square().sum(new int[]{0}), z.getShape().get(0) - 1f);
		final NDArray sd = variance.add(TINY).sqrt();
		return Activation.relu(sd.neg().add(1f)).mean();
	}

	/** Sum of the squares of the covariances of different features, over the number of features. */
	private static NDArray covariance(final Step step, final NDArray z) {
		final long n = z.getShape().get(0);
		final int k = (int) z.getShape().get(1);
		final NDArray centered = z.sub(z.mean(new int[]{0}, true));
		final NDArray c = ScalarOps.over(centered.transpose().matMul(centered), n - 1f);
		final float[] off = new float[k * k];
		for (int i = 0; i < off.length; i++) off[i] = i % (k + 1) == 0 ? 0 : 1;
		final NDArray mask = Tensors.create(step.manager(), off, k, k);
		return ScalarOps.over(c.square().mul(mask).sum(), k);
	}

	private static double value(final NDArray scalar) {
		try (NDArray detached = scalar.stopGradient()) {
			return detached.toFloatArray()[0];
		}
	}

	@Override
	public StatisticsOrigin statistics() {
		return StatisticsOrigin.TRAINING;
	}
}
