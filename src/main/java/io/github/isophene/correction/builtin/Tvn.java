// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction.builtin;

import java.util.List;

import io.github.isophene.correction.AffineMap;
import io.github.isophene.correction.Columns;
import io.github.isophene.correction.Corrected;
import io.github.isophene.correction.Correction;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.Covariance;
import io.github.isophene.correction.FittedCorrection;
import io.github.isophene.correction.FittedState;
import io.github.isophene.correction.Spectrum;
import io.github.isophene.numerics.SymmetricEigen;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.scijava.plugin.Plugin;

/**
 * Typical variation normalization (Ando, McLean, Berndl 2017, bioRxiv 161422): sphering on all
 * controls, then the covariance of each batch's controls is made alike. Two public variants:
 * <ul>
 * <li>efaar (EFAAR benchmarking): standardize, PCA, standardize again, all on the controls;
 * then X_b (C_b + ridge I)^(-1/2), ridge .5</li>
 * <li>coral: whiten on all controls; then X_b (C_b + ridge I)^(-1/2) (C + ridge I)^(1/2), ridge
 * 1, C being the covariance of all controls</li>
 * </ul>
 * C_b is the covariance of a batch's controls about their own mean. No mean of a batch is
 * subtracted: put {@code center:plate} before it. Components in which the controls don't vary
 * are left out.
 */
@Plugin(type = Correction.class)
public final class Tvn implements Correction {

	@Override
	public String name() {
		return "tvn";
	}

	@Override
	public String description() {
		return "typical variation normalization on controls (Ando 2017); put center:plate before it";
	}

	@Override
	public List<Setting> settings() {
		return List.of(Setting.choice("variant", List.of("efaar", "coral"), "which public variant"),
			Setting.choice("per", List.of("batch", "plate"), "whose covariances are made alike"), Setting.number(
				"ridge", 0, 0, Double.MAX_VALUE, "added to the covariances' diagonals; 0: .5 for efaar, 1 for coral"));
	}

	@Override
	public Corrected fit(final ProfileTable table, final Settings settings, final CorrectionContext context) {
		Columns.requireFinite(table, name());
		final boolean efaar = settings.text("variant").equals("efaar");
		final Spectrum spectrum = Spectrum.varying(table, context.controlRows(table), efaar, context)
			.requireRank(name())
			.warnOfRank("are left out", context);
		final int rank = spectrum.rank();
		final int d = table.featureCount();
		final double[] variances = spectrum.variances();
		final DMatrixRMaj weights = CommonOps_DDRM.extract(spectrum.axes(), 0, rank, 0, d);
		for (int i = 0; i < rank; i++) {
			// Standardizing has n as the divisor, whitening n - 1.
			final double share = efaar ? (spectrum.rows() - 1.0) / spectrum.rows() : 1;
			for (int j = 0; j < d; j++)
				weights.data[i * d + j] /= Math.sqrt(variances[i] * share) * spectrum.scale()[j];
		}
		final AffineMap whitening = new AffineMap(table.featureColumns(), Columns.numbered("tvn", rank),
			spectrum.center(), weights);
		final double ridge = settings.number("ridge") > 0 ? settings.number("ridge") : efaar ? .5 : 1;
		final ProfileTable white = whitening.apply(table, context);
		final DMatrixRMaj target = efaar ? CommonOps_DDRM.identity(rank)
			: SymmetricEigen.power(ridged(Covariance.of(white, context.controlRows(white), context).matrix(), ridge),
				.5);
		final FittedTvn fitted = new FittedTvn(settings.text("per"), ridge, whitening, target, List.of(),
			new double[0][]).with(white, context);
		return new Corrected(fitted.align(white, context), fitted);
	}

	@Override
	public boolean learnsFromControls(final Settings settings) {
		return true;
	}

	@Override
	public FittedCorrection restore(final Settings settings, final FittedState state) {
		return new FittedTvn(settings.text("per"), state.vector("ridge")[0], AffineMap.restore(state),
			new DMatrixRMaj(state.matrix("target")), state.list("groups"), state.matrix("alignments"));
	}

	static DMatrixRMaj ridged(final DMatrixRMaj covariance, final double ridge) {
		for (int i = 0; i < covariance.numRows; i++) covariance.data[i * covariance.numCols + i] += ridge;
		return covariance;
	}
}
