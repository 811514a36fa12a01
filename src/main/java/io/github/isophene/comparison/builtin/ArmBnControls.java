// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison.builtin;

import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.StatisticsMethod;
import io.github.isophene.comparison.TrainedWeights;
import io.github.isophene.network.StatisticsOrigin;
import org.scijava.plugin.Plugin;

/**
 * Batches of one plate in training, statistics of the controls alone at test time. It differs from ERM + control
 * statistics in training only: there, batches are shuffled over all plates, so the weights never see a plate
 * normalized by itself. Close to the variant that ml-jku/cs-arm-bn calls BEN, and not batch effects normalization,
 * which uses no controls.
 */
@Plugin(type = Method.class, priority = 8600)
public final class ArmBnControls extends StatisticsMethod {

	/** Creates the method. */
	public ArmBnControls() {
		super("arm-bn-controls", "ARM-BN + control statistics",
			"ours; near the variant called BEN in the code of arXiv:2604.20824",
			TrainedWeights.of("arm-bn"), StatisticsOrigin.CONTROLS);
	}
}
