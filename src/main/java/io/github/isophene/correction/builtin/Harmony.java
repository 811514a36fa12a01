// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction.builtin;

import java.util.List;

import io.github.isophene.correction.Columns;
import io.github.isophene.correction.Corrected;
import io.github.isophene.correction.Correction;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.FittedCorrection;
import io.github.isophene.correction.FittedState;
import io.github.isophene.correction.Groups;
import io.github.isophene.messages.Count;
import io.github.isophene.numerics.MatrixProducts;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import org.scijava.plugin.Plugin;

/**
 * Harmony (Korsunsky et al. 2019, Nat. Methods 16:1289): rows are clustered softly by the
 * direction of their vectors, with a penalty on clusters that hold one batch more than others;
 * then what a batch adds to each cluster is estimated by ridge regression and subtracted; both
 * are repeated until the objective stays. Learns from all rows; meant for profiles that are
 * centered, such as principal components or sphered features.
 * <p>
 * The ridge penalty is a constant (1, as published in 2019 and in harmonypy before 2), or, with
 * {@code lambda=auto}, alpha times the rows that a batch would have in a cluster if it were spread
 * like all others (harmonypy from 2 on and harmony from 1.2 on, where it is the default, alpha .2).
 * </p>
 * <p>
 * JUMP's recipe: {@code harmony:nclust=300:rounds=20}. A fitted Harmony corrects new rows
 * against the clusters it has found, which stay: rows of a known batch with what was estimated
 * for it, those of a new batch with a ridge regression on that batch alone, clusters assigned
 * and rows corrected in turn five times (our choice, after Symphony, Kang et al. 2021, Nat. Commun.
 * 12:5890). Rows that it was fitted on come out close to, but not the same as, in the fit.
 * </p>
 */
@Plugin(type = Correction.class)
public final class Harmony implements Correction {

	/** Value of {@code lambda} for an estimated penalty. */
	static final String AUTO = "auto";

	@Override
	public String name() {
		return "harmony";
	}

	@Override
	public String description() {
		return "soft clusters mixed over batches and a ridge regression per cluster, from all rows (Korsunsky 2019)";
	}

	@Override
	public List<Setting> settings() {
		final double any = Double.MAX_VALUE;
		return List.of(Setting.choice("per", List.of("batch", "plate"), "what differs"),
			Setting.count("nclust", 0, 0, 100_000, "clusters; 0: a thirtieth of the rows, 100 at most"),
			Setting.count("rounds", 10, 1, 10_000, "rounds at most"),
			Setting.number("theta", 2, 0, any, "weight of the penalty on unmixed clusters"),
			Setting.number("sigma", .1, 1e-6, any, "softness of the clusters"),
			Setting.numberOr(AUTO, "lambda", "1", 1e-9, any,
				"ridge penalty: a constant, as published in 2019; auto: estimated per cluster and batch"),
			Setting.number("alpha", .2, 1e-9, any, "with lambda=auto, share of a batch's expected rows in a cluster"),
			Setting.count("iterations", 20, 1, 10_000, "clustering iterations in a round at most"),
			Setting.number("block", .05, 1e-4, 1, "share of the rows between updates of the penalty"),
			Setting.number("cluster_tolerance", 1e-5, 0, 1, "relative change of the objective that ends a clustering"),
			Setting.number("tolerance", 1e-4, 0, 1, "relative change of the objective that ends the rounds"));
	}

	@Override
	public Corrected fit(final ProfileTable table, final Settings settings, final CorrectionContext context) {
		Columns.requireFinite(table, name());
		final Groups batches = Groups.by(table, settings.text("per"), context);
		if (batches.count() < 2) {
			throw new IllegalArgumentException("There is only one " + settings.text("per") + ", '" +
				batches.names().get(0) + "': harmony needs two at least");
		}
		if (settings.integer("nclust") > table.rowCount()) {
			throw new IllegalArgumentException(
				"nclust of harmony is " + settings.text("nclust") + ", but the table has only " +
				Count.of(table.rowCount(), "row") +
				": give a few rows to each cluster, or nclust=0 for a thirtieth of the rows");
		}
		batches.warnOfSmall(settings.text("per"), name(), context);
		final HarmonyRun run;
		try (MatrixProducts products = MatrixProducts.of(
			(double) table.rowCount() * table.featureCount() * HarmonyRun.clusters(settings, table.rowCount()),
			context.progress()))
		{
			run = new HarmonyRun(table, batches, settings, products, context);
			run.run();
		}
		final FittedHarmony fitted = new FittedHarmony(settings, table.featureColumns(), batches.names(),
			run.centroids(), run.intercepts(), run.shifts(), run.spread());
		return new Corrected(table.mapRows(table.featureColumns(),
			(row, in, out) -> System.arraycopy(run.corrected(row), 0, out, 0, out.length)), fitted);
	}

	@Override
	public FittedCorrection restore(final Settings settings, final FittedState state) {
		return new FittedHarmony(settings, state.list("features"), state.list("batches"), state.matrix("centroids"),
			state.matrix("intercepts"), state.matrix("shifts"), state.matrix("spread")[0]);
	}
}
