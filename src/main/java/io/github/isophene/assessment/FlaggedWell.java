// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.metrics.Categories;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.metrics.UndefinedMetricException;
import io.github.isophene.metrics.builtin.Activity;
import io.github.isophene.numerics.Matrix;
import io.github.isophene.numerics.Statistics;

/**
 * A well that a user should look at, and why.
 *
 * @param row the table's row
 * @param reason what is conspicuous, in words
 * @param value how much
 * @param unit of the value
 */
public record FlaggedWell(int row, String reason, double value, Unit unit) {

	/** Unit of what is conspicuous. */
	public enum Unit {
		/** Robust standard deviations (1.4826 MAD). */
		DEVIATIONS,
		/** Average precision, 0 to 1. */
		PRECISION
	}


	private static final int EACH = 6;
	/** Robust standard deviations from which a well is conspicuous. */
	private static final double FAR = 3;

	/**
	 * The most conspicuous wells: controls that lie far from their batch's controls, profiles much
	 * longer or shorter than their replicates', treated wells unlike their replicates.
	 *
	 * @param norms [rows of the table], lengths of the profiles
	 * @param activity the result of {@link Activity}; may be undefined
	 */
	static List<FlaggedWell> of(final AssessedProfiles profiles, final double[] norms, final MetricResult activity) {
		final List<FlaggedWell> wells = new ArrayList<>(farControls(profiles));
		final double[] lengths = IntStream.of(profiles.rows()).mapToDouble(row -> norms[row]).toArray();
		wells.addAll(top(profiles.rows(), robust(comparedWithReplicates(profiles, lengths)),
			"its profile is much longer or shorter than its replicates'"));
		wells.addAll(apart(profiles, activity));
		return wells;
	}

	private static List<FlaggedWell> farControls(final AssessedProfiles profiles) {
		final AssessedProfiles controls;
		try {
			controls = profiles.select(profiles.controls());
		}
		catch (final UndefinedMetricException e) {
			return List.of();
		}
		final Matrix m = controls.matrix();
		final boolean batches = !controls.roles().batch().isEmpty();
		final Categories groups = batches ? controls.column(controls.roles().batch())
			: new Categories(new int[controls.size()], List.of(""));
		final double[] distances = new double[controls.size()];
		for (final int[] rows : groups.rows()) {
			final double[] mean = m.select(rows).means();
			for (final int row : rows) {
				double sum = 0;
				for (int c = 0; c < mean.length; c++) sum += Math.pow(m.get(row, c) - mean[c], 2);
				distances[row] = Math.sqrt(sum);
			}
		}
		return top(controls.rows(), robust(distances),
			batches ? "a control far from the other controls of its batch" : "a control far from the other controls");
	}

	/** Treated wells with a much lower average precision than their treatment has. */
	private static List<FlaggedWell> apart(final AssessedProfiles profiles, final MetricResult activity) {
		if (!activity.isDefined()) return List.of();
		final Categories treatments = profiles.treatments();
		final int[] rows = profiles.rows();
		return IntStream.range(0, rows.length)
			.filter(i -> !Double.isNaN(activity.rows()[rows[i]]))
			.mapToObj(i -> new FlaggedWell(rows[i],
				"unlike its replicates, which resemble each other more (average precision)",
				activity.rows()[rows[i]] -
					activity.groups().getOrDefault(treatments.names().get(treatments.of()[i]), Double.NaN),
				Unit.PRECISION))
			.filter(w -> w.value < -0.3)
			.sorted(Comparator.comparingDouble(FlaggedWell::value).thenComparingInt(FlaggedWell::row))
			.limit(EACH)
			.map(w -> new FlaggedWell(w.row, w.reason, activity.rows()[w.row], w.unit))
			.toList();
	}

	private static List<FlaggedWell> top(final int[] rows, final double[] z, final String reason) {
		return IntStream.range(0, rows.length)
			.mapToObj(i -> new FlaggedWell(rows[i], reason, z[i], Unit.DEVIATIONS))
			.filter(w -> Math.abs(w.value) > FAR)
			.sorted(
				Comparator.comparingDouble((FlaggedWell w) -> -Math.abs(w.value)).thenComparingInt(FlaggedWell::row))
			.limit(EACH)
			.toList();
	}

	/**
	 * The logarithm of each length minus the median of its treatment's: a strong phenotype is no fault.
	 * Controls are a treatment.
	 */
	private static double[] comparedWithReplicates(final AssessedProfiles profiles, final double[] lengths) {
		final boolean treated = !profiles.roles().treatment().isEmpty() || !profiles.roles().label().isEmpty();
		final String[] names = new String[lengths.length];
		final Categories treatments = treated ? profiles.treatments() : null;
		for (int i = 0; i < names.length; i++) {
			names[i] = profiles.isControl(i) ? "control" : treated ? "treatment " + treatments.of()[i] : "all";
		}
		final double[] ratios = new double[lengths.length];
		for (final int[] rows : Categories.of(names).rows()) {
			final double[] logarithms = IntStream.of(rows)
				.mapToDouble(row -> Math.log(Math.max(lengths[row], 1e-30)))
				.toArray();
			final double median = Statistics.median(logarithms);
			for (int i = 0; i < rows.length; i++) ratios[rows[i]] = logarithms[i] - median;
		}
		return ratios;
	}

	/** Deviations from the median in robust standard deviations (1.4826 MAD). */
	private static double[] robust(final double[] values) {
		final double median = Statistics.median(values);
		final double mad = 1.4826 * Statistics
			.median(IntStream.range(0, values.length).mapToDouble(i -> Math.abs(values[i] - median)).toArray());
		return IntStream.range(0, values.length).mapToDouble(i -> mad == 0 ? 0 : (values[i] - median) / mad).toArray();
	}
}
