// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.isophene.screen.NaturalOrder;
import io.github.isophene.screen.Wells;

/**
 * Positions of a table's rows on a plate.
 *
 * @param name the plate's
 * @param rows the table's rows that are on it
 * @param y the plate row of each, from 0
 * @param x the plate column of each, from 0
 */
record PlateRows(String name, int[] rows, int[] y, int[] x) {

	/** The plates as people sort them; rows whose well has no name of a well are left out. */
	static List<PlateRows> of(final AssessedMethod method) {
		final Map<String, List<int[]>> wells = new TreeMap<>(NaturalOrder.COMPARATOR);
		for (int row = 0; row < method.metadata().rowCount(); row++) {
			final String well = normalized(method.value(method.roles().well(), row));
			if (well.isEmpty()) continue;
			wells.computeIfAbsent(method.value(method.roles().plate(), row), k -> new ArrayList<>())
				.add(new int[]{row, Wells.row(well) - 1, Wells.column(well) - 1});
		}
		final List<PlateRows> plates = new ArrayList<>();
		wells.forEach(
			(name, list) -> plates.add(new PlateRows(name, column(list, 0), column(list, 1), column(list, 2))));
		return plates;
	}

	/** Returns the number of rows of the smallest plate format that holds all wells. */
	int height() {
		return format(y, 8, 16, 32);
	}

	/** Returns the number of columns of that format. */
	int width() {
		return format(x, 12, 24, 48);
	}

	/**
	 * Numbers of the table's rows on the plate, [height][width]; several rows of a well (its fields) give their
	 * mean, none NaN.
	 */
	double[][] grid(final double[] values) {
		final double[][] grid = new double[height()][width()];
		final int[][] counts = new int[grid.length][grid[0].length];
		for (int i = 0; i < rows.length; i++) {
			if (Double.isNaN(values[rows[i]])) continue;
			grid[y[i]][x[i]] += values[rows[i]];
			counts[y[i]][x[i]]++;
		}
		for (int row = 0; row < grid.length; row++) {
			for (int column = 0; column < grid[row].length; column++) {
				grid[row][column] = counts[row][column] == 0 ? Double.NaN : grid[row][column] / counts[row][column];
			}
		}
		return grid;
	}

	private static int format(final int[] places, final int... formats) {
		final int needed = Arrays.stream(places).max().orElse(0) + 1;
		return Arrays.stream(formats).filter(f -> f >= needed).min().orElse(needed);
	}

	private static int[] column(final List<int[]> list, final int index) {
		return list.stream().mapToInt(item -> item[index]).toArray();
	}

	private static String normalized(final String well) {
		try {
			return well.isBlank() ? "" : Wells.normalize(well);
		}
		catch (final IllegalArgumentException e) {
			return "";
		}
	}
}
