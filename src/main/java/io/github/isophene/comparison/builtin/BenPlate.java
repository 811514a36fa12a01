// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison.builtin;

import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.StatisticsMethod;
import io.github.isophene.comparison.TrainedWeights;
import io.github.isophene.network.StatisticsOrigin;
import org.scijava.plugin.Plugin;

/**
 * Batch effects normalization (Lin, Lu 2022, doi:10.1101/2022.10.14.512286): each plate normalized by all of its
 * images, in training (by a sample of them) and at prediction (by all, exactly).
 */
@Plugin(type = Method.class, priority = 8800)
public final class BenPlate extends StatisticsMethod {

	/** Creates the method. */
	public BenPlate() {
		super("ben", "BEN",
			"Lin, Lu 2022, doi:10.1101/2022.10.14.512286",
			TrainedWeights.of("ben"), StatisticsOrigin.JOINT_PLATE);
	}

	@Override
	public boolean isDefault() {
		return false;
	}
}
