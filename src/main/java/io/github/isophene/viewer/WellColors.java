// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.viewer;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.isophene.plots.ColorScale;
import io.github.isophene.plots.PlotStyle;
import io.github.isophene.screen.NaturalOrder;

/**
 * Colors of wells by a column, the same on every plate: a scale for numbers, from the 1st to the 99th
 * percentile, and one color per value for
 * everything else. A column is a number if all of its values are and more than {@value #FEW} differ.
 */
public final class WellColors {

	/** Number of different numbers up to which each has a color of its own. */
	static final int FEW = 8;

	private final PlateWells wells;
	private final String column;
	private final ColorScale scale;
	private final Map<String, Color> categories = new TreeMap<>(NaturalOrder.COMPARATOR);

	/** @param column one of {@link PlateWells#columns()} */
	public WellColors(final PlateWells wells, final String column) {
		this.wells = wells;
		this.column = column;
		final List<Double> numbers = new ArrayList<>();
		boolean allNumbers = true;
		final Map<String, Integer> counts = new HashMap<>();
		for (final String plate : wells.plates()) for (final ViewedWell well : wells.wells(plate)) {
			final double number = wells.number(well, column);
			final String text = wells.text(well, column);
			if (!Double.isNaN(number)) numbers.add(number);
			else allNumbers &= text.isEmpty();
			if (!text.isEmpty()) counts.merge(text, 1, Integer::sum);
		}
		final boolean number = allNumbers && !numbers.isEmpty() &&
			(counts.size() > FEW || !column.startsWith("Metadata_"));
		if (number) {
			final double[] sorted = numbers.stream().mapToDouble(v -> v).sorted().toArray();
			scale = new ColorScale(sorted[(int) (0.01 * (sorted.length - 1))],
				sorted[(int) Math.ceil(0.99 * (sorted.length - 1))]);
		}
		else {
			scale = null;
			counts.keySet().forEach(value -> categories.put(value, null));
			int i = 0;
			for (final Map.Entry<String, Color> entry : categories.entrySet())
				entry.setValue(color(i++, categories.size()));
		}
	}

	/** Distinct colors: of the plots while there are enough, else hues in turn light and dark. */
	private static Color color(final int i, final int of) {
		if (of <= 8) return PlotStyle.color(i);
		return Color.getHSBColor((float) i / of, i % 2 == 0 ? 0.55f : 0.85f, new float[]{0.95f, 0.75f, 0.55f}[i % 3]);
	}

	/** Returns the column. */
	public String column() {
		return column;
	}

	/** Returns whether the column is shown by a scale of numbers. */
	public boolean isNumber() {
		return scale != null;
	}

	/** Returns the scale; {@code null} if the column has categories. */
	public ColorScale scale() {
		return scale;
	}

	/** Returns the categories in natural order with their colors. */
	public Map<String, Color> categories() {
		return categories;
	}

	/** Returns the color of a well; {@link ColorScale#MISSING} where the column says nothing. */
	public Color color(final ViewedWell well) {
		if (scale != null) return scale.color(wells.number(well, column));
		return categories.getOrDefault(wells.text(well, column), ColorScale.MISSING);
	}

	/** Returns the categories as a text, for tests and messages. */
	@Override
	public String toString() {
		return column + (scale == null ? " " + Arrays.toString(categories.keySet().toArray())
			: " " + scale.low() + " to " + scale.high());
	}
}
