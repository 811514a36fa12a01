// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction.builtin;

import java.util.List;

import io.github.isophene.correction.Correction;
import io.github.isophene.correction.GroupScaling;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import org.scijava.plugin.Plugin;

/** Subtracts the mean and divides by the standard deviation (of the population, ddof 0). */
@Plugin(type = Correction.class)
public final class Standardize extends GroupScaling {

	@Override
	public String name() {
		return "standardize";
	}

	@Override
	public String description() {
		return "(x - mean) / standard deviation (ddof 0), from the controls of each plate";
	}

	@Override
	public List<Setting> settings() {
		return List.of(PER, ROWS, SHRINK, FLOOR);
	}

	@Override
	protected int wellsNeeded() {
		return 8;
	}

	@Override
	public double[] centerAndScale(final double[] values, final int count, final Settings settings) {
		final double mean = mean(values, count);
		double sum = 0;
		for (int i = 0; i < count; i++) sum += (values[i] - mean) * (values[i] - mean);
		return new double[]{mean, Math.sqrt(sum / count)};
	}
}
