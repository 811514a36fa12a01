// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.isophene.network.Normalization;
import io.github.isophene.network.ResNet;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.pixels.TileSource;
import io.github.isophene.training.data.Episode;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.data.PlateImages;
import io.github.isophene.training.data.TrainingData;

/**
 * Score of a network on samples it wasn't trained on, with the statistics that its objective asks for. As
 * published, each plate's images go through in chunks of at most
 * {@code queries}, each with {@code controls} random negative controls of its plate; the
 * chunks of a plate are about equally large, and the same in every epoch.
 */
final class Validation {

	/**
	 * The result.
	 *
	 * @param loss weighted cross-entropy, nats
	 * @param accuracy share of right answers
	 */
	record Score(double loss, double accuracy) {

		/** Of nothing: not numbers. */
		static final Score NONE = new Score(Double.NaN, Double.NaN);
	}

	/** Permission to go on. */
	@FunctionalInterface
	interface Go {

		/** @return whether to compute this chunk of images, counted from 0, of so many */
		boolean on(int chunk, int total);
	}

	private final Objective objective;
	private final Targets targets;
	private final TileSource tiles;
	private final EpisodeLoader loader;
	private final List<Episode> episodes;

	/**
	 * @param samples indices of the validation samples, of which the labeled ones count; none: there is no score
	 * @param sizes how many queries and controls; an objective that trains without controls but
	 *          predicts with them gets two per query
	 * @throws IllegalArgumentException if there are some and none is labeled, or a plate has no controls but needs
	 *          them
	 */
	Validation(final TrainingData data, final int[] samples, final Objective objective, final EpisodeSizes sizes,
		final Targets targets, final long seed)
	{
		this.objective = objective;
		this.targets = targets;
		tiles = data.tiles();
		loader = new EpisodeLoader(tiles);
		final boolean controls = switch (objective.statistics()) {
			case TRAINING, BATCH -> false;
			default -> true;
		};
		final int perChunk = sizes.controls() > 0 ? sizes.controls() : 2 * sizes.queries();
		episodes = new ArrayList<>();
		for (final PlateImages plate : PlateImages.of(data, samples)) {
			if (plate.labeled().length == 0) continue;
			if (controls && plate.controls().length == 0)
				throw new IllegalArgumentException(
					"The validation plate " + plate.plate() + " has no negative controls, which the objective " +
						objective.name() + " needs: leave the plate out, or say which of its wells are controls");
			final RandomStream random = RandomStream.of(seed, "validation " + plate.plate());
			final int[] order = plate.labeled().clone();
			random.shuffle(order);
			final int chunks = (order.length + sizes.queries() - 1) / sizes.queries();
			for (int i = 0; i < chunks; i++) {
				final int[] queries = Arrays.copyOfRange(order, (int) ((long) order.length * i / chunks),
					(int) ((long) order.length * (i + 1) / chunks));
				episodes.add(
					new Episode(queries, controls ? PlateImages.draw(plate.controls(), perChunk, random) : new int[0]));
			}
		}
		if (samples.length > 0 && episodes.isEmpty())
			throw new IllegalArgumentException("None of the validation images has a label");
	}

	/**
	 * Computes loss and accuracy. Nothing of the network changes.
	 *
	 * @param go asked before each chunk of images
	 * @return {@code null} if it was told to stop
	 */
	Score score(final NDManager parent, final ResNet network, final Go go) throws IOException {
		if (episodes.isEmpty()) return Score.NONE;
		double loss = 0;
		double weight = 0;
		long correct = 0;
		long seen = 0;
		try {
			loader.start(episodes.get(0), i -> null);
			for (int e = 0; e < episodes.size(); e++) {
				if (!go.on(e, episodes.size())) return null;
				final Episode episode = episodes.get(e);
				try (NDManager step = parent.newSubManager()) {
					final NDArray images = loader.take(step);
					if (e + 1 < episodes.size()) loader.start(episodes.get(e + 1), i -> null);
					final NDArray embeddings = EncodedTiles.embeddings(tiles, network, images,
						normalization(objective.statistics(), episode));
					final int q = episode.queries().length;
					final NDArray logits = objective.logits(network,
						q == episode.size() ? embeddings : embeddings.get("0:" + q));
					final double w = targets.weight(episode.queries());
					if (w > 0) loss += w * targets.crossEntropy(logits, episode.queries()).getFloat();
					weight += w;
					correct += targets.correct(logits, episode.queries());
					seen += q;
				}
			}
		}
		finally {
			loader.finish();
		}
		return new Score(weight > 0 ? loss / weight : 0, (double) correct / seen);
	}

	/** The normalization of [queries ; controls] by this kind of statistics. */
	static Normalization normalization(final StatisticsOrigin kind, final Episode episode) {
		return switch (kind) {
			case TRAINING -> Normalization.running();
			case CONTROLS -> Normalization.samples(episode.queries().length, episode.size());
			default -> Normalization.batch();
		};
	}
}
