// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.Arrays;

import io.github.isophene.numerics.Matrix;
import io.github.isophene.numerics.Statistics;
import io.github.isophene.profiles.Aggregation;

/**
 * One profile per treatment: the mean or median of its rows, controls left out.
 *
 * @param matrix [treatments, features]
 * @param names of the treatments
 * @param labels [treatments]
 * @param compounds [treatments]
 * @param batches [treatments], the most frequent batch of its rows, the alphabetically first of equals; {@code
 * null} without batches
 */
public record TreatmentProfiles(Matrix matrix, Categories names, Categories labels, Categories compounds,
	Categories batches)
{

	/**
	 * @throws UndefinedMetricException if no treatments other than the labels were named, or no treatment has a
	 * label
	 */
	public static TreatmentProfiles of(final AssessedProfiles all, final Aggregation aggregation,
		final boolean withBatches)
	{
		if (all.roles().treatment().isEmpty()) {
			throw new UndefinedMetricException(
				"no column was named that tells treatments of one label apart (key treatment)");
		}
		final AssessedProfiles profiles = all.labeled();
		final Categories treatments = profiles.treatments();
		final Categories labels = profiles.labels();
		final Categories compounds = profiles.compounds();
		final Categories batches = withBatches ? profiles.batches() : null;
		final int[][] rows = treatments.rows();
		final Matrix matrix = Matrix.zeros(rows.length, profiles.featureCount());
		final String[] name = new String[rows.length];
		final String[] label = new String[rows.length];
		final String[] compound = new String[rows.length];
		final String[] batch = new String[rows.length];
		for (int t = 0; t < rows.length; t++) {
			aggregate(profiles.matrix(), rows[t], aggregation, matrix, t);
			name[t] = treatments.names().get(t);
			label[t] = labels.names().get(labels.of()[rows[t][0]]);
			compound[t] = compounds.names().get(compounds.of()[rows[t][0]]);
			if (batches != null) batch[t] = mostFrequent(batches, rows[t]);
		}
		if (rows.length < 2) throw new UndefinedMetricException("there are fewer than two treatments with a label");
		return new TreatmentProfiles(matrix, Categories.of(name), Categories.of(label), Categories.of(compound),
			batches == null ? null : Categories.of(batch));
	}

	public int size() {
		return matrix.rows();
	}

	/** Some treatments. */
	public TreatmentProfiles select(final int[] which) {
		return new TreatmentProfiles(matrix.select(which), names.select(which), labels.select(which),
			compounds.select(which), batches == null ? null : batches.select(which));
	}

	private static void aggregate(final Matrix from, final int[] rows, final Aggregation aggregation, final Matrix to,
		final int at)
	{
		final double[] values = new double[rows.length];
		for (int c = 0; c < from.columns(); c++) {
			for (int i = 0; i < rows.length; i++) values[i] = from.get(rows[i], c);
			to.values()[at * to.columns() + c] = (float) (aggregation == Aggregation.MEDIAN ? Statistics.median(values)
				: Arrays.stream(values).sum() / values.length);
		}
	}

	private static String mostFrequent(final Categories codes, final int[] rows) {
		final int[] counts = new int[codes.size()];
		int best = -1;
		for (final int row : rows) if (codes.of()[row] >= 0) counts[codes.of()[row]]++;
		for (int k = 0; k < counts.length; k++) if (counts[k] > 0 && (best < 0 || counts[k] > counts[best])) best = k;
		return best < 0 ? "" : codes.names().get(best);
	}
}
