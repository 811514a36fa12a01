// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles.correction;

import java.util.List;
import java.util.stream.IntStream;

import io.github.isophene.profiles.ProfileTable;

/** Harmony's clusters and what each batch adds to them; see {@link Harmony} on new rows. */
final class FittedHarmony implements FittedCorrection {

	/** Assigning and correcting in turn settles after a few times. */
	private static final int TURNS = 5;

	private final Settings settings;
	private final List<String> features;
	private final List<String> batches;
	private final double[][] centers;
	private final double[][] intercepts;
	private final double[][] shifts;

	/**
	 * @param centers unit vectors, [clusters][features]
	 * @param intercepts [clusters][features]
	 * @param shifts [batches][clusters x features]
	 */
	FittedHarmony(final Settings settings, final List<String> features, final List<String> batches, final double[][] centers,
		final double[][] intercepts, final double[][] shifts)
	{
		this.settings = settings;
		this.features = features;
		this.batches = batches;
		this.centers = centers;
		this.intercepts = intercepts;
		this.shifts = shifts;
	}

	@Override
	public ProfileTable apply(final ProfileTable given, final CorrectionContext context) {
		final ProfileTable table = Columns.align(given, features);
		Columns.requireFinite(table, "harmony");
		final Groups groups = Groups.by(table, settings.text("per"), context);
		final int[][] rows = groups.split(IntStream.range(0, table.rowCount()).toArray());
		final float[][] corrected = new float[table.rowCount()][];
		for (int g = 0; g < rows.length; g++) {
			context.check();
			correct(table, rows[g], batches.indexOf(groups.names().get(g)), corrected);
		}
		return table.mapRows(features, (row, in, out) -> System.arraycopy(corrected[row], 0, out, 0, out.length));
	}

	private void correct(final ProfileTable table, final int[] rows, final int known, final float[][] corrected) {
		final int d = features.size();
		final int clusters = centers.length;
		final Centroids centroids = new Centroids(centers);
		final float[][] shares = new float[rows.length][clusters];
		for (final int row : rows) corrected[row] = table.row(row);
		for (int turn = 0; turn < TURNS; turn++) {
			RowChunks.parallel(0, rows.length, (chunk, first, end) -> {
				final float[] unit = new float[d];
				final float[] similarity = new float[clusters];
				for (int i = first; i < end; i++) {
					Centroids.normalize(corrected[rows[i]], unit);
					centroids.similarities(unit, similarity);
					share(similarity, shares[i]);
				}
			});
			final float[][] shift = HarmonyRun.rounded(known >= 0 ? shifts[known] : shiftsOf(table, rows, shares), clusters);
			RowChunks.parallel(0, rows.length, (chunk, first, end) -> {
				final float[] scratch = new float[d];
				for (int i = first; i < end; i++) {
					HarmonyRun.subtract(table.row(rows[i]), shares[i], shift, scratch, corrected[rows[i]]);
				}
			});
		}
	}

	/** Shares of a row without the penalty, which belongs to batches that are fitted together. */
	private void share(final float[] similarity, final float[] into) {
		final double sigma = settings.number("sigma");
		float nearest = similarity[0];
		for (final float s : similarity) nearest = Math.max(nearest, s);
		final double[] values = new double[into.length];
		for (int k = 0; k < values.length; k++) values[k] = 2 * (similarity[k] - nearest) / sigma;
		FastExp.of(values, values, values.length);
		double sum = 0;
		for (final double value : values) sum += value;
		for (int k = 0; k < into.length; k++) into[k] = (float) (values[k] / sum);
	}

	/** The ridge regression of a new batch's rows, less the clusters' intercepts. */
	private double[] shiftsOf(final ProfileTable table, final int[] rows, final float[][] shares) {
		final int d = features.size();
		final double[] sums = new double[centers.length * d];
		final double[] mass = new double[centers.length];
		final float[] row = new float[d];
		for (int i = 0; i < rows.length; i++) {
			table.copyRow(rows[i], row, 0);
			for (int k = 0; k < mass.length; k++) {
				final double r = shares[i][k];
				if (r == 0) continue;
				mass[k] += r;
				for (int j = 0; j < d; j++) sums[k * d + j] += r * (row[j] - intercepts[k][j]);
			}
		}
		final double lambda = settings.number("lambda");
		for (int i = 0; i < sums.length; i++) sums[i] /= mass[i / d] + lambda;
		return sums;
	}

	@Override
	public FittedState state() {
		return new FittedState().with("features", features).with("batches", batches).with("centroids", centers).with("intercepts",
			intercepts).with("shifts", shifts);
	}
}
