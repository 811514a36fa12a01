// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

import io.github.isophene.messages.Count;

/**
 * The size of an episode, and of how many the gradients are added up for one step.
 *
 * @param queries images that are classified, per episode
 * @param controls negative controls that go along, per episode
 * @param accumulate episodes per step of the optimizer; each loss counts 1 / accumulate
 */
public record EpisodeSizes(int queries, int controls, int accumulate) {

	/** 64 perturbed images, 128 controls, 8 plates per step (Sanchez-Fernandez et al. 2026). */
	public static final EpisodeSizes PUBLISHED = new EpisodeSizes(64, 128, 8);

	/** Leaves the choice to the data: the published numbers, or smaller ones where plates have fewer images. */
	public static final EpisodeSizes AUTOMATIC = new EpisodeSizes(0, -1, 0);

	/** Value of {@link #queries} and {@link #accumulate} that leaves the choice to the data; for controls it is -1. */
	static final int AUTO = 0;

	/** @throws IllegalArgumentException if a number is below that of {@link #AUTOMATIC} */
	public EpisodeSizes {
		if (queries < 0 || controls < -1 || accumulate < 0)
			throw new IllegalArgumentException(
				"An episode can't have " + Count.of(queries, "query") + " and " + Count.of(controls, "control") +
				", nor a step " +
					Count.of(accumulate, "episode") + ": use 1 or more, or " + "0 (controls: -1) for automatic");
	}
}
