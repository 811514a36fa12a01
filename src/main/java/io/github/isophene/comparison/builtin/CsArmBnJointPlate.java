// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison.builtin;

import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.StatisticsMethod;
import io.github.isophene.comparison.TrainedWeights;
import io.github.isophene.network.StatisticsOrigin;
import org.scijava.plugin.Plugin;

/** CS-ARM-BN as it is deployed: one pass over all queries and controls of the plate. */
@Plugin(type = Method.class, priority = 8200)
public final class CsArmBnJointPlate extends StatisticsMethod {

	/** Creates the method. */
	public CsArmBnJointPlate() {
		super("cs-arm-bn-joint-plate", "CS-ARM-BN, joint-plate",
			"arXiv:2604.20824, as deployed",
			TrainedWeights.of("cs-arm-bn"), StatisticsOrigin.JOINT_PLATE);
	}
}
