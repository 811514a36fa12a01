// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction.builtin;

import java.util.List;

import io.github.isophene.correction.AffineMap;
import io.github.isophene.correction.Columns;
import io.github.isophene.correction.Corrected;
import io.github.isophene.correction.Correction;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.FittedCorrection;
import io.github.isophene.correction.FittedState;
import io.github.isophene.correction.GroupScaling;
import io.github.isophene.correction.LowRankMap;
import io.github.isophene.correction.Spectrum;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.scijava.plugin.Plugin;

/**
 * Sphering (whitening): after it, the rows learned from have no correlations and unit variances
 * (Kessy, Lewin, Strimmer 2018, Am. Stat. 72:309). With the centered rows X = U S V':
 * <ul>
 * <li>pca: W = diag(sqrt(n - 1) / (S + eps)) V'</li>
 * <li>zca: V times that, closest to the features as they were</li>
 * <li>pca-cor, zca-cor: the same of standardized features</li>
 * </ul>
 * With {@code to=variance}, eps is added to the variances instead, 1 / sqrt(S^2 / (n - 1) + eps).
 * Where the rows have not full rank, {@code to=singular} takes the last singular value that is
 * not 0 for those that are, and {@code to=variance} takes 0.
 */
@Plugin(type = Correction.class)
public final class Sphering implements Correction {

	@Override
	public String name() {
		return "sphering";
	}

	@Override
	public String description() {
		return "whitens with the controls' covariance (Kessy 2018): pca, zca, and both on correlations";
	}

	@Override
	public List<Setting> settings() {
		return List.of(Setting.choice("method", List.of("zca", "pca", "zca-cor", "pca-cor"), "which whitening"),
			Setting.number("eps", 1e-6, 0, Double.MAX_VALUE, "regularization: small directions are blown up less"),
			Setting.choice("to", List.of("singular", "variance"), "what eps is added to"), GroupScaling.ROWS);
	}

	@Override
	public Corrected fit(final ProfileTable table, final Settings settings, final CorrectionContext context) {
		Columns.requireFinite(table, name());
		final String method = settings.text("method");
		final boolean zca = method.startsWith("zca");
		final int[] rows = context.rows(table, settings.text("rows"));
		final boolean scaled = method.endsWith("-cor");
		final Spectrum spectrum = (zca ? Spectrum.varying(table, rows, scaled, context)
			: Spectrum.of(table, rows, scaled, context)).requireRank(name())
			.warnOfRank(settings.text("to").equals("variance") ? "are scaled by eps alone"
				: "are scaled as the smallest of these", context);
		final double[] factors = factors(spectrum, settings.number("eps"), settings.text("to").equals("variance"));
		final int d = table.featureCount();
		if (factors.length < d) {
			final double beyond = beyond(spectrum, settings.number("eps"), settings.text("to").equals("variance"));
			return Corrected.by(new LowRankMap(table.featureColumns(), spectrum.center(), spectrum.scale(),
				AffineMap.rows(spectrum.axes()), factors, beyond), table, context);
		}
		DMatrixRMaj weights = spectrum.axes().copy();
		for (int i = 0; i < d; i++) {
			for (int j = 0; j < d; j++) weights.data[i * d + j] *= factors[i];
		}
		if (zca) {
			final DMatrixRMaj rotated = new DMatrixRMaj(d, d);
			CommonOps_DDRM.multTransA(spectrum.axes(), weights, rotated);
			weights = rotated;
		}
		for (int i = 0; i < d; i++) {
			for (int j = 0; j < d; j++) weights.data[i * d + j] /= spectrum.scale()[j];
		}
		final List<String> outputs = zca ? table.featureColumns() : Columns.numbered("sphering", d);
		return Corrected.by(new AffineMap(table.featureColumns(), outputs, spectrum.center(), weights), table, context);
	}

	@Override
	public boolean learnsFromControls(final Settings settings) {
		return settings.text("rows").equals("controls");
	}

	@Override
	public FittedCorrection restore(final Settings settings, final FittedState state) {
		return state.matrices().containsKey("axes") ? LowRankMap.restore(state) : AffineMap.restore(state);
	}

	/** The factor of directions in which the rows don't vary. */
	private static double beyond(final Spectrum spectrum, final double eps, final boolean variance) {
		if (variance) return eps == 0 ? 0 : 1 / Math.sqrt(eps);
		return Math.sqrt(spectrum.rows() - 1.0) / (spectrum.singular()[spectrum.rank() - 1] + eps);
	}

	private static double[] factors(final Spectrum spectrum, final double eps, final boolean variance) {
		final double[] s = spectrum.singular();
		final double[] factors = new double[s.length];
		for (int i = 0; i < s.length; i++) {
			final double padded = i < spectrum.rank() ? s[i] : s[spectrum.rank() - 1];
			if (variance)
				factors[i] = i >= spectrum.rank() && eps == 0 ? 0 : 1 / Math.sqrt(spectrum.variances()[i] + eps);
			else
				factors[i] = Math.sqrt(spectrum.rows() - 1.0) / (padded + eps);
		}
		return factors;
	}
}
