// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

import io.github.isophene.numerics.JavaProducts;
import io.github.isophene.numerics.KMeans;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.progress.Progress;

/** Groups of rows that are alike: k-means (k-means++ starts, the tightest of several) of standardized features. */
public final class Clusters {

	private static final int STARTS = 8;

	private Clusters() {}

	/**
	 * @param clusters how many; no more than there are different rows are made
	 * @return for each row its cluster from 0, the largest first; of equally large ones that of the earlier row
	 */
	public static int[] of(final ProfileTable table, final int clusters, final long seed) {
		if (clusters < 1) throw new IllegalArgumentException("clusters is " + clusters + ": give 1 or more");
		final float[][] rows = standardized(table);
		final int distinct = (int) Arrays.stream(rows).map(Arrays::hashCode).distinct().count();
		final double[][] centers;
		try (JavaProducts products = new JavaProducts()) {
			centers = KMeans.centers(rows, Math.min(clusters, distinct), STARTS, RandomStream.of(seed, "clusters"),
				products, Progress.NONE);
		}
		final int[] nearest = Arrays.stream(rows).mapToInt(row -> nearest(row, centers)).toArray();
		return bySize(nearest, centers.length);
	}

	private static float[][] standardized(final ProfileTable table) {
		final float[][] rows = new float[table.rowCount()][table.featureCount()];
		for (int f = 0; f < table.featureCount(); f++) {
			final float[] column = table.column(f);
			final double mean = IntStream.range(0, column.length).mapToDouble(i -> column[i]).average().orElse(0);
			final double variance = IntStream.range(0, column.length)
				.mapToDouble(i -> (column[i] - mean) * (column[i] - mean))
				.average()
				.orElse(0);
			// What doesn't vary tells nothing; what isn't a number can't be compared.
			if (!(variance > Spectrum.PRECISION * Spectrum.PRECISION * mean * mean) || Double.isInfinite(variance))
				continue;
			for (int i = 0; i < column.length; i++) rows[i][f] = (float) ((column[i] - mean) / Math.sqrt(variance));
		}
		return rows;
	}

	private static int nearest(final float[] row, final double[][] centers) {
		int best = 0;
		double least = Double.POSITIVE_INFINITY;
		for (int c = 0; c < centers.length; c++) {
			double distance = 0;
			for (int f = 0; f < row.length; f++) distance += (row[f] - centers[c][f]) * (row[f] - centers[c][f]);
			if (distance < least) {
				least = distance;
				best = c;
			}
		}
		return best;
	}

	private static int[] bySize(final int[] labels, final int count) {
		final int[] sizes = new int[count];
		final int[] first = new int[count];
		Arrays.fill(first, labels.length);
		for (int i = labels.length - 1; i >= 0; i--) {
			sizes[labels[i]]++;
			first[labels[i]] = i;
		}
		final int[] order = IntStream.range(0, count)
			.boxed()
			.sorted(Comparator.<Integer>comparingInt(c -> -sizes[c]).thenComparingInt(c -> first[c]))
			.mapToInt(c -> c)
			.toArray();
		final int[] rank = new int[count];
		for (int r = 0; r < count; r++) rank[order[r]] = r;
		return Arrays.stream(labels).map(label -> rank[label]).toArray();
	}
}
