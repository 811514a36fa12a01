// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison.builtin;

import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.StatisticsMethod;
import io.github.isophene.comparison.TrainedWeights;
import io.github.isophene.network.StatisticsOrigin;
import org.scijava.plugin.Plugin;

/** Training in context without controls (Zhang et al. 2021, arXiv:2007.02931). */
@Plugin(type = Method.class, priority = 8700)
public final class ArmBnBatch extends StatisticsMethod {

	/** Creates the method. */
	public ArmBnBatch() {
		super("arm-bn", "ARM-BN",
			"Zhang et al. 2021, arXiv:2007.02931",
			TrainedWeights.of("arm-bn"), StatisticsOrigin.BATCH);
	}
}
