// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison.builtin;

import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.StatisticsMethod;
import io.github.isophene.comparison.TrainedWeights;
import io.github.isophene.network.LayerNorms;
import io.github.isophene.network.StatisticsOrigin;
import org.scijava.plugin.Plugin;

/**
 * Ordinary training of a network with instance normalization (Ulyanov et al. 2016, arXiv:1607.08022) in place of
 * batch normalization: no statistics of other images, no controls.
 */
@Plugin(type = Method.class, priority = 9400)
public final class InstanceNorm extends StatisticsMethod {

	/** Creates the method. */
	public InstanceNorm() {
		super("instance-norm", "InstanceNorm, ERM",
			"Ulyanov et al. 2016, arXiv:1607.08022",
			new TrainedWeights("erm", LayerNorms.INSTANCE, false), StatisticsOrigin.TRAINING);
	}

	@Override
	public boolean isDefault() {
		return false;
	}
}
