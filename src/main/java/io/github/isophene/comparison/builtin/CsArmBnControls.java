// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison.builtin;

import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.StatisticsMethod;
import io.github.isophene.comparison.TrainedWeights;
import io.github.isophene.network.StatisticsOrigin;
import org.scijava.plugin.Plugin;

/** Trained with queries and controls, normalized by the controls alone: independent of the queries' mixture. */
@Plugin(type = Method.class, priority = 8100)
public final class CsArmBnControls extends StatisticsMethod {

	/** Creates the method. */
	public CsArmBnControls() {
		super("cs-arm-bn-controls", "CS-ARM-BN, controls",
			"weights of arXiv:2604.20824",
			TrainedWeights.of("cs-arm-bn"), StatisticsOrigin.CONTROLS);
	}
}
