// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison.builtin;

import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.StatisticsMethod;
import io.github.isophene.comparison.TrainedWeights;
import io.github.isophene.network.StatisticsOrigin;
import org.scijava.plugin.Plugin;

/**
 * Adaptive batch normalization (Li et al. 2016, arXiv:1603.04779): weights of ERM, statistics of the test images.
 */
@Plugin(type = Method.class, priority = 9600)
public final class AdaBn extends StatisticsMethod {

	/** Creates the method. */
	public AdaBn() {
		super("adabn", "AdaBN",
			"Li et al. 2016, arXiv:1603.04779",
			TrainedWeights.of("erm"), StatisticsOrigin.BATCH);
	}
}
