// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.io.IOException;
import java.util.List;

import io.github.isophene.engine.Precision;
import io.github.isophene.progress.Progress;
import io.github.isophene.training.data.Sample;

/** Source of the images of a comparison. */
public interface ComparisonSource {

	/** Returns the metadata of each image. */
	List<Sample> samples();

	/**
	 * Refuses a split that would test what is learned from, before anything long begins.
	 *
	 * @throws IllegalArgumentException naming what is on both sides, and the remedy
	 */
	default void requireApart(final OuterSplit split) {}

	/**
	 * The images, scaled for a split: what is measured to scale them is measured on its
	 * training part alone.
	 *
	 * @throws IOException if an image can't be read
	 */
	ComparisonData data(OuterSplit split) throws IOException;

	/**
	 * Looks whether all images are there, without reading them: those that are tested on are read after hours
	 * of training.
	 *
	 * @throws IOException naming the first that isn't
	 */
	default void requireImages() throws IOException {}

	/**
	 * Returns the profiles of each image by a frozen encoder.
	 *
	 * @param encoder see {@link ComparisonOptions#encoder}
	 * @param device where to compute
	 * @param precision of the encoder
	 * @param sameSize whether the encoder gets what the trained networks see (their downscaling and tile) in place of
	 *          what it would take itself
	 * @param progress of the run
	 * @throws IOException if there is no such encoder, it can't take these images, or an image can't be read
	 */
	FrozenProfiles frozen(String encoder, String device, Precision precision, boolean sameSize, Progress progress)
		throws IOException;
}
