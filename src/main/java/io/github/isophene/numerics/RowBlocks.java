// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

/**
 * Products of many rows with few others, block by block: a few hundred rows at a time are copied
 * beside each other, so that what is multiplied stays in the processor's cache. All methods are
 * called inside {@link MatrixProducts#run}, on different rows by different threads.
 */
public final class RowBlocks {

	/** Rows of a block; sums over a block are in float32, over blocks in float64. */
	private static final int SIZE = 512;

	private final MatrixProducts products;

	/** Looks at the similarities of one row. */
	public interface RowVisitor {

		/**
		 * @param i place of the row in the order
		 * @param similarities hold those of this row from {@code at} on, [centers]
		 */
		void visit(int i, float[] similarities, int at);
	}

	public RowBlocks(final MatrixProducts products) {
		this.products = products;
	}

	/** Centers [clusters][features] as one matrix, [features, clusters], of float32. */
	public static float[] transposed(final double[][] centers) {
		final int clusters = centers.length;
		final float[] flat = new float[clusters * centers[0].length];
		for (int k = 0; k < clusters; k++) {
			for (int j = 0; j < centers[k].length; j++) flat[j * clusters + k] = (float) centers[k][j];
		}
		return flat;
	}

	/**
	 * The inner products of rows with centers.
	 *
	 * @param rows [rows][features]
	 * @param order the rows from place {@code first} to before {@code end} of it
	 * @param centers [features, clusters]
	 */
	public void similarities(final float[][] rows, final int[] order, final int first, final int end,
		final float[] centers, final RowVisitor visitor)
	{
		final int d = rows[0].length;
		final int clusters = centers.length / d;
		final int size = Math.min(SIZE, end - first);
		final float[] block = new float[size * d];
		final float[] similarities = new float[size * clusters];
		for (int start = first; start < end; start += SIZE) {
			final int count = Math.min(SIZE, end - start);
			gather(rows, order, start, count, block);
			products.multiply(block, centers, similarities, count, d, clusters);
			for (int i = 0; i < count; i++) visitor.visit(start + i, similarities, i * clusters);
		}
	}

	/**
	 * Adds the sums of rows, each weighted by its shares of all clusters.
	 *
	 * @param shares [rows][clusters]
	 * @param rows [rows][features]
	 * @param sums are added to, [clusters, features]
	 */
	public void addSums(final float[][] shares, final float[][] rows, final int[] order, final int first, final int end,
		final double[] sums)
	{
		final int d = rows[0].length;
		final int clusters = shares[0].length;
		final int size = Math.min(SIZE, end - first);
		final float[] weights = new float[size * clusters];
		final float[] block = new float[size * d];
		final float[] product = new float[clusters * d];
		for (int start = first; start < end; start += SIZE) {
			final int count = Math.min(SIZE, end - start);
			gather(shares, order, start, count, weights);
			gather(rows, order, start, count, block);
			products.multiplyTransposed(weights, block, product, clusters, count, d);
			for (int i = 0; i < sums.length; i++) sums[i] += product[i];
		}
	}

	/**
	 * Rows less the shifts of their clusters.
	 *
	 * @param shares [rows][clusters]
	 * @param rows [rows][features]
	 * @param shifts [clusters, features]
	 * @param into is set, [rows][features]
	 */
	public void subtract(final float[][] shares, final float[][] rows, final int[] order, final int first,
		final int end, final float[] shifts, final float[][] into)
	{
		final int d = rows[0].length;
		final int clusters = shares[0].length;
		final int size = Math.min(SIZE, end - first);
		final float[] weights = new float[size * clusters];
		final float[] product = new float[size * d];
		for (int start = first; start < end; start += SIZE) {
			final int count = Math.min(SIZE, end - start);
			gather(shares, order, start, count, weights);
			products.multiply(weights, shifts, product, count, clusters, d);
			for (int i = 0; i < count; i++) {
				final float[] row = rows[order[start + i]];
				final float[] to = into[order[start + i]];
				for (int j = 0; j < d; j++) to[j] = row[j] - product[i * d + j];
			}
		}
	}

	private static void gather(final float[][] rows, final int[] order, final int first, final int count,
		final float[] into)
	{
		final int length = rows[0].length;
		for (int i = 0; i < count; i++) System.arraycopy(rows[order[first + i]], 0, into, i * length, length);
	}
}
