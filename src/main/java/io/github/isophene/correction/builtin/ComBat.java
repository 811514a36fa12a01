// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction.builtin;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.github.isophene.correction.Columns;
import io.github.isophene.correction.Corrected;
import io.github.isophene.correction.Correction;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.FittedCorrection;
import io.github.isophene.correction.FittedState;
import io.github.isophene.correction.Groups;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import org.scijava.plugin.Plugin;

/**
 * ComBat (Johnson, Li, Rabinovic 2007, Biostatistics 8:118): per feature, batches get a common
 * mean and variance; what a batch adds and multiplies is estimated by parametric empirical
 * Bayes, so that small batches borrow strength across features. A covariate keeps what belongs
 * to it: name the phenotype if it is unevenly spread over the batches.
 * <p>
 * Learns from all rows. A batch that is new to a fitted ComBat is estimated from all its rows,
 * against the means and variances fitted.
 * </p>
 */
@Plugin(type = Correction.class)
public final class ComBat implements Correction {

	/** Standard deviations by which a batch must move for the correction to be called one. */
	private static final double NOTHING = 0.05;

	@Override
	public String name() {
		return "combat";
	}

	@Override
	public String description() {
		return "location and scale of batches by empirical Bayes, from all rows (Johnson 2007)";
	}

	@Override
	public List<Setting> settings() {
		return List.of(Setting.choice("per", List.of("batch", "plate"), "what differs"),
			Setting.text("covariate", "", "a metadata column whose effect is kept"));
	}

	@Override
	public Corrected fit(final ProfileTable table, final Settings settings, final CorrectionContext context) {
		Columns.requireFinite(table, name());
		final Groups batches = Groups.by(table, settings.text("per"), context);
		if (batches.count() < 2) {
			throw new IllegalArgumentException("There is only one " + settings.text("per") + ", '" +
				batches.names().get(0) + "': combat needs two at least");
		}
		batches.warnOfSmall(settings.text("per"), name(), context);
		final String covariate = settings.text("covariate");
		final ComBatModel model = ComBatModel.fit(table, batches, covariate, context);
		final FittedComBat fitted = new FittedComBat(settings.text("per"), model, List.of(), new double[0][],
			new double[0][]).with(table, batches, context);
		final double largest = fitted.largestChange();
		if (largest < NOTHING && fitted.largestScaling() < NOTHING) {
			context.progress()
				.warn(String.format(Locale.ROOT,
					"changes nothing: no batch mean moves by more than %.3f standard deviations and no " +
						"scale by more than %.3f; profiles that were scaled per plate before have no such " +
						"differences left, so leave one of the two out",
					largest, fitted.largestScaling()));
		}
		return Corrected.by(fitted, table, context);
	}

	@Override
	public FittedCorrection restore(final Settings settings, final FittedState state) {
		return new FittedComBat(settings.text("per"), ComBatModel.restore(settings.text("covariate"), state),
			state.list("batches"), state.matrix("gamma"), state.matrix("delta"));
	}

	/**
	 * The batch's shift and scale of each feature, shrunk toward the features' common prior.
	 *
	 * @param z standardized values, [features][rows of the batch]
	 * @return gamma* and delta*, [2][features]
	 */
	static double[][] shrink(final double[][] z, final boolean[] varies) {
		final int d = z.length;
		final int n = z[0].length;
		final double[] gamma = new double[d];
		final double[] delta = new double[d];
		for (int j = 0; j < d; j++) {
			gamma[j] = Arrays.stream(z[j]).sum() / n;
			for (final double v : z[j]) delta[j] += (v - gamma[j]) * (v - gamma[j]) / (n - 1);
		}
		final double[] g = moments(gamma, varies);
		final double[] v = moments(delta, varies);
		// The inverse gamma distribution with this mean and variance.
		final double a = (2 * v[1] + v[0] * v[0]) / v[1];
		final double b = (v[0] * v[1] + v[0] * v[0] * v[0]) / v[1];
		final double[][] shrunk = new double[2][d];
		Arrays.fill(shrunk[1], 1);
		for (int j = 0; j < d; j++) {
			if (!varies[j]) continue;
			final boolean noPrior = !(v[1] > 0) || !(g[1] > 0);
			final double[] both = noPrior ? new double[]{gamma[j], delta[j]}
				: iterate(z[j], gamma[j], delta[j], g[0], g[1], a, b);
			shrunk[0][j] = both[0];
			shrunk[1][j] = both[1] > 0 ? both[1] : 1;
		}
		return shrunk;
	}

	/**
	 * Posterior means of shift and variance, each given the other, until neither changes by more than 1e-4 of
	 * itself.
	 */
	private static double[] iterate(final double[] z, final double gammaHat, final double deltaHat,
		final double gammaBar, final double t2, final double a, final double b)
	{
		final int n = z.length;
		double gamma = gammaHat;
		double delta = deltaHat;
		for (int round = 0; round < 1000; round++) {
			final double g = (t2 * n * gammaHat + delta * gammaBar) / (t2 * n + delta);
			double squares = 0;
			for (final double v : z) squares += (v - g) * (v - g);
			final double d = (.5 * squares + b) / (n / 2.0 + a - 1);
			final boolean done = Math.abs(g - gamma) <= 1e-4 * Math.abs(gamma) && Math.abs(d - delta) <= 1e-4 * delta;
			gamma = g;
			delta = d;
			if (done) break;
		}
		return new double[]{gamma, delta};
	}

	/** Mean and variance (n - 1) over the features that vary. */
	private static double[] moments(final double[] values, final boolean[] varies) {
		double n = 0;
		double mean = 0;
		for (int j = 0; j < values.length; j++) {
			if (varies[j]) {
				n++;
				mean += values[j];
			}
		}
		mean /= n;
		double variance = 0;
		for (int j = 0; j < values.length; j++) {
			if (varies[j]) variance += (values[j] - mean) * (values[j] - mean) / (n - 1);
		}
		return new double[]{mean, n > 1 ? variance : 0};
	}
}
