// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction.builtin;

import java.util.Arrays;
import java.util.List;

import io.github.isophene.correction.ColumnStrips;
import io.github.isophene.correction.Corrected;
import io.github.isophene.correction.Correction;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.FittedCorrection;
import io.github.isophene.correction.FittedState;
import io.github.isophene.correction.Groups;
import io.github.isophene.numerics.NormalQuantile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import org.scijava.plugin.Plugin;

/**
 * Replaces each value by the normal quantile of its rank, (rank - c) / (n - 2c + 1) with
 * Blom's c = 3/8, so that every feature is normally distributed. Ties share the mean of their
 * ranks. (JUMP's recipe breaks ties at random instead.) Missing and infinite values are not
 * ranked and stay what they are.
 */
@Plugin(type = Correction.class)
public final class RankInverseNormal implements Correction {

	@Override
	public String name() {
		return "int";
	}

	@Override
	public String description() {
		return "rank-based inverse normal transformation of each feature, over the whole table (Blom 1958)";
	}

	@Override
	public List<Setting> settings() {
		return List.of(Setting.choice("per", List.of("table", "batch", "plate"), "what is ranked by itself"),
			Setting.number("c", .375, 0, .5, "Blom's constant"));
	}

	@Override
	public Corrected fit(final ProfileTable table, final Settings settings, final CorrectionContext context) {
		final FittedRanks fitted = new FittedRanks(settings, table.featureColumns(),
			settings.text("per").equals("table") ? references(table, context) : new double[0][]);
		return new Corrected(rank(table, settings, context), fitted);
	}

	@Override
	public boolean isFrozen(final Settings settings) {
		return settings.text("per").equals("table");
	}

	@Override
	public FittedCorrection restore(final Settings settings, final FittedState state) {
		return new FittedRanks(settings, state.list("features"), state.matrix("quantiles"));
	}

	/** Ranks each group of a table within itself. */
	static ProfileTable rank(final ProfileTable table, final Settings settings, final CorrectionContext context) {
		final Groups groups = Groups.by(table, settings.text("per"), context);
		final int[] all = new int[table.rowCount()];
		Arrays.setAll(all, i -> i);
		final int[][] rows = groups.split(all);
		final double c = settings.number("c");
		return table.mapColumns((feature, values) -> {
			context.check();
			for (final int[] group : rows) {
				final float[] own = new float[group.length];
				for (int i = 0; i < own.length; i++) own[i] = values[group[i]];
				scores(own, c);
				for (int i = 0; i < own.length; i++) values[group[i]] = own[i];
			}
			context.progress().at("ranking", (double) feature / table.featureCount());
		});
	}

	/** Replaces values by their scores; missing and infinite ones stay what they are and are not counted. */
	static void scores(final float[] values, final double c) {
		final long[] order = new long[values.length];
		int count = 0;
		for (int i = 0; i < values.length; i++) {
			if (Float.isFinite(values[i])) order[count++] = sortable(values[i]) << 32 | i;
		}
		Arrays.sort(order, 0, count);
		for (int first = 0; first < count;) {
			int end = first + 1;
			final float value = values[(int) order[first]];
			while (end < count && values[(int) order[end]] == value) end++;
			final double rank = (first + 1 + end) / 2.0;
			final float score = (float) NormalQuantile.of((rank - c) / (count - 2 * c + 1));
			for (int i = first; i < end; i++) values[(int) order[i]] = score;
			first = end;
		}
	}

	/** Some values of each feature at equal steps of their order, [features][at most 1001], for ranking new rows. */
	private static double[][] references(final ProfileTable table, final CorrectionContext context) {
		final int[] all = new int[table.rowCount()];
		Arrays.setAll(all, i -> i);
		final int steps = Math.min(1001, table.rowCount());
		final double[][] references = new double[table.featureCount()][steps];
		ColumnStrips.forEach(table, all, context, (feature, values) -> {
			int count = 0;
			for (final float value : values) {
				if (Float.isFinite(value)) values[count++] = value;
			}
			Arrays.sort(values, 0, count);
			for (int i = 0; i < steps; i++) {
				references[feature][i] = count == 0 ? Double.NaN
					: values[steps == 1 ? 0 : (int) Math.round((double) i * (count - 1) / (steps - 1))];
			}
		});
		return references;
	}

	/** Bits that sort as the numbers do; 0 and -0 are one. */
	private static long sortable(final float value) {
		final int bits = Float.floatToIntBits(value + 0f);
		return bits ^ bits >> 31 & 0x7FFFFFFF;
	}
}
