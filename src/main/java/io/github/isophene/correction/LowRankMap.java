// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.util.List;

import io.github.isophene.profiles.ProfileTable;

/**
 * y = f u + A' ((g - f) A u) with u = (x - center) / scale: u times g along each of a few
 * orthonormal axes A, times f in all other directions. The same as an {@link AffineMap} of
 * features by features, but of the size of the axes.
 *
 * @param features the names of x and of y
 * @param center [features]
 * @param scale [features]
 * @param axes A, [axes][features]
 * @param gains g, [axes]
 * @param beyond f
 */
public record LowRankMap(List<String> features, double[] center, double[] scale, double[][] axes, double[] gains,
	double beyond) implements FittedCorrection
{

	public static LowRankMap restore(final FittedState state) {
		return new LowRankMap(state.list("features"), state.vector("center"), state.vector("scale"),
			state.matrix("axes"), state.vector("gains"), state.vector("beyond")[0]);
	}

	@Override
	public ProfileTable apply(final ProfileTable given, final CorrectionContext context) {
		final ProfileTable table = Columns.align(given, features);
		Columns.requireFinite(table, "this correction");
		final double[] u = new double[features.size()];
		final double[] y = new double[u.length];
		return table.mapRows(features, (row, in, out) -> {
			if (row % 1024 == 0) context.check();
			for (int i = 0; i < u.length; i++) {
				u[i] = (in[i] - center[i]) / scale[i];
				y[i] = beyond * u[i];
			}
			for (int a = 0; a < axes.length; a++) {
				double along = 0;
				for (int i = 0; i < u.length; i++) along += axes[a][i] * u[i];
				along *= gains[a] - beyond;
				for (int i = 0; i < u.length; i++) y[i] += along * axes[a][i];
			}
			for (int i = 0; i < u.length; i++) out[i] = (float) y[i];
		});
	}

	@Override
	public FittedState state() {
		return new FittedState().with("features", features)
			.with("center", center)
			.with("scale", scale)
			.with("axes", axes)
			.with("gains", gains)
			.with("beyond", new double[]{beyond});
	}
}
