// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

/** Vectors of length 1. */
public final class UnitVectors {

	private UnitVectors() {}

	/** Brings a row to length 1; a row of zeros stays. */
	public static void normalize(final double[] row) {
		double squares = 0;
		for (final double v : row) squares += v * v;
		if (squares == 0) return;
		final double length = Math.sqrt(squares);
		for (int j = 0; j < row.length; j++) row[j] /= length;
	}

	/** A row at length 1; a row of zeros stays. */
	public static void normalize(final float[] row, final float[] into) {
		double squares = 0;
		for (final float v : row) squares += (double) v * v;
		final double factor = squares == 0 ? 0 : 1 / Math.sqrt(squares);
		for (int j = 0; j < row.length; j++) into[j] = (float) (row[j] * factor);
	}
}
