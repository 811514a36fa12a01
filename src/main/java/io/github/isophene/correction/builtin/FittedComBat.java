// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction.builtin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.github.isophene.correction.ColumnStrips;
import io.github.isophene.correction.Columns;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.FittedCorrection;
import io.github.isophene.correction.FittedState;
import io.github.isophene.correction.Groups;
import io.github.isophene.profiles.ProfileTable;

/** ComBat's model and what each batch adds and multiplies. */
final class FittedComBat implements FittedCorrection {

	private final String per;
	private final ComBatModel model;
	private final List<String> batches;
	private final double[][] gamma;
	private final double[][] delta;

	/**
	 * @param gamma [batches][features], in standard deviations
	 * @param delta [batches][features], variances
	 */
	FittedComBat(final String per, final ComBatModel model, final List<String> batches, final double[][] gamma,
		final double[][] delta)
	{
		this.per = per;
		this.model = model;
		this.batches = batches;
		this.gamma = gamma;
		this.delta = delta;
	}

	/** The same that also knows the batches of a table. */
	FittedComBat with(final ProfileTable table, final Groups groups, final CorrectionContext context) {
		final List<String> names = new ArrayList<>(batches);
		final List<double[]> gammas = new ArrayList<>(Arrays.asList(gamma));
		final List<double[]> deltas = new ArrayList<>(Arrays.asList(delta));
		final int[][] rows = groups.split(IntStream.range(0, table.rowCount()).toArray());
		final double[][] effects = model.effectsOf(table);
		for (int g = 0; g < rows.length; g++) {
			if (names.contains(groups.names().get(g))) continue;
			context.check();
			if (rows[g].length < 2) {
				throw new IllegalArgumentException("combat needs two rows at least of " + per + " '" +
					groups.names().get(g) + "', which has 1: leave it out");
			}
			final double[][] z = new double[table.featureCount()][rows[g].length];
			final int[] members = rows[g];
			ColumnStrips.forEach(table, members, context, (feature, values) -> {
				final double sd = model.deviation()[feature];
				for (int i = 0; i < members.length && sd > 0; i++) {
					z[feature][i] = (values[i] - model.mean()[feature] - effects[members[i]][feature]) / sd;
				}
			});
			final double[][] shrunk = ComBat.shrink(z, model.varies());
			names.add(groups.names().get(g));
			gammas.add(shrunk[0]);
			deltas.add(shrunk[1]);
			context.progress().at("fitting", (double) g / rows.length);
		}
		return new FittedComBat(per, model, List.copyOf(names), gammas.toArray(double[][]::new),
			deltas.toArray(double[][]::new));
	}

	/** The furthest that a batch's mean moves, in standard deviations of a feature. */
	double largestChange() {
		return Arrays.stream(gamma).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElse(0);
	}

	/** The most that a batch's scale changes, as a share. */
	double largestScaling() {
		return Arrays.stream(delta)
			.flatMapToDouble(Arrays::stream)
			.map(d -> Math.abs(Math.sqrt(d) - 1))
			.max()
			.orElse(0);
	}

	@Override
	public ProfileTable apply(final ProfileTable given, final CorrectionContext context) {
		final ProfileTable table = Columns.align(given, model.features());
		Columns.requireFinite(table, "combat");
		final Groups groups = Groups.by(table, per, context);
		final FittedComBat known = batches.containsAll(groups.names()) ? this : with(table, groups, context);
		final int[] index = groups.names().stream().mapToInt(known.batches::indexOf).toArray();
		final double[][] effects = model.effectsOf(table);
		return table.mapRows(model.features(), (row, in, out) -> {
			final double[] g = known.gamma[index[groups.of()[row]]];
			final double[] d = known.delta[index[groups.of()[row]]];
			for (int j = 0; j < out.length; j++) {
				final double sd = model.deviation()[j];
				final double middle = model.mean()[j] + effects[row][j];
				// A feature that varies in no batch stays what it is.
				out[j] = sd == 0 ? in[j] : (float) (((in[j] - middle) / sd - g[j]) / Math.sqrt(d[j]) * sd + middle);
			}
		});
	}

	@Override
	public List<String> features() {
		return model.features();
	}

	@Override
	public FittedState state() {
		return model.state().with("batches", batches).with("gamma", gamma).with("delta", delta);
	}
}
