// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

import io.github.isophene.messages.Count;

/**
 * A matrix of floats, row by row in one array.
 *
 * @param values [rows * columns]
 * @param rows how many rows
 * @param columns how many columns
 */
public record Matrix(float[] values, int rows, int columns) {

	/** @throws IllegalArgumentException if it would be too large for one array (8 GB) */
	public static Matrix zeros(final int rows, final int columns) {
		final long size = (long) rows * columns;
		if (size > Integer.MAX_VALUE - 8) {
			throw new IllegalArgumentException(Count.of(rows, "row") + " x " +
				Count.of(columns, "feature is", "features are") +
				" too many to assess at once: select features or aggregate tiles to wells first");
		}
		return new Matrix(new float[(int) size], rows, columns);
	}

	public float get(final int row, final int column) {
		return values[row * columns + column];
	}

	/** Some rows, in the order given. */
	public Matrix select(final int[] which) {
		final Matrix part = zeros(which.length, columns);
		for (int i = 0; i < which.length; i++) {
			System.arraycopy(values, which[i] * columns, part.values, i * columns, columns);
		}
		return part;
	}

	/** Each row divided by its Euclidean length; a row of zeros stays. */
	public Matrix unit() {
		final Matrix unit = zeros(rows, columns);
		for (int row = 0; row < rows; row++) {
			final double length = Math.sqrt(squaredLength(row));
			if (length == 0) continue;
			for (int i = row * columns; i < (row + 1) * columns; i++) unit.values[i] = (float) (values[i] / length);
		}
		return unit;
	}

	/** Each row minus its mean, divided by its length then, so that a product of two rows is Pearson's correlation. */
	public Matrix centeredUnit() {
		final Matrix centered = zeros(rows, columns);
		for (int row = 0; row < rows; row++) {
			double sum = 0;
			for (int i = row * columns; i < (row + 1) * columns; i++) sum += values[i];
			final double mean = sum / columns;
			for (int i = row * columns; i < (row + 1) * columns; i++) centered.values[i] = (float) (values[i] - mean);
		}
		return centered.unit();
	}

	/** The mean of each column, [columns]. */
	public double[] means() {
		final double[] means = new double[columns];
		for (int row = 0; row < rows; row++) {
			for (int c = 0; c < columns; c++) means[c] += values[row * columns + c];
		}
		for (int c = 0; c < columns; c++) means[c] /= rows;
		return means;
	}

	/** The standard deviation of each column around the means, dividing by the number of rows, [columns]. */
	public double[] deviations(final double[] means) {
		final double[] squares = new double[columns];
		for (int row = 0; row < rows; row++) {
			for (int c = 0; c < columns; c++) {
				final double d = values[row * columns + c] - means[c];
				squares[c] += d * d;
			}
		}
		for (int c = 0; c < columns; c++) squares[c] = Math.sqrt(squares[c] / rows);
		return squares;
	}

	public double squaredLength(final int row) {
		double sum = 0;
		for (int i = row * columns; i < (row + 1) * columns; i++) sum += (double) values[i] * values[i];
		return sum;
	}

	/** The squared Euclidean distance of two rows, in double precision. */
	public double squaredDistance(final int a, final int b) {
		double sum = 0;
		for (int i = a * columns, j = b * columns, end = i + columns; i < end; i++, j++) {
			final double d = (double) values[i] - values[j];
			sum += d * d;
		}
		return sum;
	}

	/** The inner product of two rows, in double precision. */
	public double product(final int a, final int b) {
		double sum = 0;
		for (int i = a * columns, j = b * columns, end = i + columns; i < end; i++, j++) {
			sum += (double) values[i] * values[j];
		}
		return sum;
	}

	/** 0 to n - 1. */
	public static int[] all(final int n) {
		return indices(n, i -> i);
	}

	/** Returns the values of a function at 0 to n - 1. */
	public static int[] indices(final int n, final IntUnaryOperator index) {
		return indices(n, index, i -> true);
	}

	/** Returns the defined values of a function at 0 to n - 1. */
	public static int[] indices(final int n, final IntUnaryOperator index, final IntPredicate use) {
		return IntStream.range(0, n).map(index).filter(use).toArray();
	}
}
