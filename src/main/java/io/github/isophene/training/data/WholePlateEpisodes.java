// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.isophene.numerics.RandomStream;

/**
 * Episodes of one plate each that are a sample of all of its images: labeled ones, and controls in the proportion in
 * which the plate has them. An epoch has floor(N / queries) episodes for N labeled images of all plates.
 */
public final class WholePlateEpisodes implements EpisodeSampler {

	private final List<PlateImages> plates;
	private final int images;
	private final EpisodeSizes sizes;

	/**
	 * Creates the sampler.
	 *
	 * @param training indices of the samples to learn from
	 * @param wanted labeled images per episode and episodes per step; the number of controls follows from the plates
	 * @param log receives a message where sizes were reduced
	 * @throws IllegalArgumentException if no sample is labeled
	 */
	public WholePlateEpisodes(final TrainingData data, final int[] training, final EpisodeSizes wanted,
		final Consumer<String> log)
	{
		plates = PlateImages.of(data, training).stream().filter(p -> p.labeled().length > 0).toList();
		final EpisodeSizes queries = new PlateEpisodes(data, training,
			new EpisodeSizes(wanted.queries(), 0, wanted.accumulate()), log).sizes();
		images = plates.stream().mapToInt(p -> p.labeled().length).sum();
		final int[] controls = plates.stream().mapToInt(p -> controls(p, queries.queries())).sorted().toArray();
		sizes = new EpisodeSizes(queries.queries(), controls[controls.length / 2], queries.accumulate());
	}

	private static int controls(final PlateImages plate, final int queries) {
		return Math.round((float) queries * plate.controls().length / plate.labeled().length);
	}

	/** Returns the sizes; the number of controls is that of the median plate. */
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
			episodes.add(
				new Episode(queries, PlateImages.draw(plate.controls(), controls(plate, sizes.queries()), random)));
		}
		return episodes;
	}
}
