// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison.builtin;

import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.StatisticsMethod;
import io.github.isophene.comparison.TrainedWeights;
import io.github.isophene.network.StatisticsOrigin;
import org.scijava.plugin.Plugin;

/** Ordinary training, the running statistics of training: no adaptation. */
@Plugin(type = Method.class, priority = 9900)
public final class ErmTraining extends StatisticsMethod {

	/** Creates the method. */
	public ErmTraining() {
		super("erm", "ERM, running statistics",
			"ordinary training",
			TrainedWeights.of("erm"), StatisticsOrigin.TRAINING);
	}
}
