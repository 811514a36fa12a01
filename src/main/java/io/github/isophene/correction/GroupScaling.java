// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import io.github.isophene.profiles.ProfileTable;

/**
 * What corrections have in common that subtract a value and divide by another, both per
 * feature and per plate, batch or table. Missing and infinite values are left out of what is
 * learnt and stay what they are; a feature of which nothing finite is left in a group becomes missing there. A feature that does not vary among the rows learnt from is
 * centred and divided by 1.
 */
public abstract class GroupScaling implements Correction {

	public static final Setting PER = Setting.choice("per", Groups.PER, "what is scaled by itself");
	public static final Setting ROWS = Setting.choice("rows", List.of("controls", "all"),
		"what is learnt from; controls are all rows where no controls are named");

	/** Centre and scale of some finite values, of which there is one at least; may reorder them. */
	public abstract double[] centreAndScale(double[] values, int count, Settings settings);

	/** What of a scale is no spread, but added to it. */
	public double added(final Settings settings) {
		return 0;
	}

	@Override
	public Corrected fit(final ProfileTable table, final Settings settings, final CorrectionContext context) {
		return Corrected.by(learn(table, settings, context), table, context);
	}

	@Override
	public boolean learnsFromControls(final Settings settings) {
		return settings.text("rows").equals("controls");
	}

	@Override
	public FittedCorrection restore(final Settings settings, final FittedState state) {
		return new FittedScaling(this, settings, state.list("features"), state.list("groups"), state.matrix("center"), state.matrix(
			"scale"));
	}

	FittedScaling learn(final ProfileTable table, final Settings settings, final CorrectionContext context) {
		final String per = settings.text("per");
		final Groups groups = Groups.by(table, per, context);
		final int[][] rows = groups.split(context.rows(table, settings.text("rows")), 1, per, context, " to learn " + name() +
			" from");
		final double added = added(settings);
		final double[][] center = new double[rows.length][table.featureCount()];
		final double[][] scale = new double[rows.length][table.featureCount()];
		for (int g = 0; g < rows.length; g++) {
			final int group = g;
			final int[] unscaled = new int[1];
			final List<String> unknown = new ArrayList<>();
			final double[] finite = new double[rows[g].length];
			ColumnStrips.forEach(table, rows[g], context, (feature, values) -> {
				int count = 0;
				for (final float value : values) {
					if (Float.isFinite(value)) finite[count++] = value;
				}
				// Nothing to learn from: raw values beside corrected ones would pass for corrected.
				if (count == 0) unknown.add(table.featureColumns().get(feature));
				final double[] both = count == 0 ? new double[] { Double.NaN, 1 } : centreAndScale(finite, count, settings);
				center[group][feature] = both[0];
				// A spread of rounding errors is none: float32 has seven digits.
				final double least = Math.abs(both[0]) * Spectrum.PRECISION;
				if (!(both[1] - added > least)) unscaled[0]++;
				scale[group][feature] = both[1] > least && both[1] > 0 ? both[1] : 1;
			});
			// A feature that is constant on a plate is common; a plate that cannot show any spread is a mistake.
			if (rows[g].length == 1 && unscaled[0] > 0) {
				context.progress().warn(groups.label(g, per) + " has a single " + (context.controls() == null || settings.text("rows")
					.equals("all") ? "row" : "control (" + context.controls() + ")") + " to learn from: " + unscaled[0] + " of " + table
						.featureCount() + " features have no spread there and are divided by " + (added > 0 ? "eps = " + settings.text("eps") +
							" alone, which means nothing" : "1") + "; name more controls, or scale per batch");
			}
			if (!unknown.isEmpty()) {
				unknown.sort(Comparator.comparingInt(table.featureColumns()::indexOf));
				context.progress().warn(groups.label(g, per) + " has no finite value to learn " + name() + " from in " + unknown.size() +
					" of " + table.featureCount() + " features, which are missing there afterwards: " + String.join(", ", unknown.subList(0,
						Math.min(5, unknown.size()))) + (unknown.size() > 5 ? "..." : ""));
			}
			context.progress().at("fitting", .5 * (g + 1) / rows.length);
		}
		return new FittedScaling(this, settings, table.featureColumns(), groups.names(), center, scale);
	}

	public static double mean(final double[] values, final int count) {
		double sum = 0;
		for (int i = 0; i < count; i++) sum += values[i];
		return sum / count;
	}

	/** The median of the first values, which it sorts. */
	public static double median(final double[] values, final int count) {
		Arrays.sort(values, 0, count);
		return count % 2 == 1 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
	}
}
