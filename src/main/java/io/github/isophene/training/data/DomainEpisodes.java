// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.github.isophene.numerics.RandomStream;

/**
 * Episodes with equally many labeled images of each of a few batches, drawn anew for each episode, without controls.
 * An epoch has as many episodes as {@link ShuffledEpisodes}.
 */
public final class DomainEpisodes implements EpisodeSampler {

	private final List<int[]> batches;
	private final EpisodeSizes sizes;
	private final int perEpoch;
	private final int together;

	/**
	 * Creates the sampler.
	 *
	 * @param training indices of the samples to learn from; only labeled ones are used
	 * @param wanted labeled images per episode and episodes per step; controls are left out
	 * @param most batches in an episode at most; fewer where there are fewer, or each would have a single image
	 * @param log receives a message if sizes were reduced
	 * @throws IllegalArgumentException if fewer than two batches have labeled images
	 */
	public DomainEpisodes(final TrainingData data, final int[] training, final EpisodeSizes wanted, final int most,
		final Consumer<String> log)
	{
		final Map<String, IntStream.Builder> of = new TreeMap<>();
		Arrays.stream(training)
			.filter(i -> data.samples().get(i).labeled())
			.forEach(i -> of.computeIfAbsent(data.samples().get(i).batch(), b -> IntStream.builder()).add(i));
		if (of.size() < 2)
			throw new IllegalArgumentException(
				"The labeled training images are of " + of.size() + " batch: to learn what batches have in common, " +
					"give at least 2 (the batch column)");
		batches = of.values().stream().map(b -> b.build().toArray()).toList();
		final ShuffledEpisodes all = new ShuffledEpisodes(data, training, wanted, log);
		sizes = all.sizes();
		perEpoch = all.episodesPerEpoch();
		together = Math.max(2, Math.min(Math.min(most, batches.size()), sizes.queries() / 2));
	}

	@Override
	public EpisodeSizes sizes() {
		return sizes;
	}

	@Override
	public int episodesPerEpoch() {
		return perEpoch;
	}

	@Override
	public List<Episode> epoch(final RandomStream random) {
		final List<Episode> episodes = new ArrayList<>();
		final int[] order = IntStream.range(0, batches.size()).toArray();
		for (int e = 0; e < perEpoch; e++) {
			random.shuffle(order, together);
			final IntStream.Builder queries = IntStream.builder();
			for (int b = 0; b < together; b++) {
				// Where the number doesn't divide, the first batches have one more.
				final int n = (sizes.queries() + together - 1 - b) / together;
				for (final int i : PlateImages.draw(batches.get(order[b]), n, random)) queries.add(i);
			}
			episodes.add(new Episode(queries.build().toArray(), new int[0]));
		}
		return episodes;
	}
}
