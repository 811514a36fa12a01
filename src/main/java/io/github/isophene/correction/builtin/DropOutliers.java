// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction.builtin;

import java.util.Arrays;
import java.util.List;

import io.github.isophene.correction.Correction;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.FeatureSelection;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import org.scijava.plugin.Plugin;

/** Leaves out features with an absolute value above a cutoff, as pycytominer's drop_outliers on normalized profiles. */
@Plugin(type = Correction.class)
public final class DropOutliers extends FeatureSelection {

	@Override
	public String name() {
		return "outlier";
	}

	@Override
	public String description() {
		return "leaves out features with a value beyond +-cutoff, as pycytominer's drop_outliers";
	}

	@Override
	public List<Setting> settings() {
		return List.of(Setting.number("cutoff", 500, 0, Double.MAX_VALUE, "the largest absolute value allowed"));
	}

	@Override
	public boolean[] keep(final ProfileTable table, final Settings settings, final CorrectionContext context) {
		final double cutoff = settings.number("cutoff");
		final boolean[] keep = new boolean[table.featureCount()];
		Arrays.fill(keep, true);
		final float[] values = new float[keep.length];
		for (int row = 0; row < table.rowCount(); row++) {
			table.copyRow(row, values, 0);
			for (int i = 0; i < keep.length; i++) {
				if (Math.abs(values[i]) > cutoff) keep[i] = false;
			}
		}
		return keep;
	}
}
