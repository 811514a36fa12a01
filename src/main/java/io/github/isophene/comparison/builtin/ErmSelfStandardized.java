// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison.builtin;

import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.StatisticsMethod;
import io.github.isophene.comparison.TrainedWeights;
import io.github.isophene.network.LayerNorms;
import io.github.isophene.network.StatisticsOrigin;
import org.scijava.plugin.Plugin;

/**
 * Ordinary training on images that are each standardized by their own mean and standard deviation per channel, in
 * training and prediction: takes a gain and an offset of a whole image out, and brightness as a phenotype with
 * them.
 */
@Plugin(type = Method.class, priority = 9500)
public final class ErmSelfStandardized extends StatisticsMethod {

	/** Creates the method. */
	public ErmSelfStandardized() {
		super("erm-standardized", "ERM, self-standardized images",
			"ours",
			new TrainedWeights("erm", LayerNorms.BATCH, true), StatisticsOrigin.TRAINING);
	}

	@Override
	public boolean isDefault() {
		return false;
	}
}
