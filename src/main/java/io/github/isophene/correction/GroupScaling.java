// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.util.Arrays;
import java.util.List;

import io.github.isophene.messages.Count;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;

/**
 * Base of corrections that subtract a value and divide by another, both per feature and per plate, batch or
 * table. Missing and infinite values are left out of what is
 * learned and stay what they are; a feature of which nothing finite is left in a group becomes missing there. A
 * feature that does not vary among the rows learned from is
 * centered and divided by 1.
 */
public abstract class GroupScaling implements Correction {

	public static final Setting PER = Setting.choice("per", Groups.PER, "what is scaled by itself");
	public static final Setting ROWS = Setting.choice("rows", List.of("controls", "all"),
		"what is learned from; controls are all rows where no controls are named");

	public static final Setting SHRINK = Setting.choice("shrink", List.of("none", "table", "batch"),
		"what a group's center and scale are drawn toward by their sampling error (empirical Bayes)");
	public static final Setting FLOOR = Setting.number("floor", 0, 0, 1,
		"least scale of a group, as a share of the pooled scale of all groups");

	/** Center and scale of some finite values, of which there is one at least; may reorder them. */
	public abstract double[] centerAndScale(double[] values, int count, Settings settings);

	/** Returns the constant that is added to a scale. */
	public double added(final Settings settings) {
		return 0;
	}

	/**
	 * Control wells of a group below which its own center and scale do more harm than good, where they aren't
	 * shrunk.
	 */
	protected int wellsNeeded() {
		return 1;
	}

	/** Returns whether values are divided by a scale. */
	protected boolean scales() {
		return true;
	}

	/** Variance of the center of n wells, in units of a well's variance over n: 1 for a mean. */
	protected double centerFactor() {
		return 1;
	}

	/** Degrees of freedom of the scale per well: 1 for a standard deviation. */
	protected double efficiency() {
		return 1;
	}

	@Override
	public Corrected fit(final ProfileTable table, final Settings settings, final CorrectionContext context) {
		final Corrected corrected = Corrected.by(learn(table, settings, context, null), table, context);
		if (scales())
			Extremes.warn(corrected.table(), table, context,
				"drop features that hardly vary among controls (drop_quiet), or give a floor (" + name() +
					":floor=0.1)");
		return corrected;
	}

	@Override
	public boolean learnsFromControls(final Settings settings) {
		return settings.text("rows").equals("controls");
	}

	@Override
	public FittedCorrection restore(final Settings settings, final FittedState state) {
		return new FittedScaling(this, settings, state.list("features"), state.list("groups"), state.matrix("center"),
			state.matrix("scale"), Shrinkage.restore(state));
	}

	/**
	 * Learns the groups of a table.
	 *
	 * @param known prior of an earlier fit, which is kept; {@code null}: learned from this table where the
	 * settings ask for one
	 */
	FittedScaling learn(final ProfileTable table, final Settings settings, final CorrectionContext context,
		final Shrinkage known)
	{
		final String per = settings.text("per");
		final Groups groups = Groups.by(table, per, context);
		final int[][] rows = groups.split(context.rows(table, settings.text("rows")), 1, per, context,
			" to learn " + name() + " from");
		final boolean prior = known != null || needsPrior(settings);
		final ScalingEstimates estimates = new ScalingEstimates(groups, rows, table, context, this, settings);
		final Shrinkage shrinkage = known != null ? known : prior ? estimates.prior(shrinkTo(settings)) : null;
		final double added = added(settings);
		boolean warned = false;
		for (int g = 0; g < rows.length; g++) {
			int unscaled = 0;
			for (int j = 0; j < table.featureCount(); j++) {
				if (prior) estimates.shrink(g, j, shrinkage, shrinkTo(settings), number(settings, "floor"));
				// A spread of rounding errors is none: float32 has seven digits.
				final double least = Math.abs(estimates.center()[g][j]) * Spectrum.PRECISION;
				if (!(estimates.scale()[g][j] > least)) unscaled++;
				final double scale = estimates.scale()[g][j] + added;
				estimates.scale()[g][j] = scale > least && scale > 0 ? scale : 1;
			}
			// A feature that is constant on a plate is common; a plate that cannot show any spread is a mistake.
			if (rows[g].length == 1 && unscaled > 0) {
				warned = true;
				context.progress()
					.warn(groups.label(g, per) + " has a single " +
						(context.controls().isNone() || settings.text("rows").equals("all") ? "row"
							: "control (" + context.controls() + ")") +
						" to learn from: " + unscaled + " of " +
						Count.of(table.featureCount(), "feature has", "features have") +
						" no spread there and are divided by " +
						(added > 0 ? "eps = " + settings.text("eps") + " alone, which means nothing" : "1") +
						"; name more controls, or scale per batch");
			}
			final List<String> unknown = estimates.unknown(g);
			if (!unknown.isEmpty()) {
				context.progress()
					.warn(groups.label(g, per) + " has no finite value to learn " + name() + " from in " +
						unknown.size() + " of " + Count.of(table.featureCount(), "feature") +
						", which are missing there afterwards: " +
						String.join(", ", unknown.subList(0, Math.min(5, unknown.size()))) +
						(unknown.size() > 5 ? "..." : ""));
			}
		}
		if (!warned && shrinkTo(settings).equals("none")) warnOfFewWells(estimates.wells(), groups, settings, context);
		return new FittedScaling(this, settings, table.featureColumns(), groups.names(), estimates.center(),
			estimates.scale(), shrinkage);
	}

	/** Groups whose center is more sampling error than a correction should have. */
	private void warnOfFewWells(final int[] wells, final Groups groups, final Settings settings,
		final CorrectionContext context)
	{
		final String per = settings.text("per");
		if (per.equals("table") || context.controls().isNone() || !settings.text("rows").equals("controls")) return;
		int few = 0;
		int fewest = 0;
		for (int g = 0; g < wells.length; g++) {
			if (wells[g] < wellsNeeded()) few++;
			if (wells[g] < wells[fewest]) fewest = g;
		}
		if (few == 0) return;
		context.progress()
			.warn(few + " of " + wells.length + (per.equals("plate") ? " plates" : " batches") + " have fewer than " +
				wellsNeeded() + " control wells to learn from (the fewest, " + wells[fewest] + ", has " +
				(per.equals("plate") ? "plate" : "batch") + " '" + groups.names().get(fewest) +
				"'): the sampling error of so few wells marks every row of its plate; use " + name() +
				":shrink=table, which takes from a plate what its controls can tell");
	}

	private static String shrinkTo(final Settings settings) {
		return settings.text("shrink") == null ? "none" : settings.text("shrink");
	}

	private static double number(final Settings settings, final String name) {
		return settings.text(name) == null ? 0 : settings.number(name);
	}

	/** @throws IllegalArgumentException if there is nothing to shrink toward */
	private boolean needsPrior(final Settings settings) {
		final String to = shrinkTo(settings);
		if (!to.equals("none") && settings.text("per").equals("table") ||
			to.equals("batch") && settings.text("per").equals("batch"))
		{
			throw new IllegalArgumentException("shrink=" + to + " of " + name() + " needs groups smaller than a " + to +
				": give per=plate" + (to.equals("table") ? " or per=batch" : ""));
		}
		return !to.equals("none") || number(settings, "floor") > 0;
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
