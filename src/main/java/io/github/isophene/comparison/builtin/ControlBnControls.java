// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison.builtin;

import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.StatisticsMethod;
import io.github.isophene.comparison.TrainedWeights;
import io.github.isophene.network.StatisticsOrigin;
import org.scijava.plugin.Plugin;

/** Trained by the statistics of each plate's controls alone, and predicting by them. */
@Plugin(type = Method.class, priority = 8400)
public final class ControlBnControls extends StatisticsMethod {

	/** Creates the method. */
	public ControlBnControls() {
		super("control-bn", "trained by control statistics",
			"ours",
			TrainedWeights.of("control-bn"), StatisticsOrigin.CONTROLS);
	}
}
