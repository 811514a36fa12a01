// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison.builtin;

import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.StatisticsMethod;
import io.github.isophene.comparison.TrainedWeights;
import io.github.isophene.network.StatisticsOrigin;
import org.scijava.plugin.Plugin;

/**
 * Embeddings of batches drawn together in mean and covariance (Sun, Saenko 2016, arXiv:1607.01719), running
 * statistics.
 */
@Plugin(type = Method.class, priority = 9100)
public final class CoralTraining extends StatisticsMethod {

	/** Creates the method. */
	public CoralTraining() {
		super("coral", "CORAL",
			"Sun, Saenko 2016, arXiv:1607.01719; domain = batch, weight ours",
			TrainedWeights.of("coral"), StatisticsOrigin.TRAINING);
	}

	@Override
	public boolean isDefault() {
		return false;
	}
}
