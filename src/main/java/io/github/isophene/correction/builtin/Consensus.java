// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction.builtin;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import io.github.isophene.correction.Correction;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.StatelessCorrection;
import io.github.isophene.messages.NearMiss;
import io.github.isophene.profiles.Aggregation;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.profiles.ProfileTableBuilder;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import org.scijava.plugin.Plugin;

/**
 * One row per treatment, from all its replicates: the median, the mean, or MODZ, the mean weighted by how much each
 * replicate agrees with the others.
 * <p>
 * MODZ after Subramanian et al., Cell 171:1437 (2017), as pycytominer has it: a replicate's weight is its mean Spearman
 * correlation with the others, negative ones counted as 0, at least 0.01; weights are divided by their sum and
 * rounded to
 * four digits. A feature that is missing in a replicate is left to the others, whose weights are then divided by their
 * sum (pycytominer counts it as 0).
 * </p>
 * <p>
 * Metadata columns that differ within a treatment are left out, so nothing that needs wells or plates can follow.
 * </p>
 */
@Plugin(type = Correction.class)
public final class Consensus extends StatelessCorrection {

	private static final double LEAST_WEIGHT = 0.01;
	private static final double DIGITS = 1e4;

	/** Pairs of replicates grow with the square: beyond, the median says the same. */
	private static final int MOST_REPLICATES = 5000;

	@Override
	public String name() {
		return "consensus";
	}

	@Override
	public String description() {
		return "one row per treatment: median, mean or MODZ of its replicates (Subramanian et al. 2017)";
	}

	@Override
	public List<Setting> settings() {
		return List.of(Setting.choice("by", List.of("median", "mean", "modz"), "how replicates are put together"),
			Setting.text("column", "Metadata_Compound",
				"the column of the treatment; several with +, as Metadata_Compound+Metadata_Concentration"));
	}

	@Override
	public ProfileTable correct(final ProfileTable table, final Settings settings, final CorrectionContext context) {
		final List<String> columns = Arrays.stream(settings.text("column").split("\\+"))
			.map(String::strip)
			.distinct()
			.toList();
		for (final String column : columns) {
			if (!table.hasMetadata(column))
				throw new IllegalArgumentException("The profiles have no column '" + column +
					"' for the treatment" + NearMiss.of(column, table.metadataColumns()) + ", only " +
					String.join(", ", table.metadataColumns()) +
					": name it, as consensus:column=<name>, or several as <name>+<name>");
		}
		if (!settings.text("by").equals("modz")) return Aggregation.of(settings.text("by")).apply(table, columns);
		return modz(table, columns, context);
	}

	private static ProfileTable modz(final ProfileTable table, final List<String> columns,
		final CorrectionContext context)
	{
		final Map<List<String>, int[]> groups = table.rowsBy(columns);
		final List<String> kept = Aggregation.constantColumns(table, groups);
		final ProfileTableBuilder builder = ProfileTable.builder(kept, table.featureColumns());
		for (final Map.Entry<List<String>, int[]> group : groups.entrySet()) {
			final int[] rows = group.getValue();
			if (rows.length > MOST_REPLICATES)
				throw new IllegalArgumentException(
					String.join(" ", group.getKey()) + " has " + rows.length + " replicates, more than the " +
						MOST_REPLICATES + " that modz compares in pairs: use consensus:median, or leave them out");
			final float[][] replicates = new float[rows.length][table.featureCount()];
			for (int i = 0; i < rows.length; i++) {
				for (int f = 0; f < table.featureCount(); f++) replicates[i][f] = table.feature(rows[i], f);
			}
			builder.add(kept.stream().map(column -> table.metadata(column, rows[0])).toList(),
				mean(replicates, weights(replicates, context)));
		}
		return builder.build();
	}

	private static float[] mean(final float[][] replicates, final double[] weights) {
		final float[] mean = new float[replicates[0].length];
		for (int f = 0; f < mean.length; f++) {
			double sum = 0;
			double all = 0;
			boolean missing = false;
			for (int i = 0; i < weights.length; i++) {
				if (Float.isNaN(replicates[i][f])) missing = true;
				else {
					sum += weights[i] * replicates[i][f];
					all += weights[i];
				}
			}
			// the rounded weights' sum is left as it is where nothing is missing, as in the published form
			mean[f] = (float) (missing ? all > 0 ? sum / all : Double.NaN : sum);
		}
		return mean;
	}

	/** The weights of replicates; one alone has 1. */
	static double[] weights(final float[][] replicates, final CorrectionContext context) {
		final int n = replicates.length;
		if (n == 1) return new double[]{1};
		final double[][] ranks = new double[n][];
		final boolean[] whole = new boolean[n];
		for (int i = 0; i < n; i++) {
			whole[i] = true;
			for (final float value : replicates[i]) whole[i] &= !Float.isNaN(value);
			if (whole[i]) ranks[i] = ranks(replicates[i], null);
		}
		final double[] sums = new double[n];
		final int[] counts = new int[n];
		for (int i = 0; i < n; i++) {
			context.check();
			for (int j = 0; j < i; j++) {
				final double r = whole[i] && whole[j] ? pearson(ranks[i], ranks[j]) //
					: pearson(ranks(replicates[i], replicates[j]), ranks(replicates[j], replicates[i]));
				if (Double.isNaN(r)) continue;
				sums[i] += Math.max(0, r);
				sums[j] += Math.max(0, r);
				counts[i]++;
				counts[j]++;
			}
		}
		final double[] weights = new double[n];
		double all = 0;
		for (int i = 0; i < n; i++) {
			weights[i] = Math.max(LEAST_WEIGHT, counts[i] == 0 ? 0 : sums[i] / counts[i]);
			all += weights[i];
		}
		for (int i = 0; i < n; i++) weights[i] = Math.rint(weights[i] / all * DIGITS) / DIGITS;
		return weights;
	}

	/** Ranks of values, ties at their mean; only of features that another row has, too, unless that is {@code null}. */
	private static double[] ranks(final float[] values, final float[] other) {
		final Integer[] order = new Integer[values.length];
		int count = 0;
		for (int f = 0; f < values.length; f++) {
			if (!Float.isNaN(values[f]) && (other == null || !Float.isNaN(other[f]))) order[count++] = f;
		}
		final Integer[] sorted = Arrays.copyOf(order, count);
		Arrays.sort(sorted, Comparator.comparingDouble(f -> values[f]));
		final double[] ranks = new double[values.length];
		for (int from = 0; from < count;) {
			int to = from + 1;
			while (to < count && values[sorted[to]] == values[sorted[from]]) to++;
			for (int k = from; k < to; k++) ranks[sorted[k]] = (from + to + 1) / 2.0;
			from = to;
		}
		final double[] compact = new double[count];
		for (int k = 0; k < count; k++) compact[k] = ranks[order[k]];
		return compact;
	}

	private static double pearson(final double[] a, final double[] b) {
		final double mean = (a.length + 1) / 2.0;
		double ab = 0;
		double aa = 0;
		double bb = 0;
		for (int i = 0; i < a.length; i++) {
			ab += (a[i] - mean) * (b[i] - mean);
			aa += (a[i] - mean) * (a[i] - mean);
			bb += (b[i] - mean) * (b[i] - mean);
		}
		return ab / Math.sqrt(aa * bb);
	}
}
