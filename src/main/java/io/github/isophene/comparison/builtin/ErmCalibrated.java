// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison.builtin;

import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.StatisticsMethod;
import io.github.isophene.comparison.TrainedWeights;
import io.github.isophene.network.StatisticsOrigin;
import org.scijava.plugin.Plugin;

/**
 * Ordinary training, calibrated statistics of the controls: what of the gain of training in context is left beside
 * it.
 */
@Plugin(type = Method.class, priority = 9700)
public final class ErmCalibrated extends StatisticsMethod {

	/** Creates the method. */
	public ErmCalibrated() {
		super("erm-calibrated", "ERM + calibrated controls",
			"ours",
			TrainedWeights.of("erm"), StatisticsOrigin.CALIBRATED);
	}
}
