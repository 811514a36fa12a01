// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

import java.util.Arrays;

/**
 * Rows of a matrix, transposed in panels of {@value #WIDTH}: what makes inner products of
 * one row with many run at the speed of the processor's vector units. The inner loop runs
 * over rows, not features, so that no sum has to be taken across a vector.
 * <p>
 * A product is the same bits whether it comes from a panel or from {@link #product}, and
 * whichever way round: rows that are equal have equal products with every row, so that
 * ties are ties.
 * </p>
 */
public final class PackedMatrix {

	/** Rows per panel: a panel of 512 features (128 kB) stays in a processor's second cache. */
	public static final int WIDTH = 64;

	/**
	 * [panels][columns][{@value #WIDTH}]; each column an array of its own, whose index is the loop's: the compiler
	 * makes vector code of that, not of an array with an offset.
	 */
	private final float[][][] panels;
	private final int columns;
	private final int rows;

	/** @param order which rows of the matrix, in which order */
	public PackedMatrix(final Matrix matrix, final int[] order) {
		columns = matrix.columns();
		rows = order.length;
		panels = new float[(rows + WIDTH - 1) / WIDTH][columns][WIDTH];
		for (int p = 0; p < panels.length; p++) {
			final float[][] panel = panels[p];
			for (int r = 0; r < WIDTH && p * WIDTH + r < rows; r++) {
				final int at = order[p * WIDTH + r] * columns;
				for (int c = 0; c < columns; c++) panel[c][r] = matrix.values()[at + c];
			}
		}
	}

	public int count() {
		return panels.length;
	}

	/** Returns the number of rows of a panel; all but the last have {@link #WIDTH}. */
	public int width(final int panel) {
		return Math.min(WIDTH, rows - panel * WIDTH);
	}

	/**
	 * The inner products of one row with those of a panel.
	 *
	 * @param q holds the row
	 * @param at where it begins
	 * @param products takes {@link #WIDTH} products; those beyond the panel's width are 0
	 */
	public void multiply(final int panel, final float[] q, final int at, final float[] products) {
		final float[][] p = panels[panel];
		Arrays.fill(products, 0, WIDTH, 0);
		int c = 0;
		for (; c + 3 < columns; c += 4)
			step4(p[c], p[c + 1], p[c + 2], p[c + 3], q[at + c], q[at + c + 1], q[at + c + 2], q[at + c + 3], products,
				WIDTH);
		for (; c < columns; c++) step(p[c], q[at + c], products, WIDTH);
	}

	// Methods of their own: the compiler makes vector code of small loops.
	private static void step4(final float[] p0, final float[] p1, final float[] p2, final float[] p3, final float a,
		final float b, final float c, final float d, final float[] sums, final int n)
	{
		for (int i = 0; i < n; i++)
			sums[i] = Math.fma(a, p0[i], Math.fma(b, p1[i], Math.fma(c, p2[i], Math.fma(d, p3[i], sums[i]))));
	}

	private static void step(final float[] p, final float a, final float[] sums, final int n) {
		for (int i = 0; i < n; i++) sums[i] = Math.fma(a, p[i], sums[i]);
	}

	/** The inner product of two rows, with the same bits as {@link #multiply} gives. */
	public static float product(final Matrix m, final int a, final int b) {
		final float[] v = m.values();
		final int columns = m.columns();
		final int i = a * columns;
		final int j = b * columns;
		float sum = 0;
		int c = 0;
		for (; c + 3 < columns; c += 4) {
			sum = Math.fma(v[i + c], v[j + c], Math.fma(v[i + c + 1], v[j + c + 1],
				Math.fma(v[i + c + 2], v[j + c + 2], Math.fma(v[i + c + 3], v[j + c + 3], sum))));
		}
		for (; c < columns; c++) sum = Math.fma(v[i + c], v[j + c], sum);
		return sum;
	}
}
