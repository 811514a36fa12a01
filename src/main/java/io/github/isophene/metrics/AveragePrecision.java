// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import io.github.isophene.numerics.Matrix;
import io.github.isophene.numerics.PackedMatrix;
import io.github.isophene.numerics.Parallel;
import io.github.isophene.profiles.ProfileTable;

/**
 * The average precision of each row: its partners, positive and negative ones, are ranked
 * by cosine similarity, and the precision at each positive is averaged (Kalinin et al.
 * 2025, Nat Commun 16:5181). Ties are resolved in favor of positives.
 * <p>
 * Nothing is sorted but the few positives: all that counts of a negative is how many
 * positives it is more similar than. Memory is twice the matrix, whatever the number of
 * pairs.
 * </p>
 *
 * @param precision [rows]; NaN where a row has no positive
 * @param positives [rows], how many positives a row has
 * @param total [rows], how many positives and negatives
 */
public record AveragePrecision(double[] precision, int[] positives, int[] total) {

	/**
	 * The average precision of each row of a table, all its features taken as they are.
	 *
	 * @param positive which rows a row should be similar to
	 * @param negative which rows it should be less similar to
	 * @throws IllegalArgumentException if a column is missing
	 */
	public static AveragePrecision of(final ProfileTable table, final PairRule positive, final PairRule negative) {
		final Matrix matrix = Matrix.zeros(table.rowCount(), table.featureCount());
		for (int row = 0; row < table.rowCount(); row++)
			table.copyRow(row, matrix.values(), row * table.featureCount());
		return of(matrix.unit(), column -> Categories.of(table.metadata(column)), positive, negative);
	}

	/** @param unit rows of length 1 */
	public static AveragePrecision of(final Matrix unit, final Function<String, Categories> columns,
		final PairRule positive, final PairRule negative)
	{
		final int rows = unit.rows();
		final AveragePrecision result = new AveragePrecision(new double[rows], new int[rows], new int[rows]);
		Arrays.fill(result.precision, Double.NaN);
		final Pairs positives = new Pairs(positive, rows, columns);
		final Pairs negatives = new Pairs(negative, rows, columns);
		for (int block = 0; block < negatives.blocks.length; block++) {
			final int[] order = negatives.blocks[block];
			final PackedMatrix panels = new PackedMatrix(unit, order);
			final List<int[]> queries = queries(order, negatives);
			Parallel.run(queries.size(),
				q -> new Ranking(unit, panels, order, positives, negatives, result).rank(queries.get(q)));
		}
		// Rows that can have no negative for want of a value have positives all the same.
		for (int row = 0; row < rows; row++) {
			if (negatives.blockOf[row] < 0) result.set(row, positives.partners(row).length, 0, 1);
		}
		return result;
	}

	/** Rows of a block that have the same negatives, together. */
	private static List<int[]> queries(final int[] order, final Pairs negatives) {
		final List<int[]> queries = new ArrayList<>();
		int from = 0;
		for (int i = 1; i <= order.length; i++) {
			if (i < order.length && negatives.alike(order[from], order[i])) continue;
			queries.add(Arrays.copyOfRange(order, from, i));
			from = i;
		}
		return queries;
	}

	private void set(final int row, final int positiveCount, final int negativeCount, final double value) {
		positives[row] = positiveCount;
		total[row] = positiveCount + negativeCount;
		precision[row] = positiveCount == 0 ? Double.NaN : value;
	}

	/** Ranks the partners of rows that have the same negatives. */
	private record Ranking(Matrix unit, PackedMatrix panels, int[] order, Pairs positive, Pairs negative,
		AveragePrecision result)
	{

		void rank(final int[] rows) {
			final float[][] similar = new float[rows.length][];
			boolean any = false;
			for (int q = 0; q < rows.length; q++) {
				final int row = rows[q];
				final int[] partners = positive.partners(row);
				similar[q] = new float[partners.length];
				for (int i = 0; i < partners.length; i++) similar[q][i] = PackedMatrix.product(unit, row, partners[i]);
				Arrays.sort(similar[q]);
				any |= partners.length > 0;
			}
			final boolean[] eligible = new boolean[PackedMatrix.WIDTH];
			final float[] products = new float[PackedMatrix.WIDTH];
			// above[q][i]: negatives that are more similar than positives 0 to i - 1 but not than positive i,
			// least similar first
			final int[][] above = new int[rows.length][];
			final Places[] places = new Places[rows.length];
			for (int q = 0; q < rows.length; q++) {
				above[q] = new int[similar[q].length + 1];
				places[q] = new Places(similar[q]);
			}
			int negatives = 0;
			for (int p = 0; p < panels.count(); p++) {
				final int width = panels.width(p);
				int count = 0;
				for (int i = 0; i < width; i++) {
					eligible[i] = negative.differ(rows[0], order[p * PackedMatrix.WIDTH + i]);
					if (eligible[i]) count++;
				}
				negatives += count;
				if (count == 0 || !any) continue;
				for (int q = 0; q < rows.length; q++) {
					if (similar[q].length == 0) continue;
					panels.multiply(p, unit.values(), rows[q] * unit.columns(), products);
					count(products, eligible, width, places[q], above[q]);
				}
			}
			// A rule without diffby pairs a row with itself, too.
			if (negative.differ(rows[0], rows[0])) withoutSelf(rows, similar, above);
			final int others = negative.differ(rows[0], rows[0]) ? negatives - 1 : negatives;
			for (int q = 0; q < rows.length; q++) {
				result.set(rows[q], similar[q].length, others, average(above[q]));
			}
		}

		private void withoutSelf(final int[] rows, final float[][] similar, final int[][] above) {
			for (int q = 0; q < rows.length; q++) {
				if (similar[q].length > 0)
					above[q][new Places(similar[q]).of(PackedMatrix.product(unit, rows[q], rows[q]))]--;
			}
		}

		private static void count(final float[] products, final boolean[] eligible, final int width,
			final Places places, final int[] above)
		{
			final float least = places.similar[0];
			for (int i = 0; i < width; i++) {
				if (eligible[i] && products[i] > least) above[places.of(products[i])]++;
			}
		}

		/**
		 * The mean precision at the positives: from the most similar on, r of the first r + (negatives above)
		 * are positive.
		 */
		private static double average(final int[] above) {
			final int count = above.length - 1;
			long before = 0;
			double sum = 0;
			for (int rank = 1; rank <= count; rank++) {
				before += above[count - rank + 1];
				sum += rank / (double) (rank + before);
			}
			return sum / count;
		}
	}

	/** Finds how many of ascending similarities are lower than a value, by equal steps of similarity. */
	private static final class Places {

		private static final int STEPS = 16;

		private final float[] similar;
		/** Number of similarities in lower steps, [steps]. */
		private final int[] start;
		private final float factor;

		Places(final float[] similar) {
			this.similar = similar;
			final int steps = similar.length * STEPS;
			start = new int[steps];
			final float range = similar.length == 0 ? 0 : similar[similar.length - 1] - similar[0];
			factor = range > 0 ? steps / range : 0;
			int at = 0;
			for (int step = 0; step < steps; step++) {
				while (at < similar.length && step(similar[at]) < step) at++;
				start[step] = at;
			}
		}

		/** The same function of every value, which never falls: what lies in a lower step is lower. */
		private int step(final float value) {
			return Math.max(0, Math.min(start.length - 1, (int) ((value - similar[0]) * factor)));
		}

		int of(final float value) {
			int place = start[step(value)];
			while (place < similar.length && similar[place] < value) place++;
			return place;
		}
	}
}
