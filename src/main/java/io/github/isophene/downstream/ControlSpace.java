// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.downstream;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.metrics.UndefinedMetricException;
import io.github.isophene.numerics.Matrix;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.numerics.ShrunkCovariance;

/**
 * Scale of features and of distances that negative controls give: features are centered on the controls of their
 * plate and divided by the standard deviation of the controls within plates; a distance is Mahalanobis's, by the
 * covariance of the controls within plates with the shrinkage of Ledoit and Wolf.
 * <p>
 * Features of a network are correlated: a Euclidean distance would count what several of them say several times
 * (Mahalanobis distances of multivariate perturbations: Hutz et al. 2013, J. Biomol. Screen. 18:367). With fewer
 * controls than features the covariance has no inverse without shrinkage.
 * </p>
 */
final class ControlSpace {

	/** Controls that the covariance rests on at most. */
	static final int MOST_CONTROLS = 2000;
	/** Least standard deviation of a feature among the controls, as a share of that among all wells: drop_quiet's. */
	private static final double QUIET = .05;
	/** Degrees of freedom within plates below which the controls of all plates are taken together. */
	private static final int FEWEST = 3;

	private final int[] features;
	private final Map<String, double[]> centers;
	private final double[] deviations;
	private final ShrunkCovariance covariance;
	private final boolean withinPlates;

	private ControlSpace(final int[] features, final Map<String, double[]> centers, final double[] deviations,
		final ShrunkCovariance covariance, final boolean withinPlates)
	{
		this.features = features;
		this.centers = centers;
		this.deviations = deviations;
		this.covariance = covariance;
		this.withinPlates = withinPlates;
	}

	/**
	 * Learns from the controls of some wells.
	 *
	 * @param controls what is learned from
	 * @param compared wells that will be compared with them: their spread tells which features are quiet
	 * @param usable [features], those that every well has
	 * @throws UndefinedMetricException if there are fewer than two controls, or they don't vary
	 */
	static ControlSpace of(final WellProfiles controls, final WellProfiles compared, final boolean[] usable,
		final long seed)
	{
		final int n = controls.wells().size();
		if (n < 2)
			throw new UndefinedMetricException(n == 0 ? "no negative controls are left to compare with"
				: "there is a single control well besides those held out");
		final Map<String, Integer> counts = new LinkedHashMap<>();
		controls.wells().forEach(w -> counts.merge(w.plate(), 1, Integer::sum));
		final boolean within = n - counts.size() >= FEWEST;
		final int[] candidates = Matrix.indices(usable.length, c -> usable[c] ? c : -1, c -> c >= 0);
		final Map<String, double[]> centers = centers(controls, counts, within);
		final double[] all = compared.matrix().deviations(compared.matrix().means());
		final double[] squares = new double[usable.length];
		for (int i = 0; i < n; i++) {
			final double[] center = centers.get(controls.wells().get(i).plate());
			for (final int c : candidates) squares[c] += Math.pow(controls.matrix().get(i, c) - center[c], 2);
		}
		final double[] deviations = new double[usable.length];
		for (final int c : candidates)
			deviations[c] = Math.sqrt(squares[c] / (within ? n - counts.size() : n - 1));
		final int[] features = Arrays.stream(candidates)
			.filter(c -> deviations[c] > 0 && deviations[c] >= QUIET * all[c])
			.toArray();
		if (features.length == 0)
			throw new UndefinedMetricException("no feature varies among the controls");
		final int[] chosen = n <= MOST_CONTROLS ? Matrix.all(n)
			: AssessedProfiles.choose(n, MOST_CONTROLS, RandomStream.of(seed, "controls of a covariance"));
		final double[][] x = new double[chosen.length][];
		final ControlSpace scale = new ControlSpace(features, centers, deviations, null, within);
		for (int i = 0; i < x.length; i++) x[i] = scale.standardized(controls, chosen[i]);
		return new ControlSpace(features, centers, deviations, ShrunkCovariance.of(x), within);
	}

	private static Map<String, double[]> centers(final WellProfiles controls, final Map<String, Integer> counts,
		final boolean within)
	{
		final Map<String, double[]> centers = new LinkedHashMap<>();
		final double[] mean = controls.matrix().means();
		for (final String plate : counts.keySet()) {
			centers.put(plate, within ? controls.select(Matrix.indices(controls.wells().size(),
				i -> controls.wells().get(i).plate().equals(plate) ? i : -1, i -> i >= 0)).matrix().means() : mean);
		}
		return centers;
	}

	/** Returns whether each plate has a center of its own; otherwise the controls are too few for that. */
	boolean isWithinPlates() {
		return withinPlates;
	}

	/** Returns the number of features that vary enough among the controls. */
	int featureCount() {
		return features.length;
	}

	/** Weight of the identity in the covariance, 0 to 1. */
	double shrinkage() {
		return covariance.shrinkage();
	}

	/** Wells whose plate has controls. */
	WellProfiles comparable(final WellProfiles wells) {
		final List<WellProfiles.Well> list = wells.wells();
		return wells.select(Matrix.indices(list.size(), i -> centers.containsKey(list.get(i).plate()) ? i : -1,
			i -> i >= 0));
	}

	/** Standardized features of wells, [wells, features that vary]. */
	Matrix standardized(final WellProfiles wells) {
		final Matrix matrix = Matrix.zeros(wells.wells().size(), features.length);
		for (int i = 0; i < matrix.rows(); i++) {
			final double[] row = standardized(wells, i);
			for (int c = 0; c < row.length; c++) matrix.values()[i * row.length + c] = (float) row[c];
		}
		return matrix;
	}

	private double[] standardized(final WellProfiles wells, final int well) {
		final double[] center = centers.get(wells.wells().get(well).plate());
		final double[] row = new double[features.length];
		for (int c = 0; c < row.length; c++)
			row[c] = (wells.matrix().get(well, features[c]) - center[features[c]]) / deviations[features[c]];
		return row;
	}

	/** Distance of a well from the mean control of its plate, divided by the root of the number of features. */
	double distance(final WellProfiles wells, final int well) {
		return Math.sqrt(covariance.squaredDistance(standardized(wells, well)) / features.length);
	}
}
