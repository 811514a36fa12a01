// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction.builtin;

import java.util.Arrays;
import java.util.List;

import io.github.isophene.correction.Columns;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.FittedCorrection;
import io.github.isophene.correction.FittedState;
import io.github.isophene.numerics.NormalQuantile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.settings.Settings;

/**
 * Ranks new rows among those fitted on: a value gets the score of its place between the
 * quantiles of each feature, interpolated linearly. Ranked per plate or batch, there is
 * nothing to keep.
 */
final class FittedRanks implements FittedCorrection {

	private final Settings settings;
	private final List<String> features;
	private final double[][] quantiles;

	/** @param quantiles [features][steps], ascending; none if ranked per plate or batch */
	FittedRanks(final Settings settings, final List<String> features, final double[][] quantiles) {
		this.settings = settings;
		this.features = features;
		this.quantiles = quantiles;
	}

	@Override
	public ProfileTable apply(final ProfileTable given, final CorrectionContext context) {
		final ProfileTable table = Columns.align(given, features);
		if (!settings.text("per").equals("table")) return RankInverseNormal.rank(table, settings, context);
		return table.mapRows(features, (row, in, out) -> {
			for (int i = 0; i < out.length; i++) out[i] = score(quantiles[i], in[i]);
		});
	}

	@Override
	public List<String> features() {
		return features;
	}

	@Override
	public FittedState state() {
		return new FittedState().with("features", features).with("quantiles", quantiles);
	}

	private float score(final double[] reference, final float value) {
		if (!Float.isFinite(value)) return value;
		if (Double.isNaN(reference[0])) return Float.NaN;
		final int n = reference.length;
		final int found = Arrays.binarySearch(reference, value);
		double place;
		if (found >= 0) {
			int first = found;
			int last = found;
			while (first > 0 && reference[first - 1] == value) first--;
			while (last < n - 1 && reference[last + 1] == value) last++;
			place = (first + last) / 2.0;
		}
		else {
			final int above = -found - 1;
			if (above == 0) place = 0;
			else if (above == n) place = n - 1;
			else place = above - 1 + (value - reference[above - 1]) / (reference[above] - reference[above - 1]);
		}
		final double c = settings.number("c");
		return (float) NormalQuantile.of((place + 1 - c) / (n - 2 * c + 1));
	}
}
