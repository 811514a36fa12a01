// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction.builtin;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import io.github.isophene.correction.Columns;
import io.github.isophene.correction.Correction;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.Covariance;
import io.github.isophene.correction.FeatureSelection;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import org.scijava.plugin.Plugin;

/**
 * Of every pair of features whose Pearson correlation is above a threshold, leaves out the one
 * whose absolute correlations with all features have the larger sum (of equal sums the later
 * feature), as pycytominer's correlation_threshold.
 */
@Plugin(type = Correction.class)
public final class DropCorrelated extends FeatureSelection {

	@Override
	public String name() {
		return "correlation";
	}

	@Override
	public String description() {
		return "leaves out one of every pair of highly correlated features, as pycytominer's correlation_threshold";
	}

	@Override
	public List<Setting> settings() {
		return List.of(Setting.number("threshold", .9, 0, 1, "correlations above it are too high"));
	}

	@Override
	public boolean[] keep(final ProfileTable table, final Settings settings, final CorrectionContext context) {
		Columns.requireFinite(table, name());
		final int features = table.featureCount();
		final double[][] r = Covariance.of(table, IntStream.range(0, table.rowCount()).toArray(), context)
			.correlation();
		final double[] sum = new double[features];
		for (int i = 0; i < features; i++) {
			for (int j = 0; j < features; j++) sum[i] += Double.isNaN(r[i][j]) ? 0 : Math.abs(r[i][j]);
		}
		final Integer[] order = IntStream.range(0, features).boxed().toArray(Integer[]::new);
		Arrays.sort(order, Comparator.comparingDouble(i -> sum[i]));
		final int[] rank = new int[features];
		for (int i = 0; i < features; i++) rank[order[i]] = i;
		final boolean[] keep = new boolean[features];
		Arrays.fill(keep, true);
		final double threshold = settings.number("threshold");
		for (int i = 0; i < features; i++) {
			for (int j = 0; j < i; j++) {
				if (r[i][j] > threshold) keep[rank[i] > rank[j] ? i : j] = false;
			}
		}
		return keep;
	}
}
