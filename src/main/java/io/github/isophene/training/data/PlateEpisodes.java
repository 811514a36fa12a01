// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

import io.github.isophene.messages.Count;
import io.github.isophene.numerics.RandomStream;

/**
 * Episodes of one plate each, as published (Sanchez-Fernandez et al. 2026, arXiv:2604.20824):
 * the plate is chosen uniformly; of its labeled images {@code queries} are drawn, and of
 * its negative controls {@code controls}, each without replacement if there are more than
 * wanted, otherwise with. An epoch has floor(N / queries) episodes for N labeled images of
 * all plates. With 0 controls these are the episodes of ARM-BN.
 */
public final class PlateEpisodes implements EpisodeSampler {

	/** Number of plates that a message names. */
	private static final int NAMED = 5;

	private final List<PlateImages> plates;
	private final int images;
	private final EpisodeSizes sizes;

	/**
	 * @param training indices of the samples to learn from
	 * @param wanted the sizes; automatic ones are the published, or smaller where plates have
	 *          fewer images: the median number of labeled images, twice as many controls but
	 *          not more than the median plate has (nor fewer than queries), and not more
	 *          episodes per step than there are plates
	 * @param log takes a message where sizes were reduced or plates left out
	 * @throws IllegalArgumentException if no plate has what an episode needs
	 */
	public PlateEpisodes(final TrainingData data, final int[] training, final EpisodeSizes wanted,
		final Consumer<String> log)
	{
		final List<
			PlateImages> all = PlateImages.of(data, training).stream().filter(p -> p.labeled().length > 0).toList();
		if (all.isEmpty()) throw new IllegalArgumentException("None of the training images has a label");
		plates = wanted.controls() == 0 ? all : withControls(all, log);
		images = plates.stream().mapToInt(p -> p.labeled().length).sum();
		sizes = sizes(wanted, log);
	}

	private static List<PlateImages> withControls(final List<PlateImages> all, final Consumer<String> log) {
		final List<
			String> without = all.stream().filter(p -> p.controls().length == 0).map(PlateImages::plate).toList();
		if (without.size() == all.size())
			throw new IllegalArgumentException("No training plate has negative controls, which " +
				"this objective learns with: say which wells are controls, or use the objective arm-bn or erm");
		if (!without.isEmpty())
			log.accept(
				without.size() + " of " + all.size() + " training plates have no negative controls and are left out: " +
					String.join(", ", without.subList(0, Math.min(NAMED, without.size()))) +
					(without.size() > NAMED ? "..." : ""));
		return all.stream().filter(p -> p.controls().length > 0).toList();
	}

	private EpisodeSizes sizes(final EpisodeSizes wanted, final Consumer<String> log) {
		final EpisodeSizes published = EpisodeSizes.PUBLISHED;
		final int medianQueries = median(p -> p.labeled().length);
		final int medianControls = median(p -> p.controls().length);
		int queries = wanted.queries();
		if (queries == EpisodeSizes.AUTO) queries = Math.min(published.queries(), medianQueries);
		if (queries > images)
			throw new IllegalArgumentException("An episode of " + Count.of(queries, "query") + " is larger than the " +
				"training part, which has " + images + " labeled images: ask for fewer");
		int controls = wanted.controls();
		if (controls < 0) controls = Math.min(2 * queries, Math.max(queries, medianControls));
		final int episodes = images / queries;
		int accumulate = wanted.accumulate();
		if (accumulate == EpisodeSizes.AUTO)
			accumulate = Math.min(published.accumulate(), Math.min(plates.size(), episodes));
		if (accumulate > episodes)
			throw new IllegalArgumentException("A step of " + Count.of(accumulate, "episode") + " is more than an " +
				"epoch has, which is " + episodes + ": ask for fewer, or for fewer queries per episode");
		final EpisodeSizes chosen = new EpisodeSizes(queries, controls, accumulate);
		if (queries < published.queries() && wanted.queries() == EpisodeSizes.AUTO ||
			controls < published.controls() && wanted.controls() < 0 ||
			accumulate < published.accumulate() && wanted.accumulate() == EpisodeSizes.AUTO)
		{
			log.accept("The median training plate has " + medianQueries + " labeled images and " +
				Count.of(medianControls, "control") + ": an episode takes " + queries + " and " + controls +
				", a step " + Count.of(accumulate, "episode") + " (published: 64 and 128, 8)");
		}
		if (controls > medianControls)
			log.accept("Controls are drawn with replacement: the median plate has " + medianControls +
				", an episode takes " + controls);
		return chosen;
	}

	private int median(final ToIntFunction<PlateImages> count) {
		final int[] counts = plates.stream().mapToInt(count).sorted().toArray();
		return counts[counts.length / 2];
	}

	@Override
	public EpisodeSizes sizes() {
		return sizes;
	}

	@Override
	public int episodesPerEpoch() {
		return images / sizes.queries() / sizes.accumulate() * sizes.accumulate();
	}

	@Override
	public List<Episode> epoch(final RandomStream random) {
		final List<Episode> episodes = new ArrayList<>();
		for (int i = 0; i < episodesPerEpoch(); i++) {
			final PlateImages plate = plates.get(random.nextInt(plates.size()));
			final int[] queries = PlateImages.draw(plate.labeled(), sizes.queries(), random);
			episodes.add(new Episode(queries, PlateImages.draw(plate.controls(), sizes.controls(), random)));
		}
		return episodes;
	}

	/** The plates that episodes are drawn from. */
	List<String> plates() {
		return plates.stream().map(PlateImages::plate).toList();
	}

	@Override
	public String toString() {
		return sizes + " of " + Arrays.toString(plates().toArray());
	}
}
