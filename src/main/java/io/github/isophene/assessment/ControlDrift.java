// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.ArrayList;
import java.util.List;

import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.metrics.Categories;
import io.github.isophene.metrics.ControlRows;
import io.github.isophene.metrics.UndefinedMetricException;
import io.github.isophene.numerics.Matrix;

/**
 * Distance of a batch's negative controls from those of all batches.
 *
 * @param batch the batch
 * @param controls how many controls it has
 * @param value distance of the batch's mean control from the mean of all controls, in units of the controls' spread
 *          within batches (root mean squared distance from their batch's mean)
 * @param chance what it would be on average if the batch were a random choice of all controls
 */
public record ControlDrift(String batch, int controls, double value, double chance) {

	/**
	 * The drift of each batch, in alphabetical order.
	 *
	 * @throws UndefinedMetricException if there are no controls, or they don't vary within batches
	 */
	static List<ControlDrift> of(final AssessedProfiles profiles) {
		final AssessedProfiles controls = ControlRows.ofSeveralBatches(profiles);
		final Matrix m = controls.matrix();
		final Categories batches = controls.batches();
		final double[] mean = m.means();
		final int[][] rows = batches.rows();
		final double[] distances = new double[rows.length];
		double within = 0;
		for (int b = 0; b < rows.length; b++) {
			final Matrix part = m.select(rows[b]);
			final double[] own = part.means();
			for (int c = 0; c < own.length; c++) distances[b] += (own[c] - mean[c]) * (own[c] - mean[c]);
			for (final double s : part.deviations(own)) within += s * s * rows[b].length;
		}
		final int freedom = m.rows() - rows.length;
		if (freedom < 1 || within == 0) throw new UndefinedMetricException("controls don't vary within batches");
		final double spread = Math.sqrt(within / freedom);
		final List<ControlDrift> drifts = new ArrayList<>();
		for (int b = 0; b < rows.length; b++) {
			drifts.add(new ControlDrift(batches.names().get(b), rows[b].length, Math.sqrt(distances[b]) / spread,
				Math.sqrt(1.0 / rows[b].length - 1.0 / m.rows())));
		}
		return drifts;
	}
}
