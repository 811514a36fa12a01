// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.util.Locale;

import io.github.isophene.messages.Count;
import io.github.isophene.profiles.ProfileTable;

/**
 * Finds values that a scaling has blown up: what a feature does that hardly varies among the controls it was
 * scaled by.
 */
final class Extremes {

	/** Standard deviations of controls beyond which a value says more about the scale than about the cells. */
	private static final double FAR = 100;

	private Extremes() {}

	/** Warns of values that were ordinary before and are far beyond any other feature's now. */
	static void warn(final ProfileTable corrected, final ProfileTable before, final CorrectionContext context,
		final String remedy)
	{
		final float[] row = new float[corrected.featureCount()];
		final boolean[] features = new boolean[row.length];
		long count = 0;
		int worstRow = -1;
		int worst = -1;
		float largest = 0;
		for (int r = 0; r < corrected.rowCount(); r++) {
			corrected.copyRow(r, row, 0);
			for (int j = 0; j < row.length; j++) {
				final float size = Math.abs(row[j]);
				if (!(size > FAR) || Float.isInfinite(size) || size <= Math.abs(before.feature(r, j))) continue;
				count++;
				features[j] = true;
				if (size > largest) {
					largest = size;
					worstRow = r;
					worst = j;
				}
			}
		}
		if (count == 0) return;
		int columns = 0;
		for (final boolean feature : features) if (feature) columns++;
		final String plate = corrected.hasMetadata(context.plates())
			? " on plate '" + corrected.metadata(context.plates(), worstRow) + "'"
			: "";
		context.progress()
			.warn(String.format(Locale.ROOT,
				"%s of %d of %s lie more than %.0f standard deviations of their " +
					"controls away, the furthest %.4g, which was %.4g before (%s%s): these features hardly vary " +
					"among the controls there, and decide every distance; %s",
				Count.of(count, "value"), columns, Count.of(row.length, "feature"), FAR,
				corrected.feature(worstRow, worst), before.feature(worstRow, worst),
				corrected.featureColumns().get(worst), plate, remedy));
	}
}
