// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

import java.util.List;

import io.github.isophene.numerics.RandomStream;

/**
 * Draws the episodes of an epoch. It carries no state: the episodes of an epoch depend on
 * the random stream alone, and its place in an epoch is a number.
 */
public interface EpisodeSampler {

	/** The sizes it really uses. */
	EpisodeSizes sizes();

	/**
	 * The episodes of one epoch, in order, a whole multiple of {@link EpisodeSizes#accumulate}:
	 * a trailing group that isn't complete is dropped.
	 */
	List<Episode> epoch(RandomStream random);

	/** Returns the number of episodes of {@link #epoch}. */
	int episodesPerEpoch();
}
