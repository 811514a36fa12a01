// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.io.IOException;
import java.util.List;

import io.github.isophene.training.Sample;

/** Where the images of a comparison come from. */
public interface ComparisonSource {

	/** What is known of each image. */
	List<Sample> samples();

	/**
	 * The images, scaled for a split: what is measured to scale them is measured on its
	 * training part alone.
	 *
	 * @throws IOException if an image can't be read
	 */
	ComparisonData data(OuterSplit split) throws IOException;
}
