// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison.builtin;

import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.StatisticsMethod;
import io.github.isophene.comparison.TrainedWeights;
import io.github.isophene.network.StatisticsOrigin;
import org.scijava.plugin.Plugin;

/**
 * Domain-adversarial training with batches as domains (Ganin et al. 2016, arXiv:1505.07818), running statistics.
 */
@Plugin(type = Method.class, priority = 9200)
public final class DannTraining extends StatisticsMethod {

	/** Creates the method. */
	public DannTraining() {
		super("dann", "DANN",
			"Ganin et al. 2016, arXiv:1505.07818; domain = batch",
			TrainedWeights.of("dann"), StatisticsOrigin.TRAINING);
	}

	@Override
	public boolean isDefault() {
		return false;
	}
}
