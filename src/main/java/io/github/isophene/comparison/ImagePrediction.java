// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import io.github.isophene.adaptation.tiles.FieldImages;
import io.github.isophene.training.data.Sample;

/**
 * Prediction of one image of a plate that is tested whole.
 *
 * @param sample index of the image
 * @param label its class by the screen's table
 * @param predicted the predicted class
 */
record ImagePrediction(long seed, Method method, Condition condition, int sample, String batch, String plate,
	String well, String site, String label, String predicted)
{

	static ImagePrediction of(final ComparisonData data, final long seed, final Method method,
		final Condition condition, final int sample, final int predicted)
	{
		final Sample of = data.samples().get(sample);
		final FieldImages.Position at = data.positions().get(sample);
		return new ImagePrediction(seed, method, condition, sample, of.batch(), of.plate(), at.well(), at.site(),
			data.images().classes().get(of.label()), data.images().classes().get(predicted));
	}
}
