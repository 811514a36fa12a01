// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction.builtin;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.github.isophene.correction.Columns;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.FittedCorrection;
import io.github.isophene.correction.FittedState;
import io.github.isophene.correction.Groups;
import io.github.isophene.numerics.MatrixProducts;
import io.github.isophene.numerics.RowBlocks;
import io.github.isophene.numerics.RowChunks;
import io.github.isophene.numerics.SoftAssignment;
import io.github.isophene.numerics.UnitVectors;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.settings.Settings;

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
	private final double[] spread;

	/**
	 * @param centers unit vectors, [clusters][features]
	 * @param intercepts [clusters][features]
	 * @param shifts [batches][clusters x features]
	 * @param spread share of all rows in each cluster, [clusters]
	 */
	FittedHarmony(final Settings settings, final List<String> features, final List<String> batches,
		final double[][] centers, final double[][] intercepts, final double[][] shifts, final double[] spread)
	{
		this.settings = settings;
		this.features = features;
		this.batches = batches;
		this.centers = centers;
		this.intercepts = intercepts;
		this.shifts = shifts;
		this.spread = spread;
	}

	@Override
	public ProfileTable apply(final ProfileTable given, final CorrectionContext context) {
		final ProfileTable table = Columns.align(given, features);
		Columns.requireFinite(table, "harmony");
		final Groups groups = Groups.by(table, settings.text("per"), context);
		final int[][] rows = groups.split(IntStream.range(0, table.rowCount()).toArray());
		final float[][] corrected = new float[table.rowCount()][];
		try (MatrixProducts products = MatrixProducts.of((double) table.rowCount() * features.size() * centers.length,
			context.progress()))
		{
			for (int g = 0; g < rows.length; g++) {
				context.check();
				correct(table, rows[g], batches.indexOf(groups.names().get(g)), products, corrected);
			}
		}
		return table.mapRows(features, (row, in, out) -> System.arraycopy(corrected[row], 0, out, 0, out.length));
	}

	private void correct(final ProfileTable table, final int[] rows, final int known, final MatrixProducts products,
		final float[][] corrected)
	{
		final int n = rows.length;
		final int[] order = IntStream.range(0, n).toArray();
		final RowBlocks blocks = new RowBlocks(products);
		final float[] transposed = RowBlocks.transposed(centers);
		final double[] zeros = new double[centers.length];
		final double[] ones = new double[centers.length];
		Arrays.fill(ones, 1);
		final float[][] original = new float[n][];
		final float[][] current = new float[n][];
		final float[][] unit = new float[n][features.size()];
		final float[][] shares = new float[n][centers.length];
		for (int i = 0; i < n; i++) {
			original[i] = table.row(rows[i]);
			current[i] = original[i].clone();
			corrected[rows[i]] = current[i];
		}
		for (int turn = 0; turn < TURNS; turn++) {
			RowChunks.parallel(products, 0, n, (chunk, first, end) -> {
				for (int i = first; i < end; i++) UnitVectors.normalize(current[i], unit[i]);
				// Without the penalty, which belongs to batches that are fitted together.
				final SoftAssignment soft = new SoftAssignment(centers.length, settings.number("sigma"));
				blocks.similarities(unit, order, first, end, transposed,
					(i, similarity, at) -> soft.assign(similarity, at, ones, zeros, shares[i]));
			});
			final float[] shift = HarmonyRun.rounded(known >= 0 ? shifts[known] : shiftsOf(original, shares, products));
			RowChunks.parallel(products, 0, n,
				(chunk, first, end) -> blocks.subtract(shares, original, order, first, end, shift, current));
		}
	}

	/** The ridge regression of a new batch's rows, less the clusters' intercepts. */
	private double[] shiftsOf(final float[][] rows, final float[][] shares, final MatrixProducts products) {
		final int d = features.size();
		final int[] order = IntStream.range(0, rows.length).toArray();
		final double[][] parts = new double[RowChunks.COUNT][centers.length * d];
		RowChunks.parallel(products, 0, rows.length,
			(chunk, first, end) -> new RowBlocks(products).addSums(shares, rows, order, first, end, parts[chunk]));
		final double[] sums = new double[centers.length * d];
		for (final double[] part : parts) {
			for (int i = 0; i < sums.length; i++) sums[i] += part[i];
		}
		final double[] mass = new double[centers.length];
		for (final float[] row : shares) {
			for (int k = 0; k < mass.length; k++) mass[k] += row[k];
		}
		final double lambda = HarmonyRun.lambda(settings);
		final double[] ridge = new double[mass.length];
		for (int k = 0; k < ridge.length; k++) {
			// Spread like the rows of the fit.
			ridge[k] = Double.isNaN(lambda)
				? Math.max(Double.MIN_NORMAL, settings.number("alpha") * rows.length * spread[k])
				: lambda;
		}
		for (int i = 0; i < sums.length; i++) {
			sums[i] = (sums[i] - mass[i / d] * intercepts[i / d][i % d]) / (mass[i / d] + ridge[i / d]);
		}
		return sums;
	}

	@Override
	public List<String> features() {
		return features;
	}

	@Override
	public FittedState state() {
		return new FittedState().with("features", features)
			.with("batches", batches)
			.with("centroids", centers)
			.with("intercepts", intercepts)
			.with("shifts", shifts)
			.with("spread", new double[][]{spread});
	}
}
