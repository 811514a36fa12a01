// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison.builtin;

import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.StatisticsMethod;
import io.github.isophene.comparison.TrainedWeights;
import io.github.isophene.network.StatisticsOrigin;
import org.scijava.plugin.Plugin;

/** Weights of ARM-BN, calibrated statistics of the controls. */
@Plugin(type = Method.class, priority = 8500)
public final class ArmBnCalibrated extends StatisticsMethod {

	/** Creates the method. */
	public ArmBnCalibrated() {
		super("arm-bn-calibrated", "ARM-BN, calibrated controls",
			"ours",
			TrainedWeights.of("arm-bn"), StatisticsOrigin.CALIBRATED);
	}
}
