// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction.builtin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.isophene.correction.AffineMap;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.Covariance;
import io.github.isophene.correction.FittedCorrection;
import io.github.isophene.correction.FittedState;
import io.github.isophene.correction.Groups;
import io.github.isophene.numerics.SymmetricEigen;
import io.github.isophene.profiles.ProfileTable;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Whitening on all controls, and a matrix per batch that makes its controls' covariance like all others'. */
final class FittedTvn implements FittedCorrection {

	private final String per;
	private final double ridge;
	private final AffineMap whitening;
	private final DMatrixRMaj target;
	private final List<String> groups;
	/** One matrix [components, components] per group, row by row in one array. */
	private final double[][] alignments;

	FittedTvn(final String per, final double ridge, final AffineMap whitening, final DMatrixRMaj target,
		final List<String> groups, final double[][] alignments)
	{
		this.per = per;
		this.ridge = ridge;
		this.whitening = whitening;
		this.target = target;
		this.groups = groups;
		this.alignments = alignments;
	}

	/** The same that also knows the batches of a whitened table. */
	FittedTvn with(final ProfileTable white, final CorrectionContext context) {
		final Groups own = Groups.by(white, per, context);
		final int[][] rows = own.split(context.controlRows(white));
		final List<String> names = new ArrayList<>(groups);
		final List<double[]> matrices = new ArrayList<>(Arrays.asList(alignments));
		warnOfFewControls(own, rows, white.featureCount(), context);
		for (int g = 0; g < own.count(); g++) {
			if (names.contains(own.names().get(g))) continue;
			if (rows[g].length < 2) {
				throw new IllegalArgumentException("tvn needs two controls at least of " + per + " '" +
					own.names().get(g) + "', which has " + rows[g].length + ": leave it out or name other controls");
			}
			final DMatrixRMaj source = SymmetricEigen
				.power(Tvn.ridged(Covariance.of(white, rows[g], context).matrix(), ridge), -.5);
			final DMatrixRMaj alignment = new DMatrixRMaj(source.numRows, source.numCols);
			// Rows are multiplied from the left in AffineMap, hence the transpose; both factors are symmetric.
			CommonOps_DDRM.mult(target, source, alignment);
			names.add(own.names().get(g));
			matrices.add(alignment.data);
		}
		return new FittedTvn(per, ridge, whitening, target, List.copyOf(names), matrices.toArray(double[][]::new));
	}

	/** A covariance of fewer rows than components is known in a few directions, and the ridge in the others. */
	private void warnOfFewControls(final Groups own, final int[][] rows, final int components,
		final CorrectionContext context)
	{
		int few = 0;
		int fewest = 0;
		for (int g = 0; g < rows.length; g++) {
			if (rows[g].length <= components) few++;
			if (rows[g].length < rows[fewest].length) fewest = g;
		}
		if (few == 0) return;
		context.progress()
			.warn("the covariance of " + few + " of " + rows.length + (per.equals("plate") ? " plates" : " batches") +
				" is estimated from no more controls than there are components (" + components +
				"; the fewest controls, " + rows[fewest].length + ", has '" + own.names().get(fewest) + "'): " +
				(per.equals("plate") ? "align batches instead of plates (per=batch), or " : "") +
				"keep fewer components (pca before it), or give a larger ridge");
	}

	/** Aligns a whitened table, of which all batches are known. */
	ProfileTable align(final ProfileTable white, final CorrectionContext context) {
		final Groups own = Groups.by(white, per, context);
		final int n = target.numRows;
		final DMatrixRMaj[] matrices = own.names()
			.stream()
			.map(g -> DMatrixRMaj.wrap(n, n, alignments[groups.indexOf(g)]))
			.toArray(DMatrixRMaj[]::new);
		final double[] x = new double[n];
		return white.mapRows(white.featureColumns(), (row, in, out) -> {
			for (int i = 0; i < n; i++) x[i] = in[i];
			AffineMap.multiply(matrices[own.of()[row]], x, out);
		});
	}

	@Override
	public ProfileTable apply(final ProfileTable table, final CorrectionContext context) {
		final ProfileTable white = whitening.apply(table, context);
		final Groups own = Groups.by(white, per, context);
		final FittedTvn known = groups.containsAll(own.names()) ? this : with(white, context);
		return known.align(white, context);
	}

	@Override
	public List<String> features() {
		return whitening.features();
	}

	@Override
	public FittedState state() {
		final FittedState state = whitening.state().with("ridge", new double[]{ridge});
		return state.with("target", AffineMap.rows(target)).with("groups", groups).with("alignments", alignments);
	}
}
