// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.util.Arrays;
import java.util.List;

/**
 * Prior for the center and scale of a plate or batch: empirical Bayes estimates that keep a group with few
 * control wells
 * from being marked by the sampling error of these wells.
 * <p>
 * A group's center is drawn toward the mean of its target (the table, or its batch) by the share of its offset that
 * the spread of its wells explains: weight rho n / (rho n + c) with n control wells, rho the variance between groups
 * over that of a well, and c = 1 for a mean, pi / 2 for a median (James and Stein 1961; Efron and Morris 1973, J. Am.
 * Stat. Assoc. 68:117). A variance is the mean of the pooled one and the group's own, weighted by the degrees of
 * freedom of both (Smyth 2004, Stat. Appl. Genet. Mol. Biol. 3:3; ComBat's prior, Johnson 2007, has the same form).
 * Where no group has two control wells, nothing tells an offset of a plate from that of a well: then every group gets
 * the target's center and the pooled scale.
 * </p>
 *
 * @param targets names of what centers are drawn toward: batches, or the table under the name ""
 * @param means centers of the targets, [targets][features]
 * @param ratio variance between groups over variance of a well, [features]
 * @param pooled scale of all groups together, about their shrunken centers, [features]
 * @param freedom degrees of freedom that the pooled variance counts for; infinite: scales don't differ
 */
record Shrinkage(List<String> targets, double[][] means, double[] ratio, double[] pooled, double freedom) {

	/** Weight of the mean over features in a feature's own ratio, in groups; our choice. */
	private static final double PRIOR_GROUPS = 4;

	/**
	 * Center and scale of one feature in one group.
	 *
	 * @param center as estimated from the group alone
	 * @param scale as estimated from the group alone
	 * @param rows finite values behind both
	 * @param wells control wells behind both
	 */
	record Estimate(double center, double scale, int rows, int wells) {}

	/**
	 * Learns the ratio of a feature: unbiased estimates of its two variances, pooled with those of the other
	 * features.
	 */
	static double[] ratios(final double[] between, final double[] within, final int groups, final boolean replicated) {
		final double[] ratio = new double[between.length];
		if (!replicated || groups < 2) return ratio;
		final double[] sorted = new double[between.length];
		int count = 0;
		for (int j = 0; j < ratio.length; j++) {
			if (!(within[j] > 0)) continue;
			ratio[j] = between[j] / within[j];
			sorted[count++] = ratio[j];
		}
		Arrays.sort(sorted, 0, count);
		// Without the largest, which a few features with extreme offsets would decide for all.
		final int kept = Math.max(1, (int) Math.ceil(.95 * count));
		double mean = 0;
		for (int i = 0; i < Math.min(kept, count); i++) mean += sorted[i] / Math.min(kept, count);
		for (int j = 0; j < ratio.length; j++) {
			if (!(within[j] > 0)) {
				// Wells that agree exactly have no sampling error.
				ratio[j] = between[j] > 0 ? Double.POSITIVE_INFINITY : 0;
				continue;
			}
			ratio[j] = Math.max(0, (PRIOR_GROUPS * mean + (groups - 1) * ratio[j]) / (PRIOR_GROUPS + groups - 1));
		}
		return ratio;
	}

	/** Weight of a group's own center, 0 to 1. */
	double weight(final int feature, final int wells, final double factor) {
		final double r = ratio[feature];
		return Double.isInfinite(r) ? 1 : r * wells / (r * wells + factor);
	}

	/** Place of a target, -1 for one that was not learned from. */
	double[] mean(final String target) {
		final int at = targets.indexOf(target);
		return at >= 0 ? means[at] : overall();
	}

	/** Mean over targets, for groups of a batch that is new. */
	private double[] overall() {
		final double[] mean = new double[means[0].length];
		for (final double[] m : means) for (int j = 0; j < mean.length; j++) mean[j] += m[j] / means.length;
		return mean;
	}

	/** Center and scale drawn toward the target and the pooled scale. */
	double[] shrink(final int feature, final Estimate own, final double target, final double factor,
		final double efficiency)
	{
		final double w = weight(feature, own.wells(), factor);
		final double center = target + w * (own.center() - target);
		return new double[]{center,
			Math.sqrt(variance(own, center, w, efficiency, pooled[feature] * pooled[feature], freedom))};
	}

	/** Mean of the pooled variance and that of a group, weighted by their degrees of freedom. */
	private static double variance(final Estimate own, final double center, final double weight,
		final double efficiency, final double pooled, final double freedom)
	{
		final double degrees = degrees(own, weight, efficiency);
		if (Double.isInfinite(freedom) || degrees <= 0) return pooled;
		return (freedom * pooled + degrees * about(own, center, weight)) / (freedom + degrees);
	}

	/** Degrees of freedom of a group's variance about its shrunken center. */
	static double degrees(final Estimate own, final double weight, final double efficiency) {
		return Math.max(0, efficiency * (own.wells() - weight));
	}

	/** A group's variance about its shrunken center, unbiased. */
	static double about(final Estimate own, final double center, final double weight) {
		final double offset = own.center() - center;
		return (own.scale() * own.scale() + offset * offset) * own.rows() / Math.max(own.rows() - weight, .5);
	}

	/**
	 * Degrees of freedom of the prior of variances, from how much more their logarithms vary than sampling makes them
	 * (Smyth 2004): the median over features.
	 *
	 * @param variances [groups][features], NaN where not estimated
	 * @param degrees [groups][features]
	 * @param pooled variances, [features]
	 */
	static double freedom(final double[][] variances, final double[][] degrees, final double[] pooled) {
		final double[] excess = new double[pooled.length];
		int features = 0;
		for (int j = 0; j < pooled.length; j++) {
			if (!(pooled[j] > 0)) continue;
			double sum = 0;
			int count = 0;
			for (int g = 0; g < variances.length; g++) {
				final double d = degrees[g][j];
				if (d < 1 || !(variances[g][j] > 0)) continue;
				final double e = Math.log(variances[g][j] / pooled[j]) - digamma(d / 2) + Math.log(d / 2);
				sum += e * e - trigamma(d / 2);
				count++;
			}
			if (count > 0) excess[features++] = sum / count;
		}
		if (features == 0) return Double.POSITIVE_INFINITY;
		Arrays.sort(excess, 0, features);
		final double median = features % 2 == 1 ? excess[features / 2]
			: (excess[features / 2 - 1] + excess[features / 2]) / 2;
		return median <= 0 ? Double.POSITIVE_INFINITY : 2 * inverseTrigamma(median);
	}

	static double digamma(final double x) {
		double sum = 0;
		double z = x;
		for (; z < 8; z++) sum -= 1 / z;
		final double i = 1 / (z * z);
		return sum + Math.log(z) - .5 / z - i * (1 / 12.0 - i * (1 / 120.0 - i / 252.0));
	}

	static double trigamma(final double x) {
		double sum = 0;
		double z = x;
		for (; z < 8; z++) sum += 1 / (z * z);
		final double i = 1 / (z * z);
		return sum + 1 / z + i / 2 + i / z * (1 / 6.0 - i * (1 / 30.0 - i / 42.0));
	}

	/** The argument at which trigamma has a value, by bisection: trigamma falls. */
	private static double inverseTrigamma(final double value) {
		double low = 1e-6;
		double high = 1e6;
		for (int i = 0; i < 100; i++) {
			final double middle = Math.sqrt(low * high);
			if (trigamma(middle) > value) low = middle;
			else high = middle;
		}
		return Math.sqrt(low * high);
	}

	/** Returns whether a matrix of the stored state can be infinite: of plates whose true values don't vary. */
	static boolean isUnbounded(final String name) {
		return name.equals("shrink_ratio") || name.equals("shrink_freedom");
	}

	FittedState state(final FittedState to) {
		return to.with("shrink_targets", targets)
			.with("shrink_means", means)
			.with("shrink_ratio", ratio)
			.with("shrink_pooled", pooled)
			.with("shrink_freedom", new double[]{freedom});
	}

	/** Restores what {@link #state} kept; {@code null} if it kept none. */
	static Shrinkage restore(final FittedState state) {
		if (!state.texts().containsKey("shrink_targets")) return null;
		return new Shrinkage(state.list("shrink_targets"), state.matrix("shrink_means"), state.vector("shrink_ratio"),
			state.vector("shrink_pooled"), state.vector("shrink_freedom")[0]);
	}
}
