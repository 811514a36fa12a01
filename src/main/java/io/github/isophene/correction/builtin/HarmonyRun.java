// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction.builtin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.Groups;
import io.github.isophene.numerics.KMeans;
import io.github.isophene.numerics.MatrixProducts;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.numerics.RowBlocks;
import io.github.isophene.numerics.RowChunks;
import io.github.isophene.numerics.ShareSums;
import io.github.isophene.numerics.SoftAssignment;
import io.github.isophene.numerics.UnitVectors;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.settings.Settings;

/**
 * One fit of {@link Harmony}. Rows i, clusters k, batches b; R[i][k] is the share of a row in a
 * cluster, O[b][k] the sum of shares of a batch, E[b][k] what that would be if the batch were
 * spread like all others. A row's share is proportional to
 * exp(-2 (1 - y_k z_i) / sigma) ((E + 1) / (O + 1))^theta.
 */
public final class HarmonyRun {

	private static final int WINDOW = 3;
	/** Up to so many rows, clusters are seeded ten times and the tightest taken; beyond, once. */
	private static final int FEW_ROWS = 2000;

	/** Rows of one batch that are summed in one go. */
	private static final int PIECE = 8192;

	private final CorrectionContext context;
	private final MatrixProducts products;
	private final RowBlocks rowBlocks;
	private final int[] batch;
	private final int[][] rowsOfBatch;
	private final int[][] pieces;
	private final int n;
	private final int d;
	private final int clusters;
	private final int batches;
	private final double theta;
	private final double sigma;
	/** NaN: estimated. */
	private final double lambda;
	private final double alpha;
	private final int rounds;
	private final int iterations;
	private final int blocks;
	private final double clusterTolerance;
	private final double tolerance;
	private final RandomStream random;
	private final float[][] original;
	private final float[][] corrected;
	private final float[][] unit;
	private final float[][] shares;
	private final double[] proportion;
	private final double[][] observed;
	private final double[] mass;
	private final double[] terms;
	private double[][] centers;
	private double[][] intercepts;
	private double[][] shifts;

	public HarmonyRun(final ProfileTable table, final Groups groups, final Settings settings,
		final MatrixProducts products, final CorrectionContext context)
	{
		this.context = context;
		this.products = products;
		rowBlocks = new RowBlocks(products);
		n = table.rowCount();
		d = table.featureCount();
		batch = groups.of();
		batches = groups.count();
		rowsOfBatch = groups.split(IntStream.range(0, n).toArray());
		pieces = pieces(rowsOfBatch);
		clusters = clusters(settings, n);
		theta = settings.number("theta");
		sigma = settings.number("sigma");
		lambda = lambda(settings);
		alpha = settings.number("alpha");
		rounds = settings.integer("rounds");
		iterations = settings.integer("iterations");
		blocks = (int) Math.ceil(1 / settings.number("block"));
		clusterTolerance = settings.number("cluster_tolerance");
		tolerance = settings.number("tolerance");
		random = RandomStream.of(context.seed(), "harmony");
		original = new float[n][];
		corrected = new float[n][];
		unit = new float[n][d];
		shares = new float[n][clusters];
		for (int i = 0; i < n; i++) {
			original[i] = table.row(i);
			corrected[i] = original[i].clone();
		}
		proportion = Arrays.stream(rowsOfBatch).mapToDouble(rows -> (double) rows.length / n).toArray();
		observed = new double[batches][clusters];
		mass = new double[clusters];
		terms = new double[n];
	}

	/** Returns the constant ridge penalty; NaN if it is to be estimated. */
	static double lambda(final Settings settings) {
		return settings.text("lambda").equals(Harmony.AUTO) ? Double.NaN : settings.number("lambda");
	}

	/** Returns the ridge penalty of a batch in a cluster. */
	private double ridge(final int b, final int k) {
		return Double.isNaN(lambda) ? Math.max(Double.MIN_NORMAL, alpha * mass[k] * proportion[b]) : lambda;
	}

	/** Returns the number of clusters for a number of rows. */
	static int clusters(final Settings settings, final int rows) {
		final int wanted = settings.integer("nclust");
		return Math.max(1, Math.min(rows, wanted > 0 ? wanted : (int) Math.min(Math.rint(rows / 30.0), 100)));
	}

	public void run() {
		normalize();
		context.progress().at("seeding clusters", 0);
		centers = KMeans.centers(unit, clusters, n <= FEW_ROWS ? 10 : 1, random, products, context.progress());
		for (final double[] center : centers) UnitVectors.normalize(center);
		assign(identity(), 0, n, false);
		double before = objective();
		for (int round = 0; round < rounds; round++) {
			context.progress().at("round " + (round + 1) + " of " + rounds + " at most", (double) round / rounds);
			final double now = cluster();
			regress();
			normalize();
			if ((before - now) / Math.abs(before) < tolerance) break;
			before = now;
		}
	}

	/** Rounds of new centers and new shares; returns the objective. */
	private double cluster() {
		final double[] objectives = new double[iterations + 1];
		objectives[0] = objective();
		final int[] order = identity();
		for (int i = 1; i <= iterations; i++) {
			context.check();
			centers = newCenters();
			for (int j = n - 1; j > 0; j--) {
				final int other = random.nextInt(j + 1);
				final int swap = order[j];
				order[j] = order[other];
				order[other] = swap;
			}
			for (int block = 0; block < blocks; block++) {
				assign(order, (int) ((long) n * block / blocks), (int) ((long) n * (block + 1) / blocks), true);
			}
			objectives[i] = objective();
			if (i > WINDOW + 1 && settled(objectives, i)) return objectives[i];
		}
		return objectives[iterations];
	}

	private boolean settled(final double[] objectives, final int last) {
		double old = 0;
		double now = 0;
		for (int i = 0; i < WINDOW; i++) {
			old += objectives[last - 1 - i];
			now += objectives[last - i];
		}
		return Math.abs(old - now) / Math.abs(old) < clusterTolerance;
	}

	/** Gives some rows new shares; with the penalty, they are taken out of the sums first. */
	private void assign(final int[] order, final int first, final int end, final boolean penalty) {
		if (penalty) {
			final ShareSums[] old = shareSums();
			RowChunks.parallel(products, first, end, (chunk, from, to) -> {
				for (int i = from; i < to; i++) old[chunk].add(batch[order[i]], shares[order[i]]);
			});
			count(old, -1);
		}
		final double[][] logPenalty = new double[batches][clusters];
		final double[][] factor = new double[batches][clusters];
		for (int b = 0; b < batches; b++) {
			for (int k = 0; k < clusters; k++) {
				if (penalty)
					logPenalty[b][k] = theta * StrictMath.log((mass[k] * proportion[b] + 1) / (observed[b][k] + 1));
				factor[b][k] = penalty ? StrictMath.exp(logPenalty[b][k]) : 1;
			}
		}
		final float[] transposed = RowBlocks.transposed(centers);
		final ShareSums[] sums = shareSums();
		RowChunks.parallel(products, first, end, (chunk, from, to) -> {
			final SoftAssignment soft = new SoftAssignment(clusters, sigma);
			rowBlocks.similarities(unit, order, from, to, transposed, (i, similarity, at) -> {
				final int row = order[i];
				final int b = batch[row];
				terms[row] = soft.assign(similarity, at, factor[b], logPenalty[b], shares[row]);
				sums[chunk].add(b, shares[row]);
			});
		});
		count(sums, 1);
	}

	private ShareSums[] shareSums() {
		final ShareSums[] sums = new ShareSums[RowChunks.COUNT];
		Arrays.setAll(sums, c -> new ShareSums(batches, clusters));
		return sums;
	}

	/** Adds sums of shares to what is observed, or takes them out. */
	private void count(final ShareSums[] sums, final int sign) {
		for (final ShareSums part : sums) part.addTo(observed, sign);
		Arrays.fill(mass, 0);
		for (final double[] o : observed) {
			for (int k = 0; k < clusters; k++) mass[k] += o[k];
		}
	}

	private double objective() {
		double sum = 0;
		for (final double term : terms) sum += term;
		for (int b = 0; b < batches; b++) {
			for (int k = 0; k < clusters; k++) {
				sum += sigma * theta * observed[b][k] *
					StrictMath.log((observed[b][k] + 1) / (mass[k] * proportion[b] + 1));
			}
		}
		return sum;
	}

	/** The normalized sums of the rows' directions, weighted by their shares. */
	private double[][] newCenters() {
		final double[][] parts = new double[RowChunks.COUNT][clusters * d];
		final int[] order = identity();
		RowChunks.parallel(products, 0, n,
			(chunk, first, end) -> rowBlocks.addSums(shares, unit, order, first, end, parts[chunk]));
		final double[] sums = parts[0];
		for (int c = 1; c < parts.length; c++) add(parts[c], sums);
		final double[][] normalized = new double[clusters][];
		for (int k = 0; k < clusters; k++) {
			normalized[k] = Arrays.copyOfRange(sums, k * d, (k + 1) * d);
			UnitVectors.normalize(normalized[k]);
		}
		return normalized;
	}

	/**
	 * The ridge regression of the rows on an intercept, which is not penalized, and the batch, per
	 * cluster. The design is of indicators, so its normal equations are solved on paper.
	 */
	private void regress() {
		shifts = sumsOfBatches();
		intercepts = new double[clusters][d];
		for (int k = 0; k < clusters; k++) {
			double weight = 0;
			for (int b = 0; b < batches; b++) {
				final double rest = ridge(b, k) / (observed[b][k] + ridge(b, k));
				weight += observed[b][k] * rest;
				for (int j = 0; j < d; j++) intercepts[k][j] += rest * shifts[b][k * d + j];
			}
			for (int j = 0; j < d; j++) intercepts[k][j] = weight > 0 ? intercepts[k][j] / weight : 0;
			for (int b = 0; b < batches; b++) {
				final double ridge = ridge(b, k);
				for (int j = 0; j < d; j++) {
					shifts[b][k * d + j] = (shifts[b][k * d + j] - observed[b][k] * intercepts[k][j]) /
						(observed[b][k] + ridge);
				}
			}
		}
		final float[][] rounded = new float[batches][];
		for (int b = 0; b < batches; b++) rounded[b] = rounded(shifts[b]);
		pieces((piece, b, first, end) -> rowBlocks.subtract(shares, original, rowsOfBatch[b], first, end, rounded[b],
			corrected));
	}

	/** The sums of each batch's rows, weighted by their shares, [batches][clusters x features]. */
	private double[][] sumsOfBatches() {
		final double[][] sums = new double[batches][clusters * d];
		final double[][] parts = new double[pieces.length][];
		pieces((piece, b, first, end) -> {
			parts[piece] = new double[clusters * d];
			rowBlocks.addSums(shares, original, rowsOfBatch[b], first, end, parts[piece]);
		});
		for (int p = 0; p < pieces.length; p++) add(parts[p], sums[pieces[p][0]]);
		return sums;
	}

	/** Work on a piece of the rows of one batch. */
	private interface PieceWork {

		void on(int piece, int batch, int first, int end);
	}

	private void pieces(final PieceWork work) {
		products.run(pieces.length, p -> work.on(p, pieces[p][0], pieces[p][1], pieces[p][2]));
	}

	/** Batch, first row and end of each piece. */
	private static int[][] pieces(final int[][] rowsOfBatch) {
		final List<int[]> pieces = new ArrayList<>();
		for (int b = 0; b < rowsOfBatch.length; b++) {
			for (int first = 0; first < rowsOfBatch[b].length; first += PIECE) {
				pieces.add(new int[]{b, first, Math.min(first + PIECE, rowsOfBatch[b].length)});
			}
		}
		return pieces.toArray(int[][]::new);
	}

	private static void add(final double[] part, final double[] sums) {
		for (int i = 0; i < sums.length; i++) sums[i] += part[i];
	}

	/** A batch's shifts, [clusters x features], as float32. */
	static float[] rounded(final double[] shifts) {
		final float[] rounded = new float[shifts.length];
		for (int i = 0; i < shifts.length; i++) rounded[i] = (float) shifts[i];
		return rounded;
	}

	private void normalize() {
		RowChunks.parallel(products, 0, n, (chunk, first, end) -> {
			for (int i = first; i < end; i++) UnitVectors.normalize(corrected[i], unit[i]);
		});
	}

	private int[] identity() {
		return IntStream.range(0, n).toArray();
	}

	/** A corrected row, [features]. */
	public float[] corrected(final int row) {
		return corrected[row];
	}

	/** Unit vectors, [clusters][features]. */
	double[][] centroids() {
		return centers;
	}

	/** The clusters' intercepts, [clusters][features]. */
	double[][] intercepts() {
		return intercepts;
	}

	/** Share of all rows in each cluster, [clusters]. */
	double[] spread() {
		return Arrays.stream(mass).map(m -> m / n).toArray();
	}

	/** Returns the shift of each batch in each cluster, [batches][clusters x features]. */
	double[][] shifts() {
		return shifts;
	}
}
