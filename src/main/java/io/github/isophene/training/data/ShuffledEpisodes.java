// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import io.github.isophene.messages.Count;
import io.github.isophene.numerics.RandomStream;

/**
 * Ordinary batches: the labeled images of all plates in a random order, each at most once
 * an epoch, no controls. Images left over at the end of an epoch are dropped.
 */
public final class ShuffledEpisodes implements EpisodeSampler {

	private final int[] labeled;
	private final EpisodeSizes sizes;

	/**
	 * @param training indices of the samples to learn from; only labeled ones are used
	 * @param wanted queries = images per batch, by default 64; controls are left out
	 * @param log takes a message if there are fewer images than a batch wants
	 * @throws IllegalArgumentException if no sample is labeled
	 */
	public ShuffledEpisodes(final TrainingData data, final int[] training, final EpisodeSizes wanted,
		final Consumer<String> log)
	{
		labeled = Arrays.stream(training).filter(i -> data.samples().get(i).labeled()).toArray();
		if (labeled.length == 0) throw new IllegalArgumentException("None of the training images has a label");
		final int asked = wanted.queries() == EpisodeSizes.AUTO ? EpisodeSizes.PUBLISHED.queries() : wanted.queries();
		final int queries = Math.min(asked, labeled.length);
		if (queries < asked)
			log.accept("There are only " + labeled.length + " labeled training images: a batch has " + queries +
				" instead of " + asked);
		final int batches = labeled.length / queries;
		final int accumulate = Math.min(Math.max(1, wanted.accumulate()), batches);
		if (accumulate < wanted.accumulate())
			log.accept("An epoch has only " + Count.of(batches, "batch") + ": a step takes " + accumulate +
				" of them instead of " + wanted.accumulate());
		sizes = new EpisodeSizes(queries, 0, accumulate);
	}

	@Override
	public EpisodeSizes sizes() {
		return sizes;
	}

	@Override
	public int episodesPerEpoch() {
		return labeled.length / sizes.queries() / sizes.accumulate() * sizes.accumulate();
	}

	@Override
	public List<Episode> epoch(final RandomStream random) {
		final int[] order = labeled.clone();
		random.shuffle(order);
		final int n = sizes.queries();
		final List<Episode> episodes = new ArrayList<>();
		for (int i = 0; i < episodesPerEpoch(); i++) {
			episodes.add(new Episode(Arrays.copyOfRange(order, i * n, (i + 1) * n), new int[0]));
		}
		return episodes;
	}
}
