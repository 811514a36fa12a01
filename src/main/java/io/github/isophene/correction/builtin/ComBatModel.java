// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction.builtin;

import java.util.List;

import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.FittedState;
import io.github.isophene.correction.Groups;
import io.github.isophene.correction.Spectrum;
import io.github.isophene.messages.NearMiss;
import io.github.isophene.numerics.SymmetricEigen;
import io.github.isophene.profiles.ProfileTable;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Model of ComBat.
 *
 * @param features their names
 * @param covariate the column whose effect is kept, or empty
 * @param levels its values, of which the first is the baseline
 * @param mean grand mean, weighted by the size of batches, [features]
 * @param deviation pooled standard deviation, 0 where a feature does not vary, [features]
 * @param effects what each level adds to the baseline, [levels][features]
 */
record ComBatModel(List<String> features, String covariate, List<String> levels, double[] mean, double[] deviation,
	double[][] effects)
{

	static ComBatModel fit(final ProfileTable table, final Groups batches, final String covariate,
		final CorrectionContext context)
	{
		final int n = table.rowCount();
		final int d = table.featureCount();
		final int b = batches.count();
		if (!covariate.isEmpty() && !table.hasMetadata(covariate)) {
			throw new IllegalArgumentException("The profiles have no column '" + covariate +
				"' for the covariate" + NearMiss.of(covariate, table.metadataColumns()) + ", only " +
				String.join(", ", table.metadataColumns()));
		}
		final Groups levels = covariate.isEmpty() ? new Groups(List.of(""), new int[n])
			: Groups.byColumn(table, covariate);
		final int p = b + levels.count() - 1;
		// The design's columns are indicators: its products are counts and sums.
		final DMatrixRMaj normal = new DMatrixRMaj(p, p);
		final DMatrixRMaj right = new DMatrixRMaj(p, d);
		final float[] values = new float[d];
		for (int row = 0; row < n; row++) {
			if (row % 1024 == 0) context.check();
			table.copyRow(row, values, 0);
			final int batch = batches.of()[row];
			final int level = b + levels.of()[row] - 1;
			normal.add(batch, batch, 1);
			for (int j = 0; j < d; j++) right.data[batch * d + j] += values[j];
			if (level < b) continue;
			normal.add(batch, level, 1);
			normal.add(level, batch, 1);
			normal.add(level, level, 1);
			for (int j = 0; j < d; j++) right.data[level * d + j] += values[j];
		}
		final double[] sizes = new double[b];
		for (int i = 0; i < b; i++) sizes[i] = normal.get(i, i);
		final DMatrixRMaj beta = new DMatrixRMaj(p, d);
		if (SymmetricEigen.of(normal).values()[p - 1] < 1e-9 * n || !CommonOps_DDRM.solve(normal, right, beta)) {
			throw new IllegalArgumentException(
				"Covariate '" + covariate + "' and batch cannot be told apart: some of its values " +
					"occur in one batch only and fill it; leave the covariate out or drop those batches");
		}
		final double[] mean = new double[d];
		for (int i = 0; i < b; i++) {
			for (int j = 0; j < d; j++) mean[j] += sizes[i] / n * beta.get(i, j);
		}
		final double[][] effects = new double[levels.count()][d];
		for (int l = 1; l < effects.length; l++) {
			for (int j = 0; j < d; j++) effects[l][j] = beta.get(b + l - 1, j);
		}
		final double[] deviation = new double[d];
		for (int row = 0; row < n; row++) {
			table.copyRow(row, values, 0);
			final int batch = batches.of()[row];
			final double[] effect = effects[levels.of()[row]];
			for (int j = 0; j < d; j++) {
				final double rest = values[j] - beta.get(batch, j) - effect[j];
				deviation[j] += rest * rest / n;
			}
		}
		for (int j = 0; j < d; j++)
			deviation[j] = Spectrum.varies(Math.sqrt(deviation[j]), mean[j]) ? Math.sqrt(deviation[j]) : 0;
		return new ComBatModel(table.featureColumns(), covariate, levels.names(), mean, deviation, effects);
	}

	static ComBatModel restore(final String covariate, final FittedState state) {
		return new ComBatModel(state.list("features"), covariate, state.list("levels"), state.vector("mean"),
			state.vector("deviation"), state.matrix("effects"));
	}

	boolean[] varies() {
		final boolean[] varies = new boolean[deviation.length];
		for (int j = 0; j < varies.length; j++) varies[j] = deviation[j] > 0;
		return varies;
	}

	/**
	 * Returns the effect of each row's covariates, [rows][features].
	 *
	 * @throws IllegalArgumentException if the covariate has a value that was not fitted
	 */
	double[][] effectsOf(final ProfileTable table) {
		final double[][] of = new double[table.rowCount()][];
		for (int row = 0; row < of.length; row++) {
			final int level = covariate.isEmpty() ? 0 : levels.indexOf(table.metadata(covariate, row));
			if (level < 0) {
				throw new IllegalArgumentException("combat was fitted without '" + table.metadata(covariate, row) +
					"' in " + covariate + ": fit it on a table that has all values");
			}
			of[row] = effects[level];
		}
		return of;
	}

	FittedState state() {
		return new FittedState().with("features", features)
			.with("levels", levels)
			.with("mean", mean)
			.with("deviation", deviation)
			.with("effects", effects);
	}
}
