// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction.builtin;

import java.util.Arrays;
import java.util.List;

import io.github.isophene.correction.ColumnStrips;
import io.github.isophene.correction.Correction;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.FeatureSelection;
import io.github.isophene.correction.GroupScaling;
import io.github.isophene.correction.Groups;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import org.scijava.plugin.Plugin;

/**
 * Leaves out features that, on any one plate, have no median absolute deviation or one of no
 * more than a share of the median, or that have a missing or infinite value: the first step of
 * JUMP's recipe ({@code var}).
 */
@Plugin(type = Correction.class)
public final class DropUnstable extends FeatureSelection {

	@Override
	public String name() {
		return "variant";
	}

	@Override
	public String description() {
		return "leaves out features without a MAD on any one plate, or with missing values, as JUMP's recipe (var)";
	}

	@Override
	public List<Setting> settings() {
		return List.of(GroupScaling.PER, GroupScaling.ROWS,
			Setting.number("share", 1e-3, 0, Double.MAX_VALUE, "MAD / |median| must be above it"));
	}

	@Override
	public boolean[] keep(final ProfileTable table, final Settings settings, final CorrectionContext context) {
		final String per = settings.text("per");
		final int[][] rows = Groups.by(table, per, context)
			.split(context.rows(table, settings.text("rows")), 1, per, context, " to tell which features vary");
		final double share = settings.number("share");
		final DropMissing missing = new DropMissing();
		final boolean[] keep = missing.keep(table,
			Settings.parse(missing.name(), missing.settings(), List.of("0")), context);
		for (final int[] group : rows) {
			ColumnStrips.forEach(table, group, context, (feature, values) -> {
				if (!keep[feature]) return;
				final double[] sorted = new double[values.length];
				Arrays.setAll(sorted, i -> values[i]);
				final double median = GroupScaling.median(sorted, sorted.length);
				Arrays.setAll(sorted, i -> Math.abs(values[i] - median));
				final double mad = GroupScaling.median(sorted, sorted.length);
				// A median of 0 has no ratio, which the recipe counts as 0.
				keep[feature] = mad != 0 && median != 0 && Math.abs(mad / median) > share;
			});
		}
		return keep;
	}
}
