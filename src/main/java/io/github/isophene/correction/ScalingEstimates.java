// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.screen.Field;
import io.github.isophene.settings.Settings;

/** Centers and scales of groups as their own rows give them, and what a {@link Shrinkage} is learned from. */
final class ScalingEstimates {

	private final GroupScaling correction;
	private final ProfileTable table;
	private final double[][] center;
	private final double[][] scale;
	/** Finite values behind both, [groups][features]. */
	private final int[][] counts;
	private final int[] wells;
	/** Sum of squares of well means about their group's mean of wells, [features]. */
	private final double[] within;
	/** The batch of each group, where the table names batches; "" otherwise. */
	private final String[] batches;

	/** @param rows to learn from, [groups][] */
	ScalingEstimates(final Groups groups, final int[][] rows, final ProfileTable table, final CorrectionContext context,
		final GroupScaling correction, final Settings settings)
	{
		this.correction = correction;
		this.table = table;
		final int d = table.featureCount();
		center = new double[rows.length][d];
		scale = new double[rows.length][d];
		counts = new int[rows.length][d];
		wells = new int[rows.length];
		within = new double[d];
		batches = new String[rows.length];
		Arrays.fill(batches, "");
		final boolean named = table.hasMetadata(context.batches());
		for (int g = 0; g < rows.length; g++) {
			if (named && rows[g].length > 0) batches[g] = table.metadata(context.batches(), rows[g][0]);
			final int group = g;
			final int[] well = wells(rows[g]);
			wells[g] = Arrays.stream(well).max().orElse(-1) + 1;
			final double[] finite = new double[rows[g].length];
			ColumnStrips.forEach(table, rows[g], context, (feature, values) -> {
				within[feature] += squares(values, well, wells[group]);
				int count = 0;
				for (final float value : values) {
					if (Float.isFinite(value)) finite[count++] = value;
				}
				final double[] both = count == 0 ? new double[]{Double.NaN, 1}
					: correction.centerAndScale(finite, count, settings);
				center[group][feature] = both[0];
				scale[group][feature] = both[1];
				counts[group][feature] = count;
			});
			context.progress().at("fitting", .5 * (g + 1) / rows.length);
		}
	}

	double[][] center() {
		return center;
	}

	double[][] scale() {
		return scale;
	}

	/**
	 * Features of which a group has no finite value to learn from: raw values beside corrected ones would pass
	 * for corrected.
	 */
	List<String> unknown(final int group) {
		return IntStream.range(0, counts[group].length)
			.filter(j -> counts[group][j] == 0)
			.mapToObj(table.featureColumns()::get)
			.toList();
	}

	/** Number of wells that each group has to learn from. */
	int[] wells() {
		return wells;
	}

	/**
	 * Learns the prior from all groups; {@code to} as the setting shrink says, of which "none" gives the pooled
	 * scale alone.
	 */
	Shrinkage prior(final String to) {
		final int d = within.length;
		final List<String> targets = new ArrayList<>();
		final int[] target = new int[center.length];
		for (int g = 0; g < target.length; g++) {
			final String name = target(g, to);
			if (!targets.contains(name)) targets.add(name);
			target[g] = targets.indexOf(name);
		}
		final double[][] means = new double[targets.size()][d];
		final double[] between = new double[d];
		final int degrees = center.length - targets.size();
		final int replicates = Arrays.stream(wells).sum() - wells.length;
		final double inverse = Arrays.stream(wells).mapToDouble(n -> 1.0 / Math.max(1, n)).average().orElse(1);
		final double[] noise = new double[d];
		for (int j = 0; j < d; j++) {
			final int[] found = new int[targets.size()];
			for (int g = 0; g < center.length; g++) {
				if (counts[g][j] == 0) continue;
				means[target[g]][j] += center[g][j];
				found[target[g]]++;
			}
			for (int t = 0; t < found.length; t++) if (found[t] > 0) means[t][j] /= found[t];
			for (int g = 0; g < center.length; g++) {
				if (counts[g][j] > 0 && degrees > 0)
					between[j] += Math.pow(center[g][j] - means[target[g]][j], 2) / degrees;
			}
			if (replicates > 0) noise[j] = within[j] / replicates;
			between[j] -= correction.centerFactor() * noise[j] * inverse;
		}
		final double[] ratio = Shrinkage.ratios(between, noise, degrees + 1, replicates > 0);
		return withScales(new Shrinkage(List.copyOf(targets), means, ratio, new double[d], Double.POSITIVE_INFINITY),
			target, to.equals("none"));
	}

	/** Adds the pooled scale about the shrunken centers, and how much scales differ. */
	private Shrinkage withScales(final Shrinkage centers, final int[] target, final boolean own) {
		final int d = within.length;
		final double[] pooled = new double[d];
		final double[][] variances = new double[center.length][d];
		final double[][] degrees = new double[center.length][d];
		for (int j = 0; j < d; j++) {
			double sum = 0;
			double weights = 0;
			for (int g = 0; g < center.length; g++) {
				if (counts[g][j] == 0) {
					variances[g][j] = Double.NaN;
					continue;
				}
				final Shrinkage.Estimate e = estimate(g, j);
				final double w = own ? 1 : centers.weight(j, wells[g], correction.centerFactor());
				final double middle = own ? e.center()
					: centers.means()[target[g]][j] + w * (e.center() - centers.means()[target[g]][j]);
				variances[g][j] = Shrinkage.about(e, middle, w);
				degrees[g][j] = Shrinkage.degrees(e, w, correction.efficiency());
				sum += degrees[g][j] * variances[g][j];
				weights += degrees[g][j];
			}
			pooled[j] = weights > 0 ? sum / weights : 0;
		}
		final double freedom = Shrinkage.freedom(variances, degrees, pooled);
		return new Shrinkage(centers.targets(), centers.means(), centers.ratio(),
			Arrays.stream(pooled).map(Math::sqrt).toArray(), freedom);
	}

	/** Replaces a group's center and scale by the shrunken ones, and a scale below the floor by the floor. */
	void shrink(final int group, final int feature, final Shrinkage prior, final String to, final double floor) {
		if (counts[group][feature] == 0) return;
		if (!to.equals("none")) {
			final double target = prior.mean(target(group, to))[feature];
			final double[] both = prior.shrink(feature, estimate(group, feature), target, correction.centerFactor(),
				correction.efficiency());
			center[group][feature] = both[0];
			if (correction.scales()) scale[group][feature] = both[1];
		}
		scale[group][feature] = Math.max(scale[group][feature], floor * prior.pooled()[feature]);
	}

	private Shrinkage.Estimate estimate(final int group, final int feature) {
		return new Shrinkage.Estimate(center[group][feature], scale[group][feature], counts[group][feature],
			wells[group]);
	}

	private String target(final int group, final String to) {
		return to.equals("batch") ? batches[group] : "";
	}

	/**
	 * Number of each row's well within a group; each row is a well of its own where the table has no column of
	 * wells.
	 */
	private int[] wells(final int[] rows) {
		final int[] of = new int[rows.length];
		final boolean named = table.hasMetadata(Field.WELL);
		final Map<String, Integer> index = new HashMap<>();
		for (int i = 0; i < rows.length; i++) {
			final String well = named ? table.metadata(Field.WELL, rows[i]) : "";
			of[i] = well.isEmpty() ? index.merge("\n" + i, index.size(), (a, b) -> a)
				: index.computeIfAbsent(well, k -> index.size());
		}
		return of;
	}

	private static double squares(final float[] values, final int[] well, final int count) {
		final double[] sums = new double[count];
		final int[] n = new int[count];
		for (int i = 0; i < values.length; i++) {
			if (!Float.isFinite(values[i])) continue;
			sums[well[i]] += values[i];
			n[well[i]]++;
		}
		double mean = 0;
		int found = 0;
		for (int w = 0; w < count; w++) {
			if (n[w] == 0) continue;
			sums[w] /= n[w];
			mean += sums[w];
			found++;
		}
		mean /= Math.max(1, found);
		double squares = 0;
		for (int w = 0; w < count; w++) if (n[w] > 0) squares += (sums[w] - mean) * (sums[w] - mean);
		return squares;
	}
}
