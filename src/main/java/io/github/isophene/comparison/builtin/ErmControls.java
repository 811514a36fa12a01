// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison.builtin;

import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.StatisticsMethod;
import io.github.isophene.comparison.TrainedWeights;
import io.github.isophene.network.StatisticsOrigin;
import org.scijava.plugin.Plugin;

/** Ordinary training, exact statistics of the plate's controls at test time. */
@Plugin(type = Method.class, priority = 9800)
public final class ErmControls extends StatisticsMethod {

	/** Creates the method. */
	public ErmControls() {
		super("erm-controls", "ERM + control statistics",
			"ours",
			TrainedWeights.of("erm"), StatisticsOrigin.CONTROLS);
	}
}
