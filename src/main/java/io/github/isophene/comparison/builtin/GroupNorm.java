// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison.builtin;

import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.StatisticsMethod;
import io.github.isophene.comparison.TrainedWeights;
import io.github.isophene.network.LayerNorms;
import io.github.isophene.network.StatisticsOrigin;
import org.scijava.plugin.Plugin;

/**
 * Ordinary training of a network with group normalization (Wu, He 2018, arXiv:1803.08494) in place of batch
 * normalization.
 */
@Plugin(type = Method.class, priority = 9300)
public final class GroupNorm extends StatisticsMethod {

	/** Creates the method. */
	public GroupNorm() {
		super("group-norm", "GroupNorm, ERM",
			"Wu, He 2018, arXiv:1803.08494; 16 channels per group",
			new TrainedWeights("erm", LayerNorms.GROUP, false), StatisticsOrigin.TRAINING);
	}

	@Override
	public boolean isDefault() {
		return false;
	}
}
