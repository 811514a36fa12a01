// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction.builtin;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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
 * Leaves out features that hardly vary among the controls: those whose standard deviation among the controls,
 * within all
 * plates together or on any plate with six controls or more, is less than a share of that among all rows, or
 * that have one
 * and the same value in most controls. Divided by
 * such a spread, a single treated well outweighs all other features (our choice; pycytominer's variance_threshold looks
 * at all rows, of which the controls may be few).
 */
@Plugin(type = Correction.class)
public final class DropQuiet extends FeatureSelection {

	/** Controls whose spread is hardly ever so small by accident. */
	private static final int ENOUGH = 6;

	@Override
	public String name() {
		return "drop_quiet";
	}

	@Override
	public String description() {
		return "leaves out features that hardly vary among the controls: put it before what divides by their spread";
	}

	@Override
	public List<Setting> settings() {
		return List.of(GroupScaling.PER,
			Setting.number("share", .05, 0, 1,
				"least standard deviation of controls within plates, as a share of that among all rows"),
			Setting.number("same", .5, 0, 1, "greatest share of the controls that may have one and the same value"));
	}

	@Override
	public boolean[] keep(final ProfileTable table, final Settings settings, final CorrectionContext context) {
		final String per = settings.text("per");
		final int[] controls = context.controlRows(table);
		final Groups groups = Groups.by(table, per, context);
		final int[] of = IntStream.of(controls).map(row -> groups.of()[row]).toArray();
		final int count = groups.count();
		final boolean[] keep = new boolean[table.featureCount()];
		ColumnStrips.forEach(table, controls, context,
			(feature, values) -> keep[feature] = !isQuiet(values, of, count, table.column(feature), settings));
		return keep;
	}

	private static boolean isQuiet(final float[] values, final int[] of, final int groups, final float[] all,
		final Settings settings)
	{
		final double[] sums = new double[groups];
		final int[] counts = new int[groups];
		for (int i = 0; i < values.length; i++) {
			if (!Float.isFinite(values[i])) continue;
			sums[of[i]] += values[i];
			counts[of[i]]++;
		}
		final double[] squares = new double[groups];
		for (int i = 0; i < values.length; i++) {
			if (Float.isFinite(values[i])) squares[of[i]] += Math.pow(values[i] - sums[of[i]] / counts[of[i]], 2);
		}
		final double least = settings.number("share") * deviation(all);
		double sum = 0;
		int freedom = 0;
		for (int g = 0; g < groups; g++) {
			if (counts[g] >= ENOUGH && Math.sqrt(squares[g] / (counts[g] - 1)) < least) return true;
			sum += squares[g];
			freedom += Math.max(0, counts[g] - 1);
		}
		return freedom > 0 && Math.sqrt(sum / freedom) < least || mostCommon(values) > settings.number("same");
	}

	private static double deviation(final float[] values) {
		double sum = 0;
		int count = 0;
		for (final float v : values) {
			if (!Float.isFinite(v)) continue;
			sum += v;
			count++;
		}
		double squares = 0;
		for (final float v : values) if (Float.isFinite(v)) squares += Math.pow(v - sum / count, 2);
		return count == 0 ? 0 : Math.sqrt(squares / count);
	}

	/** Share of the most common value; 0 where there are too few values to tell. */
	private static double mostCommon(final float[] values) {
		final float[] sorted = values.clone();
		Arrays.sort(sorted);
		int most = 0;
		for (int first = 0, i = 1; i <= sorted.length; i++) {
			if (i < sorted.length && sorted[i] == sorted[first]) continue;
			most = Math.max(most, i - first);
			first = i;
		}
		return sorted.length < 3 ? 0 : most / (double) sorted.length;
	}
}
