// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison.builtin;

import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.StatisticsMethod;
import io.github.isophene.comparison.TrainedWeights;
import io.github.isophene.network.StatisticsOrigin;
import org.scijava.plugin.Plugin;

/** As published: chunks of queries, each with random controls (Sanchez-Fernandez et al. 2026, arXiv:2604.20824). */
@Plugin(type = Method.class, priority = 8300)
public final class CsArmBnJoint extends StatisticsMethod {

	/** Creates the method. */
	public CsArmBnJoint() {
		super("cs-arm-bn-joint", "CS-ARM-BN, joint",
			"Sanchez-Fernandez et al. 2026, arXiv:2604.20824",
			TrainedWeights.of("cs-arm-bn"), StatisticsOrigin.JOINT);
	}
}
