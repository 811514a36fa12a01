// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.util.List;

import io.github.isophene.profiles.ProfileTable;
import org.ejml.data.DMatrixRMaj;

/**
 * y = W (x - center), the same for every row.
 *
 * @param features the names of x
 * @param outputs the names of y
 * @param center [features]
 * @param weights [outputs, features]
 */
public record AffineMap(List<String> features, List<String> outputs, double[] center, DMatrixRMaj weights)
	implements FittedCorrection
{

	public static AffineMap restore(final FittedState state) {
		return new AffineMap(state.list("features"), state.list("outputs"), state.vector("center"),
			new DMatrixRMaj(state.matrix("weights")));
	}

	@Override
	public ProfileTable apply(final ProfileTable given, final CorrectionContext context) {
		final ProfileTable table = Columns.align(given, features);
		Columns.requireFinite(table, "this correction");
		final int d = features.size();
		final double[] x = new double[d];
		return table.mapRows(outputs, (row, in, out) -> {
			if (row % 1024 == 0) context.check();
			for (int i = 0; i < d; i++) x[i] = in[i] - center[i];
			multiply(weights, x, out);
		});
	}

	@Override
	public FittedState state() {
		return new FittedState().with("features", features)
			.with("outputs", outputs)
			.with("center", center)
			.with("weights", rows(weights));
	}

	/** y = W x; four sums at a time, in a fixed order. */
	public static void multiply(final DMatrixRMaj weights, final double[] x, final float[] y) {
		final double[] w = weights.data;
		for (int o = 0, at = 0; o < y.length; o++) {
			double a = 0;
			double b = 0;
			double c = 0;
			double e = 0;
			int i = 0;
			for (; i + 3 < x.length; i += 4, at += 4) {
				a += w[at] * x[i];
				b += w[at + 1] * x[i + 1];
				c += w[at + 2] * x[i + 2];
				e += w[at + 3] * x[i + 3];
			}
			for (; i < x.length; i++, at++) a += w[at] * x[i];
			y[o] = (float) (a + b + (c + e));
		}
	}

	public static double[][] rows(final DMatrixRMaj matrix) {
		final double[][] rows = new double[matrix.numRows][matrix.numCols];
		for (int i = 0; i < rows.length; i++)
			System.arraycopy(matrix.data, i * matrix.numCols, rows[i], 0, matrix.numCols);
		return rows;
	}
}
