// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Learned state of a correction, as named lists of texts and named matrices of float64: all
 * that a file has to keep.
 */
public final class FittedState {

	private final Map<String, List<String>> texts = new LinkedHashMap<>();
	private final Map<String, double[][]> matrices = new LinkedHashMap<>();

	/** Adds a list of texts, such as the names of features. */
	public FittedState with(final String name, final List<String> values) {
		texts.put(name, List.copyOf(values));
		return this;
	}

	/** Adds a matrix [rows][columns]; it is not copied. */
	public FittedState with(final String name, final double[][] matrix) {
		matrices.put(name, matrix);
		return this;
	}

	/** Adds a vector, kept as a matrix of one row. */
	public FittedState with(final String name, final double[] vector) {
		return with(name, new double[][]{vector});
	}

	/** @throws IllegalArgumentException if there is none of this name */
	public List<String> list(final String name) {
		return found(texts.get(name), name);
	}

	/** @throws IllegalArgumentException if there is none of this name */
	public double[][] matrix(final String name) {
		return found(matrices.get(name), name);
	}

	/** @throws IllegalArgumentException if there is none of this name */
	public double[] vector(final String name) {
		final double[][] matrix = matrix(name);
		return matrix.length == 0 ? new double[0] : matrix[0];
	}

	/** Every list, in the order added. */
	public Map<String, List<String>> texts() {
		return Collections.unmodifiableMap(texts);
	}

	/** Every matrix, in the order added. */
	public Map<String, double[][]> matrices() {
		return Collections.unmodifiableMap(matrices);
	}

	private static <T> T found(final T value, final String name) {
		if (value == null) throw new IllegalArgumentException("The fitted state has no '" + name + "': fit again");
		return value;
	}
}
