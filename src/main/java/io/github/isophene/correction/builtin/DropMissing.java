// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction.builtin;

import java.util.List;
import java.util.stream.IntStream;

import io.github.isophene.correction.Correction;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.FeatureSelection;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import org.scijava.plugin.Plugin;

/** Leaves out features of which more than a share of the values is missing or infinite. */
@Plugin(type = Correction.class)
public final class DropMissing extends FeatureSelection {

	@Override
	public String name() {
		return "drop_missing";
	}

	@Override
	public String description() {
		return "leaves out features with more than a share of missing or infinite values";
	}

	@Override
	public List<Setting> settings() {
		return List.of(Setting.number("share", .05, 0, 1, "the largest share of missing values allowed"));
	}

	@Override
	public boolean[] keep(final ProfileTable table, final Settings settings, final CorrectionContext context) {
		final int[] missing = new int[table.featureCount()];
		final float[] values = new float[missing.length];
		for (int row = 0; row < table.rowCount(); row++) {
			table.copyRow(row, values, 0);
			for (int i = 0; i < missing.length; i++) {
				if (!Float.isFinite(values[i])) missing[i]++;
			}
		}
		final double allowed = settings.number("share");
		final boolean[] keep = new boolean[missing.length];
		IntStream.range(0, keep.length).forEach(i -> keep[i] = (double) missing[i] / table.rowCount() <= allowed);
		return keep;
	}
}
