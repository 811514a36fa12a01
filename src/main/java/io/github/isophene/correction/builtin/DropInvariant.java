// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction.builtin;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.github.isophene.correction.ColumnStrips;
import io.github.isophene.correction.Correction;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.FeatureSelection;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import org.scijava.plugin.Plugin;

/**
 * Leaves out features that hardly vary: whose second most common value is too rare beside the
 * most common one, or that have too few different values for the number of rows. (The rules of
 * caret's nearZeroVar as pycytominer's variance_threshold has them.)
 */
@Plugin(type = Correction.class)
public final class DropInvariant extends FeatureSelection {

	@Override
	public String name() {
		return "variance";
	}

	@Override
	public String description() {
		return "leaves out features that hardly vary, as pycytominer's variance_threshold";
	}

	@Override
	public List<Setting> settings() {
		return List.of(
			Setting.number("freq_cut", .05, 0, 1,
				"least ratio of the count of the second most common value to that of the most common"),
			Setting.number("unique_cut", .01, 0, 1, "least ratio of different values to rows"));
	}

	@Override
	public boolean[] keep(final ProfileTable table, final Settings settings, final CorrectionContext context) {
		final boolean[] keep = new boolean[table.featureCount()];
		ColumnStrips.forEach(table, IntStream.range(0, table.rowCount()).toArray(), context, (feature, values) -> {
			int count = 0;
			for (final float value : values) {
				if (!Float.isNaN(value)) values[count++] = value + 0f;
			}
			Arrays.sort(values, 0, count);
			keep[feature] = varies(values, count, table.rowCount(), settings.number("freq_cut"),
				settings.number("unique_cut"));
		});
		return keep;
	}

	/** @param values sorted */
	private static boolean varies(final float[] values, final int count, final int rows, final double freqCut,
		final double uniqueCut)
	{
		int unique = 0;
		int most = 0;
		int second = 0;
		for (int first = 0; first < count;) {
			int end = first + 1;
			while (end < count && values[end] == values[first]) end++;
			final int n = end - first;
			if (n > most) {
				second = most;
				most = n;
			}
			else if (n > second) second = n;
			unique++;
			first = end;
		}
		return unique > 1 && (double) second / most >= freqCut && (double) unique / rows >= uniqueCut;
	}
}
