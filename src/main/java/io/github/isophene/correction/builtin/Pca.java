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
import io.github.isophene.correction.Spectrum;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.scijava.plugin.Plugin;

/** Principal components of the features, as many as it takes for a share of the variance, or a given number. */
@Plugin(type = Correction.class)
public final class Pca implements Correction {

	@Override
	public String name() {
		return "pca";
	}

	@Override
	public String description() {
		return "principal components that hold a share of the variance (below 1), or a number of them (1 or more)";
	}

	@Override
	public List<Setting> settings() {
		return List.of(
			Setting.number("keep", .98, 1e-9, 1e6, "share of the variance, or number of components").wholeFrom(1),
			Setting.choice("rows", List.of("all", "controls"), "what is learned from"));
	}

	@Override
	public Corrected fit(final ProfileTable table, final Settings settings, final CorrectionContext context) {
		Columns.requireFinite(table, name());
		final Spectrum spectrum = Spectrum.varying(table, context.rows(table, settings.text("rows")), false, context)
			.requireRank(name());
		final int count = count(spectrum, settings.number("keep"));
		if (settings.number("keep") > count) {
			context.progress()
				.warn("keep is " + settings.text("keep") + ", but the rows learned from vary in " + count +
					" directions only: " + count + " components are kept");
		}
		final DMatrixRMaj weights = CommonOps_DDRM.extract(spectrum.axes(), 0, count, 0, table.featureCount());
		return Corrected.by(
			new AffineMap(table.featureColumns(), Columns.numbered("pca", count), spectrum.center(), weights), table,
			context);
	}

	@Override
	public boolean learnsFromControls(final Settings settings) {
		return settings.text("rows").equals("controls");
	}

	@Override
	public FittedCorrection restore(final Settings settings, final FittedState state) {
		return AffineMap.restore(state);
	}

	private static int count(final Spectrum spectrum, final double keep) {
		if (keep >= 1) return (int) Math.min(spectrum.rank(), Math.round(keep));
		final double[] variances = spectrum.variances();
		double total = 0;
		for (final double v : variances) total += v;
		double sum = 0;
		for (int i = 0; i < spectrum.rank(); i++) {
			sum += variances[i];
			if (sum > keep * total) return i + 1;
		}
		return spectrum.rank();
	}
}
