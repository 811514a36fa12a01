// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

/**
 * Euclidean distances between the rows of a matrix, by products of rows in single
 * precision. The matrix is centered and scaled first, so that products neither lose more
 * digits than they must nor overflow.
 */
public final class Euclid {

	/** Below this share of the rows' squared lengths a distance is computed anew, difference by difference. */
	private static final double NEAR = 1e-2;

	private final Matrix centered;
	private final float[] squares;
	private final PackedMatrix panels;
	private final double scale;

	public Euclid(final Matrix matrix) {
		final double[] means = matrix.means();
		double largest = 0;
		for (int i = 0; i < matrix.values().length; i++) {
			largest = Math.max(largest, Math.abs(matrix.values()[i] - means[i % matrix.columns()]));
		}
		scale = largest == 0 ? 1 : largest;
		centered = Matrix.zeros(matrix.rows(), matrix.columns());
		for (int i = 0; i < matrix.values().length; i++) {
			centered.values()[i] = (float) ((matrix.values()[i] - means[i % matrix.columns()]) / scale);
		}
		squares = new float[matrix.rows()];
		for (int row = 0; row < squares.length; row++) squares[row] = (float) centered.squaredLength(row);
		panels = new PackedMatrix(centered, Matrix.all(matrix.rows()));
	}

	int rows() {
		return centered.rows();
	}

	public int panelCount() {
		return panels.count();
	}

	/**
	 * Squared distances, in a unit of their own, of a row from those of a panel, to compare them by; single
	 * precision.
	 */
	public int approximate(final int row, final int panel, final float[] out) {
		panels.multiply(panel, centered.values(), row * centered.columns(), out);
		final int width = panels.width(panel);
		for (int i = 0; i < width; i++) out[i] = squares[row] + squares[panel * PackedMatrix.WIDTH + i] - 2 * out[i];
		return width;
	}

	/** The distance of two rows, in double precision. */
	double exact(final int a, final int b) {
		return scale * Math.sqrt(centered.squaredDistance(a, b));
	}

	/** The distance of two rows whose squared distance is known {@linkplain #approximate approximately}. */
	public double distance(final int a, final int b, final float approximate) {
		if (approximate < NEAR * ((double) squares[a] + squares[b])) return exact(a, b);
		return scale * Math.sqrt(approximate);
	}
}
