// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison.builtin;

import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.StatisticsMethod;
import io.github.isophene.comparison.TrainedWeights;
import io.github.isophene.network.StatisticsOrigin;
import org.scijava.plugin.Plugin;

/**
 * Training against worst-case shifts of feature statistics, running statistics: the idea of ABRA (arXiv:2603.05622)
 * with constants of our own.
 */
@Plugin(type = Method.class, priority = 7800)
public final class AbraTraining extends StatisticsMethod {

	/** Creates the method. */
	public AbraTraining() {
		super("abra", "ABRA",
			"after the abstract of arXiv:2603.05622; constants ours",
			TrainedWeights.of("abra"), StatisticsOrigin.TRAINING);
	}

	@Override
	public boolean isDefault() {
		return false;
	}
}
