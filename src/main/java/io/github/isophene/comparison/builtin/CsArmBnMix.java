// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison.builtin;

import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.StatisticsMethod;
import io.github.isophene.comparison.TrainedWeights;
import io.github.isophene.network.StatisticsOrigin;
import org.scijava.plugin.Plugin;

/** Normalized by all images of the plate, corrected for the mixture of classes that is predicted. */
@Plugin(type = Method.class, priority = 7900)
public final class CsArmBnMix extends StatisticsMethod {

	/** Creates the method. */
	public CsArmBnMix() {
		super("cs-arm-bn-mix", "CS-ARM-BN, mix",
			"ours, weights of arXiv:2604.20824",
			TrainedWeights.of("cs-arm-bn"), StatisticsOrigin.MIX);
	}
}
