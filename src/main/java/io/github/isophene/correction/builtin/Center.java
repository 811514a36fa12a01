// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction.builtin;

import java.util.List;

import io.github.isophene.correction.Correction;
import io.github.isophene.correction.GroupScaling;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import org.scijava.plugin.Plugin;

/** Subtracts the mean or median, and leaves the scale. */
@Plugin(type = Correction.class)
public final class Center extends GroupScaling {

	@Override
	public String name() {
		return "center";
	}

	@Override
	public String description() {
		return "x - mean (or median), from the controls of each plate";
	}

	@Override
	public List<Setting> settings() {
		return List.of(PER, ROWS, Setting.choice("by", List.of("mean", "median"), "what is subtracted"), SHRINK);
	}

	@Override
	protected boolean scales() {
		return false;
	}

	@Override
	protected int wellsNeeded() {
		return 4;
	}

	@Override
	public double[] centerAndScale(final double[] values, final int count, final Settings settings) {
		return new double[]{settings.text("by").equals("mean") ? mean(values, count) : median(values, count), 1};
	}
}
