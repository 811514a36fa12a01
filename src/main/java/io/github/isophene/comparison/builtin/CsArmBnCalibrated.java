// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison.builtin;

import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.StatisticsMethod;
import io.github.isophene.comparison.TrainedWeights;
import io.github.isophene.network.StatisticsOrigin;
import org.scijava.plugin.Plugin;

/**
 * Normalized by the controls, moved to what the weights expect of controls and queries: independent of the queries,
 * too.
 */
@Plugin(type = Method.class, priority = 8000)
public final class CsArmBnCalibrated extends StatisticsMethod {

	/** Creates the method. */
	public CsArmBnCalibrated() {
		super("cs-arm-bn-calibrated", "CS-ARM-BN, calibrated controls",
			"ours, weights of arXiv:2604.20824",
			TrainedWeights.of("cs-arm-bn"), StatisticsOrigin.CALIBRATED);
	}
}
